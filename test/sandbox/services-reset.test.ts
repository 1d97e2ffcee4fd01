import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { git, runGit } from '../../sandbox/services/git/run-git';
import type { Service } from '../../sandbox/services/service';
import { azureDevOpsSubjects } from '../providers/contract/subjects/azure-devops';
import { codecommitSubjects } from '../providers/contract/subjects/codecommit';
import { githubSubjects } from '../providers/contract/subjects/github';
import { gitlabSubjects } from '../providers/contract/subjects/gitlab';

/** Every file below a folder, with its content and its mode. */
async function contents(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const described = await Promise.all(
    files.sort().map(async (file): Promise<[string, string]> => {
      const { mode } = await stat(file);
      const hash = createHash('sha256')
        .update(await readFile(file))
        .digest('hex');
      return [relative(folder, file), `${mode} ${hash}`];
    }),
  );
  return Object.fromEntries(described);
}

const commitOf = (branch: string, parent: string): string =>
  `commit refs/heads/${branch}\ncommitter A <a@acme.example> 1767700000 +0000\ndata 4\nMore\nfrom ${parent}\nM 100644 inline new.md\ndata 3\nnew\n\n`;

const subjects = [githubSubjects, gitlabSubjects, azureDevOpsSubjects, codecommitSubjects].map(([first]) => {
  if (first === undefined) throw new Error('A provider has no subject');
  return first;
});

describe.each(subjects)('A simulated $name that starts again', (subject) => {
  let directory: string;
  let service: Service;
  let repository: string;

  const at = (...args: string[]): Promise<string> => git(args, { cwd: repository });
  const commit = async (branch: string, parent: string): Promise<string> => {
    await git(['fast-import', '--quiet', '--force'], { cwd: repository, input: commitOf(branch, parent) });
    return (await at('rev-parse', `refs/heads/${branch}`)).trim();
  };

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'reset-'));
    service = await subject.open(directory);
    repository = join(directory, subject.folderOf(subject.repository));
  });
  afterEach(async () => {
    await service.close();
    await rm(directory, { recursive: true, force: true });
  });

  const changes: Record<string, () => Promise<unknown>> = {
    'a branch was created': () => at('update-ref', 'refs/heads/new/one', 'refs/heads/main'),
    'a branch was deleted': () => at('update-ref', '-d', 'refs/heads/develop'),
    'a branch took the place of a folder of branches': async () => {
      await at('update-ref', '-d', 'refs/heads/release/1.0');
      await at('update-ref', 'refs/heads/release', 'refs/heads/main');
    },
    'commits were pushed': () => commit('develop', 'refs/heads/develop^0'),
    'a branch was pushed by force': () => commit('develop', 'refs/heads/main^0'),
    'refs were packed': async () => {
      await at('update-ref', 'refs/heads/new/one', 'refs/heads/main');
      await at('pack-refs', '--all');
    },
    'objects were packed': async () => {
      await commit('new', 'refs/heads/main^0');
      await at('gc', '--quiet', '--prune=now');
    },
    'HEAD and the settings were changed': async () => {
      await at('symbolic-ref', 'HEAD', 'refs/heads/develop');
      await at('config', 'core.logAllRefUpdates', 'always');
      await at('update-ref', 'refs/heads/main', 'refs/heads/develop');
    },
    'files were left behind': () => writeFile(join(repository, 'refs/heads/left.lock'), ''),
    'it was deleted': () => rm(repository, { recursive: true }),
    'another one came beside it': () => git(['init', '--quiet', '--bare', `${repository}.other`]),
    'a hook was replaced': () => writeFile(join(repository, 'hooks/update'), 'exit 1\n'),
  };

  it.each(Object.keys(changes))('has the repositories of its beginning, byte by byte, after %s', async (change) => {
    const folder = join(directory, 'repositories');
    const before = await contents(folder);
    expect(Object.keys(before).length).toBeGreaterThan(10);
    await changes[change]?.();
    expect(await contents(folder)).not.toEqual(before);
    await service.reset();
    expect(await contents(folder)).toEqual(before);
    expect(await at('fsck', '--full', '--strict', '--no-dangling')).toBe('');
    expect((await at('symbolic-ref', 'HEAD')).trim()).toBe('refs/heads/main');
  });

  it('does not know a commit that was pushed before', async () => {
    const left = await commit('new', 'refs/heads/main^0');
    expect((await runGit(['cat-file', '-e', left], { cwd: repository })).code).toBe(0);
    await service.reset();
    expect((await runGit(['cat-file', '-e', left], { cwd: repository })).code).not.toBe(0);
    expect(await at('rev-parse', 'refs/heads/develop')).not.toContain(left);
  });

  it('is the same as one that was just opened, in a folder of its own', async () => {
    await at('update-ref', '-d', 'refs/heads/develop');
    await service.reset();
    const other = `${directory}-other`;
    const fresh = await subject.open(other);
    try {
      expect(await contents(join(directory, 'repositories'))).toEqual(await contents(join(other, 'repositories')));
    } finally {
      await fresh.close();
      await rm(other, { recursive: true });
    }
  });
});
