import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { git, runGit } from './run-git.ts';

/** The object id git uses for "no such ref": before a creation, after a deletion. */
export const NO_OBJECT = '0'.repeat(40);

export type GitRef = { name: string; sha: string; type: string };

/** `path` is the whole one, without a slash in front. */
export type GitFile = { path: string; sha: string; type: string };

export type GitCommit = { sha: string; author: string; email: string; date: string; subject: string };

/**
 * Why git refused to change a ref: `exists` and `missing` are about the ref itself, `conflict` is about another one in its
 * way (`feature` beside `feature/x`), `no-object` of the commit it should point to.
 */
export type RefRefusal = 'exists' | 'missing' | 'conflict' | 'no-object' | 'invalid-name' | 'refused';

export type RefChange = { ok: true } | { ok: false; why: RefRefusal; said: string };

/** A bare git repository on disk. Every answer comes from git, and is true at the moment of the question. */
export type BareRepository = {
  path: string;
  /** Refs under a prefix, by name; `refs/heads/` means whole path parts, `refs/heads/fea` means names that start so. */
  refs(prefix: string): Promise<GitRef[]>;
  ref(name: string): Promise<GitRef | undefined>;
  /** The kind of object an id names: `commit`, `tree`, …; undefined when the repository has no such object. */
  objectType(sha: string): Promise<string | undefined>;
  /** The commit that a ref, or an id of four digits and more, leads to; undefined where it names none, or several. */
  commit(revision: string): Promise<string | undefined>;
  createRef(name: string, sha: string): Promise<RefChange>;
  deleteRef(name: string): Promise<RefChange>;
  /** Points a ref at a commit, whether it exists or not. */
  setRef(name: string, sha: string): Promise<void>;
  /** How many commits `head` has and `base` does not. */
  countCommits(base: string, head: string): Promise<number>;
  /** Commits that `head` has and `base` does not, newest first; all of `head` without a base. */
  commits(head: string, base?: string, limit?: number): Promise<GitCommit[]>;
  /** Changed files, and added and deleted lines, since the common commit. */
  changes(base: string, head: string): Promise<{ files: number; additions: number; deletions: number }>;
  /** Files and folders of a folder (`''` is the top), all below it with `deep`; an empty list without such a folder. */
  files(rev: string, folder: string, deep?: boolean): Promise<GitFile[]>;
  /** The text of a file; undefined when it does not exist. */
  text(rev: string, path: string): Promise<string | undefined>;
  isAncestor(ancestor: string, descendant: string): Promise<boolean>;
  /** True without a single branch. */
  isEmpty(): Promise<boolean>;
};

/** Names that no rule of git is about. */
const PLAIN_NAME = /^refs(\/[a-z0-9_-]+)+$/i;

/** Whether git accepts a full ref name (`refs/heads/x`). Source: git-check-ref-format. git is only called when the answer is not plain. */
export const isValidRefName = async (name: string): Promise<boolean> =>
  PLAIN_NAME.test(name) ||
  (!name.startsWith('-') && !name.includes('\0') && (await runGit(['check-ref-format', name])).code === 0);

function refusal(said: string): RefRefusal {
  if (said.includes('refusing to update ref with bad name')) return 'invalid-name';
  if (said.includes('reference already exists')) return 'exists';
  if (/nonexistent object|not a valid SHA1|non-commit object/.test(said)) return 'no-object';
  if (said.includes('cannot create') || said.includes('cannot lock ref')) {
    return said.includes('unable to resolve reference') ? 'missing' : 'conflict';
  }
  return 'refused';
}

/** A fingerprint of everything that decides which refs exist. Undefined while somebody changes them. */
function refFiles(path: string): string | undefined {
  try {
    const packed = statSync(join(path, 'packed-refs'), { throwIfNoEntry: false });
    const entries = readdirSync(join(path, 'refs'), { recursive: true, withFileTypes: true }).map((entry) => {
      const at = join(entry.parentPath, entry.name);
      return [at, entry.isFile() ? readFileSync(at, 'latin1') : statSync(at).mtimeMs];
    });
    return JSON.stringify([packed?.ino, packed?.mtimeMs, packed?.size, entries]);
  } catch {
    return undefined;
  }
}

type Folder = readonly [path: string, mtimeMs: number];

/** ms: two changes in less may leave a folder with the same time. */
const CLOCK_STEP_MS = 50;

/**
 * The folders of refs, with their times. git renames each file into its place, so the time of a folder changes with every ref in it. Undefined where one is so
 * new that another change could have the same time.
 */
