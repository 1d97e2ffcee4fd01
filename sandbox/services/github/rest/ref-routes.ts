import { createRef, deleteRef } from '../branches.ts';
import type { Repository } from '../context.ts';
import { refuse, notFound } from './answer.ts';
import { callerOf, get, post, remove, repositoryFor } from './route.ts';
import type { Route } from './route.ts';
import { refShape, repositoryUrl } from './shapes.ts';

const READ = { area: 'contents', right: 'read' } as const;
const WRITE = { area: 'contents', right: 'write' } as const;

/** Source: the git database calls answer 409 for a repository without commits (docs "git refs"). */
async function withCommits(repository: Repository): Promise<Repository> {
  if (await repository.git.isEmpty()) throw refuse(409, 'Git Repository is empty.');
  return repository;
}

/** GitHub's answer to a body whose required members are missing or no strings. */
export function requiredStrings(body: Record<string, unknown>, names: readonly string[]): void {
  const missing = names.filter((name) => body[name] === undefined);
  if (missing.length > 0) {
    const list = missing.map((name) => `"${name}"`).join(', ');
    throw refuse(422, `Invalid request.\n\n${list} ${missing.length === 1 ? "wasn't" : "weren't"} supplied.`);
  }
  const wrong = names.find((name) => typeof body[name] !== 'string');
  if (wrong !== undefined) {
    const said = body[wrong] === null ? 'nil' : JSON.stringify(body[wrong]);
    throw refuse(422, `Invalid request.\n\nFor 'properties/${wrong}', ${said} is not a string.`);
  }
}

export const refRoutes: readonly Route[] = [
  {
    ...get('/repos/:owner/:repo/git/ref/:ref+', 'git/refs#get-a-reference', 'contents=read'),
    async handle(call) {
      const repository = await withCommits(repositoryFor(call, READ));
      const ref = await repository.git.ref(`refs/${call.params['ref']}`);
      if (ref === undefined) throw notFound();
      return { status: 200, body: refShape(call.github, repository, ref) };
    },
  },
  {
    ...get('/repos/:owner/:repo/git/matching-refs/:ref+', 'git/refs#list-matching-references', 'contents=read'),
    async handle(call) {
      const repository = await withCommits(repositoryFor(call, READ));
      const refs = await repository.git.refs(`refs/${call.params['ref']}`);
      return { status: 200, body: refs.map((ref) => refShape(call.github, repository, ref)) };
    },
  },
  {
    ...get('/repos/:owner/:repo/commits/:ref+', 'commits/commits#get-a-commit', 'contents=read'),
    query: ['page', 'per_page'],
    async handle(call) {
      const repository = await withCommits(repositoryFor(call, READ));
      const { git } = repository;
      const ref = call.params['ref'] ?? '';
      // `heads/x`, `tags/x`, a branch or a tag by its name alone, or an id.
      const meant = [`refs/${ref}`, `refs/heads/${ref}`, `refs/tags/${ref}`, ref];
      const found = (await Promise.all(meant.map((one) => git.commit(one)))).find((sha) => sha !== undefined);
      if (found === undefined) throw refuse(422, `No commit found for SHA: ${ref}`);
      const [commit] = await git.commits(found, undefined, 1);
      const person = { name: commit?.author, email: commit?.email, date: commit?.date };
      const url = `${repositoryUrl(call.github, repository)}/commits/${found}`;
      // What it changed is not modelled.
      const body = {
        sha: found,
        url,
        commit: { author: person, committer: person, message: commit?.subject },
        files: [],
      };
      return { status: 200, body };
    },
  },
  {
    ...post('/repos/:owner/:repo/git/refs', 'git/refs#create-a-reference', 'contents=write'),
    async handle(call) {
      const repository = await withCommits(repositoryFor(call, WRITE));
      const body = await call.body();
      requiredStrings(body, ['ref', 'sha']);
      const { github } = call;
      const done = await createRef(
        github,
        repository,
        callerOf(call).account,
        String(body['ref']),
        String(body['sha']),
      );
      if (!done.ok) throw refuse(422, done.message);
      const shape = refShape(github, repository, done.ref);
      return { status: 201, body: shape, headers: { location: shape.url } };
    },
  },
  {
    ...remove('/repos/:owner/:repo/git/refs/:ref+', 'git/refs#delete-a-reference', 'contents=write'),
    async handle(call) {
      const repository = await withCommits(repositoryFor(call, WRITE));
      const ref = `refs/${call.params['ref']}`;
      const refused = await deleteRef(call.github, repository, callerOf(call).account, ref);
      if (refused !== undefined) throw refuse(422, refused);
      return { status: 204 };
    },
  },
];
