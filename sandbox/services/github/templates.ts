import type { GitHub, Repository } from './context.ts';

/** GitHub looks for a repository's own template in this order (docs "Creating a pull request template for your repository"; the order: assumption). */
const PLACES = ['.github', '', 'docs'];
const SINGLE = /^(?:(?:\.github|docs)\/)?pull_request_template\.(?:md|txt)$/i;
const OF_SEVERAL = /^(?:(?:\.github|docs)\/)?pull_request_template\/[^/]+\.(?:md|txt)$/i;

/**
 * The templates of a repository, from its default branch; without any, those of its owner's repository `.github` (docs "Creating a
 * default community health file"). `filename` is the last part of the path (assumption).
 */
export async function templatesOf(
  github: GitHub,
  repository: Repository,
): Promise<{ filename: string; body: string }[]> {
  const own = await templatesIn(repository);
  const shared = github.catalogue.repository(repository.owner.login, '.github');
  return own.length > 0 || shared === undefined || shared === repository ? own : templatesIn(shared);
}

async function templatesIn({ git, definition }: Repository): Promise<{ filename: string; body: string }[]> {
  const head = `refs/heads/${definition.defaultBranch}`;
  const folder = ({ path }: { path: string }): number => {
    const [first = '', ...rest] = path.toLowerCase().split('/');
    return PLACES.indexOf(rest.length > 0 && first !== 'pull_request_template' ? first : '');
  };
  const all = (await git.files(head, '', true)).filter(({ type }) => type === 'blob');
  const found = [SINGLE, OF_SEVERAL].flatMap((form) =>
    all.filter(({ path }) => form.test(path)).sort((a, b) => folder(a) - folder(b)),
  );
  return Promise.all(
    found.map(async ({ path }) => ({
      filename: path.slice(path.lastIndexOf('/') + 1),
      body: (await git.text(head, path)) ?? '',
    })),
  );
}