function settledFolders(path: string): Folder[] | undefined {
  const settled = Date.now() - CLOCK_STEP_MS;
  try {
    const folders = readdirSync(join(path, 'refs'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
      .concat(join(path, 'refs'), path)
      .map((folder): Folder => [folder, statSync(folder).mtimeMs]);
    return folders.every(([, mtimeMs]) => mtimeMs < settled) ? folders : undefined;
  } catch {
    return undefined;
  }
}

const isUntouched = (folders: readonly Folder[]): boolean =>
  folders.every(([folder, mtimeMs]) => statSync(folder, { throwIfNoEntry: false })?.mtimeMs === mtimeMs);

/**
 * Reads all refs. Nine of ten requests to a service need them, so the answer is used until something changes on disk. The times of the
 * folders show that, without a look at each of a thousand files.
 */
function openRefs(path: string, ask: () => Promise<GitRef[]>): () => Promise<GitRef[]> {
  let known: { files: string; folders: Folder[] | undefined; refs: GitRef[] } | undefined;
  return async () => {
    if (known?.folders !== undefined && isUntouched(known.folders)) return known.refs;
    const folders = settledFolders(path);
    const files = refFiles(path);
    if (known !== undefined && known.files === files) {
      known = { ...known, folders };
      return known.refs;
    }
    const refs = await ask();
    known = files !== undefined && files === refFiles(path) ? { files, folders, refs } : undefined;
    return refs;
  };
}

/** Opens an existing bare repository; throws when the path has none. */
export function openBareRepository(path: string): BareRepository {
  if (!existsSync(`${path}/HEAD`)) throw new Error(`No bare git repository at ${path}`);
  const run = (args: readonly string[]): Promise<string> => git(args, { cwd: path });
  const listed = openRefs(path, async () => {
    const lines = (await run(['for-each-ref', '--format=%(objectname) %(objecttype) %(refname)'])).split('\n');
    return lines
      .filter((line) => line !== '')
      .map((line) => {
        const [sha = '', type = '', ...name] = line.split(' ');
        return { sha, type, name: name.join(' ') };
      });
  });
  const refs = async (prefix: string): Promise<GitRef[]> =>
    (await listed()).filter(({ name }) => name.startsWith(prefix));
  const changeRef = async (args: readonly string[]): Promise<RefChange> => {
    const result = await runGit(['update-ref', ...args], { cwd: path });
    return result.code === 0 ? { ok: true } : { ok: false, why: refusal(result.stderr), said: result.stderr.trim() };
  };
  const ref = async (name: string): Promise<GitRef | undefined> => (await listed()).find((one) => one.name === name);
  return {
    path,
    refs,
    ref,
    async objectType(sha) {
      if (!/^[0-9a-f]{40}$/.test(sha)) return undefined;
      const result = await runGit(['cat-file', '-t', sha], { cwd: path });
      return result.code === 0 ? result.stdout.toString().trim() : undefined;
    },
    async commit(revision) {
      if (!/^(refs\/|[0-9a-f]{4,40}$)/.test(revision)) return undefined;
      const result = await runGit(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`], { cwd: path });
      return result.code === 0 ? result.stdout.toString().trim() : undefined;
    },
    async createRef(name, sha) {
      // git checks the name as well. It just must not take the name for an option.
      if (!name.startsWith('refs/') || name.includes('\0'))
        return { ok: false, why: 'invalid-name', said: `'${name}' is not a ref name` };
      return changeRef([name, sha, NO_OBJECT]);
    },
    async deleteRef(name) {
      const current = await ref(name);
      if (current === undefined) return { ok: false, why: 'missing', said: `'${name}' does not exist` };
      return changeRef(['-d', name, current.sha]);
    },
    async setRef(name, sha) {
      await run(['update-ref', name, sha]);
    },
    countCommits: async (base, head) => Number((await run(['rev-list', '--count', `${base}..${head}`])).trim()),
    async commits(head, base, limit = 250) {
      const range = base === undefined ? head : `${base}..${head}`;
      const out = await run(['log', `--max-count=${limit}`, '--format=%H%x1f%an%x1f%ae%x1f%aI%x1f%s', range, '--']);
      return out
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => {
          const [sha = '', author = '', email = '', date = '', subject = ''] = line.split('\x1f');
          return { sha, author, email, date, subject };
        });
    },
    async changes(base, head) {
      const lines = (await run(['diff', '--numstat', `${base}...${head}`])).split('\n').filter((line) => line !== '');
      const counts = lines.map((line) => line.split('\t').map((part) => Number(part) || 0));
      return {
        files: lines.length,
        additions: counts.reduce((sum, [added = 0]) => sum + added, 0),
        deletions: counts.reduce((sum, [, deleted = 0]) => sum + deleted, 0),
      };
    },
    async files(rev, folder, deep = false) {
      const tree = folder === '' ? rev : `${rev}:${folder}`;
      const result = await runGit(['ls-tree', '-z', ...(deep ? ['-r', '-t'] : []), tree], { cwd: path });
      if (result.code !== 0) return [];
      const lines = result.stdout.toString().split('\0');
      return lines.flatMap((line) => {
        const [, type, sha, name] = /^\d+ (\w+) ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
        if (type === undefined || sha === undefined || name === undefined) return [];
        return [{ type, sha, path: folder === '' ? name : `${folder}/${name}` }];
      });
    },
    async text(rev, file) {
      const result = await runGit(['cat-file', 'blob', `${rev}:${file}`], { cwd: path });
      return result.code === 0 ? result.stdout.toString() : undefined;
    },
    isAncestor: async (ancestor, descendant) =>
      (await runGit(['merge-base', '--is-ancestor', ancestor, descendant], { cwd: path })).code === 0,
    isEmpty: async () => (await refs('refs/heads/')).length === 0,
  };
}
