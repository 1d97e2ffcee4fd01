import { VersionControlRecursionType as Depth } from 'azure-devops-node-api/interfaces/GitInterfaces';
import { z } from 'zod';
import type { ProviderError } from '../../domain/errors';
import { fail, ok, type Result } from '../../domain/result';
import type { Connection, Provider, RequestForm, RequestTemplate } from '../provider';
import { usableTemplates } from '../request-template';
import { answered, client, projectAndRepository } from './client';
import { readReviewRules } from './review-rules';

/** Folders of templates, in the order in which the service looks; the last is the root (docs "Improve pull request descriptions with templates"). */
const FOLDERS: readonly string[] = ['.azuredevops/', '.vsts/', 'docs/', ''];
const FOLDER = 'pull_request_template';
const FILE = /^pull_request_template\.(md|txt)$/;
/** Each costs a request. */
const READ = 10;

const items = z.array(z.object({ path: z.string(), isFolder: z.boolean().catch(false) }));
type Item = z.output<typeof items>[number];
const file = z.object({ content: z.string() });

/**
 * Templates of the default branch, in any case: the one for the target branch before the usual one, and those to choose from. A request
 * for the root, for each folder that is there, and for each template, and those of `readReviewRules`.
 */
export const readRequestForm: Required<Provider>['readRequestForm'] = async (connection, request) => {
  const [templates, rules] = await Promise.all([
    readTemplates(connection, request),
    readReviewRules(connection, request.repository, request.target),
  ]);
  return templates.ok ? ok({ ...templates.value, rules }) : templates;
};

async function readTemplates(
  connection: Connection,
  { repository, target }: Parameters<Required<Provider>['readRequestForm']>[1],
): Promise<Result<RequestForm, ProviderError>> {
  const root = await list(connection, repository, '/', Depth.OneLevel);
  if (!root.ok) return withoutCommits(connection, repository, root.error);
  const folders = root.value.filter(({ isFolder, path }) => isFolder && FOLDERS.includes(`${lower(path)}/`));
  const inFolders = await Promise.all(folders.map(({ path }) => list(connection, repository, path, Depth.OneLevel)));
  const near = [root, ...inFolders].flatMap((found) => (found.ok ? found.value : []));
  const several = near.filter(
    ({ isFolder, path }) =>
      isFolder && FOLDERS.includes(lower(path).slice(0, -FOLDER.length)) && lower(path).endsWith(FOLDER),
  );
  const deep = await Promise.all(several.map(({ path }) => list(connection, repository, path, Depth.Full)));
  const files = [...near, ...deep.flatMap((found) => (found.ok ? found.value : []))].filter(
    ({ isFolder }) => !isFolder,
  );
  const chosen = chooseFrom(files, target);
  const read = await Promise.all(
    chosen.slice(0, READ).map(async ({ item, isDefault }): Promise<RequestTemplate[]> => {
      const text = await textOf(connection, repository, item.path);
      const name = item.path.replace(/^.*\//, '').replace(/\.(md|txt)$/i, '');
      return text.ok ? [{ name, text: text.value, ...(isDefault && { isDefault }) }] : [];
    }),
  );
  return ok({ templates: usableTemplates(read.flat()) });
}

/** A repository without a commit has no root. The service answers then as for a missing repository, so the repository is read. */
async function withoutCommits(
  connection: Connection,
  repository: string,
  error: ProviderError,
): Promise<Result<RequestForm, ProviderError>> {
  if (error.code !== 'REPOSITORY_NOT_FOUND') return fail(error);
  const seen = await answered(async () => {
    const { project, repositoryId } = projectAndRepository(repository);
    return z.object({ id: z.string() }).parse(await client(connection).git.getRepository(repositoryId, project));
  });
  return seen.ok ? ok({ templates: [] }) : seen;
}

type Chosen = { item: Item; isDefault?: true };

/** The template that the service begins with, and those to choose from. */
function chooseFrom(files: readonly Item[], target: string): Chosen[] {
  const inOrder = (place: (folder: string) => (path: string) => boolean) =>
    FOLDERS.flatMap((folder) => files.filter(({ path }) => place(folder)(lower(path))));
  // `feature/foo/december` looks for itself, then for `feature/foo`, then for `feature`.
  const parts = target.toLowerCase().split('/');
  const branches = parts.map((_, at) => parts.slice(0, parts.length - at).join('/'));
  const ofBranch = branches.flatMap((branch) =>
    inOrder((folder) => (path) => ['md', 'txt'].some((end) => path === `${folder}${FOLDER}/branches/${branch}.${end}`)),
  );
  const usual = inOrder((folder) => (path) => path.startsWith(folder) && FILE.test(path.slice(folder.length)));
  const more = inOrder((folder) => (path) => {
    const [first, name = '', ...rest] = path.startsWith(folder) ? path.slice(folder.length).split('/') : [];
    return first === FOLDER && rest.length === 0 && /\.(md|txt)$/.test(name);
  });
  const [first, ...others] = [ofBranch[0], usual[0]].filter((item) => item !== undefined);
  const choices = [...others, ...more].map((item): Chosen => ({ item }));
  return first === undefined ? choices : [{ item: first, isDefault: true }, ...choices];
}

/** Case does not count. The service's paths begin with a slash. */
function lower(path: string): string {
  return path.replace(/^\//, '').toLowerCase();
}

async function list(
  connection: Connection,
  repository: string,
  folder: string,
  depth: Depth,
): Promise<Result<Item[], ProviderError>> {
  return answered(async () => {
    const { project, repositoryId } = projectAndRepository(repository);
    return items.parse(await client(connection).git.getItems(repositoryId, project, folder, depth));
  });
}

async function textOf(
  connection: Connection,
  repository: string,
  path: string,
): Promise<Result<string, ProviderError>> {
  return answered(async () => {
    const { project, repositoryId } = projectAndRepository(repository);
    const no = undefined;
    const found = await client(connection).git.getItem(repositoryId, path, project, no, no, no, no, no, no, true);
    return file.parse(found).content;
  });
}
