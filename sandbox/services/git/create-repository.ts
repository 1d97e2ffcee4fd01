import { createHash, randomUUID } from 'node:crypto';
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { appendFile, chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { git } from './run-git.ts';

export type FirstContent = {
  defaultBranch: string;
  /** Without a commit there is no branch either. */
  empty: boolean;
  title: string;
  author: { name: string; email: string };
  branches: readonly { name: string; commits: number }[];
  /** Text by path, in a commit of their own on the default branch. */
  files?: Readonly<Record<string, string>>;
};

/** 5 January 2026, 09:00 UTC, in seconds: fixed, so that the same world has the same commit ids on each machine. */
const FIRST_COMMIT = 1_767_603_600;

/** The server of the repository decides about pushes. Only the service writes the refs of pull requests. */
const CONFIG = `[http]
\treceivepack = true
[receive]
\thideRefs = refs/pull
\tdenyDeleteCurrent = refuse
[gc]
\tauto = 0
`;

/** Refuses a push of the refs named in SANDBOX_REFUSED_REFS (one per line: ref, a space, why). The others go through. */
const UPDATE_HOOK = `#!/bin/sh
while IFS= read -r line; do
  ref=\${line%% *}
  if [ -n "$ref" ] && [ "$ref" = "$1" ]; then
    echo "error: \${line#* }" >&2
    exit 1
  fi
done <<EOF
$SANDBOX_REFUSED_REFS
EOF
exit 0
`;

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;

/** A `git fast-import` stream of the default branch (three commits) and each further branch with its own commits. */
function importStream(content: FirstContent): string {
  let commits = 0;
  const commitOf = (branch: string, message: string, files: readonly (readonly [string, string])[]): string => {
    const who = `${content.author.name} <${content.author.email}> ${FIRST_COMMIT + 3600 * commits++} +0000`;
    const head = `commit refs/heads/${branch}\nauthor ${who}\ncommitter ${who}\n`;
    const changes = files.map(([file, text]) => `M 100644 inline ${file}\n${data(text)}`);
    return `${head}${data(message)}${changes.join('')}\n`;
  };
  const commit = (branch: string, message: string, file: string, text: string): string =>
    commitOf(branch, message, [[file, text]]);
  const main = content.defaultBranch;
  const parts = [
    commit(main, 'First commit', 'README.md', `# ${content.title}\n`),
    commit(main, 'Say how to start', 'README.md', `# ${content.title}\n\nRun \`npm start\`.\n`),
    commit(main, 'Add a licence', 'LICENSE', 'Apache-2.0\n'),
  ];
  const files = Object.entries(content.files ?? {});
  if (files.length > 0) parts.push(commitOf(main, 'Say how we work', files));
  for (const branch of content.branches) {
    parts.push(`reset refs/heads/${branch.name}\nfrom refs/heads/${main}\n\n`);
    for (let n = 1; n <= branch.commits; n += 1) {
      const file = `notes/${branch.name.replaceAll('/', '-')}-${n}.md`;
      parts.push(commit(branch.name, `Work on ${branch.name} (${n})`, file, `${branch.name} ${n}\n`));
    }
  }
  return parts.join('');
}

/** Finished repositories, which every process of this machine copies. The folder can be deleted at any time. */
const templates = (): string => join(process.cwd(), '.forge/cache/repositories');

/** All objects are in one pack and all refs in one file: there is little to copy. */
async function makeTemplate(path: string, content: FirstContent, commits: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await mkdir(dirname(path), { recursive: true });
  await git(['init', '--quiet', '--bare', '--template=', `--initial-branch=${content.defaultBranch}`, draft]);
  await appendFile(`${draft}/config`, CONFIG);
  await mkdir(`${draft}/hooks`);
  await writeFile(`${draft}/hooks/update`, UPDATE_HOOK);
  await chmod(`${draft}/hooks/update`, 0o755);
  if (commits !== '') {
    await git(['-c', 'fastimport.unpackLimit=1', 'fast-import', '--quiet'], { cwd: draft, input: commits });
    await git(['pack-refs', '--all'], { cwd: draft });
  }
  try {
    await rename(draft, path);
  } catch (error) {
    // Another process was quicker and made the same.
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(path)) throw error;
  }
}

/**
 * Makes a bare repository with its first commits. The same content always gives the same commit ids. It appears at
 * `path` complete or not at all, so a crash in between leaves nothing half made.
 */
export async function createBareRepository(path: string, content: FirstContent): Promise<void> {
  const commits = content.empty ? '' : importStream(content);
  const all = JSON.stringify([content.defaultBranch, commits, CONFIG, UPDATE_HOOK]);
  const template = join(templates(), createHash('sha256').update(all).digest('hex'));
  if (!existsSync(template)) await makeTemplate(template, content, commits);
  const draft = `${path}.making`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(dirname(path), { recursive: true });
  // A dozen small files: at once they take half a millisecond, one after the other through the event loop twenty times as long.
  cpSync(template, draft, { recursive: true });
  renameSync(draft, path);
}

/** A fingerprint of a folder's content and times. It changes with every change in the folder. */
const lookOf = (folder: string): string =>
  JSON.stringify(
    readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => {
      const at = join(entry.parentPath, entry.name);
      const { ino, size, ctimeMs } = lstatSync(at);
      return [at, ino, size, ctimeMs];
    }),
  );

/** The repositories of a service, by path below `folder`: missing ones are created, the others do not change. */
export async function openRepositories(folder: string, first: ReadonlyMap<string, FirstContent>) {
  const untouched = new Map<string, string>();
  const make = async (path: string, content: FirstContent): Promise<void> => {
    await createBareRepository(path, content);
    untouched.set(path, lookOf(path));
  };
  /** The function that deletes everything in a folder but the repositories. */
  const tidy = (within: string): void => {
    for (const name of readdirSync(within)) {
      const path = join(within, name);
      if (first.has(path)) continue;
      if ([...first.keys()].some((one) => one.startsWith(`${path}${sep}`))) tidy(path);
      else rmSync(path, { recursive: true });
    }
  };
  mkdirSync(folder, { recursive: true });
  for (const [path, content] of first) if (!existsSync(join(path, 'HEAD'))) await make(path, content);
  return {
    /**
     * Resets them. No later ref, log or object remains, and nothing else in the folder. An untouched repository
     * is not made again, because hundreds of tests begin with a reset.
     */
    async reset(): Promise<void> {
      mkdirSync(folder, { recursive: true });
      tidy(folder);
      for (const [path, content] of first) {
        if (existsSync(path) && untouched.get(path) === lookOf(path)) continue;
        rmSync(path, { recursive: true, force: true });
        await make(path, content);
      }
    },
  };
}
