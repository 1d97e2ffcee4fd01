import { branchesOf, branchOf, branchName } from '../../git-host/branches.ts';
import { encodePath } from '../../git-host/router.ts';
import { createRef, deleteRef, isProtected } from '../branches.ts';
import type { Repository } from '../context.ts';
import { Refusal, notFound, notModelled } from './answer.ts';
import { callerOf, get, page, post, remove, repositoryFor } from './route.ts';
import type { RestCall, Route } from './route.ts';
import { refShape, repositoryUrl, simpleUser } from './shapes.ts';

const READ = { area: 'contents', right: 'read' } as const;
const WRITE = { area: 'contents', right: 'write' } as const;

/** Source: the git database calls answer 409 for a repository without commits (docs "git refs"). */
async function withCommits(repository: Repository): Promise<Repository> {
  if (await repository.git.isEmpty()) throw new Refusal(409, 'Git Repository is empty.');
  return repository;
}

/** GitHub's answer to a body whose required members are missing or no strings. */
export function requiredStrings(body: Record<string, unknown>, names: readonly string[]): void {
  const missing = names.filter((name) => body[name] === undefined);
  if (missing.length > 0) {
    const list = missing.map((name) => `"${name}"`).join(', ');
    throw new Refusal(422, `Invalid request.\n\n${list} ${missing.length === 1 ? "wasn't" : "weren't"} supplied.`);
  }
  const wrong = names.find((name) => typeof body[name] !== 'string');
  if (wrong !== undefined) {
    const said = body[wrong] === null ? 'nil' : JSON.stringify(body[wrong]);
    throw new Refusal(422, `Invalid request.\n\nFor 'properties/${wrong}', ${said} is not a string.`);
  }
}

function branchShape(call: RestCall, repository: Repository, ref: { name: string; sha: string }) {
  const url = repositoryUrl(call.github, repository);
  const name = branchName(ref.name);
  return {
    name,
    commit: { sha: ref.sha, url: `${url}/commits/${ref.sha}` },
    protected: isProtected(repository, name),
  };
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
      if (found === undefined) throw new Refusal(422, `No commit found for SHA: ${ref}`);
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
      if (!done.ok) throw new Refusal(422, done.message);
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
      if (refused !== undefined) throw new Refusal(422, refused);
      return { status: 204 };
    },
  },
  {
    ...get('/repos/:owner/:repo/branches', 'branches/branches#list-branches', 'contents=read'),
    query: ['protected', 'per_page', 'page'],
    async handle(call) {
      const repository = repositoryFor(call, READ);
      const wanted = call.query.get('protected');
      const branches = (await branchesOf(repository))
        .map((ref) => branchShape(call, repository, ref))
        .filter((branch) => wanted === null || String(branch.protected) === wanted);
      const { items, headers } = page(call, branches);
      return { status: 200, body: items, headers };
    },
  },
  {
    ...get('/repos/:owner/:repo/branches/:branch+', 'branches/branches#get-a-branch', 'contents=read'),
    async handle(call) {
      const repository = repositoryFor(call, READ);
      const name = call.params['branch'] ?? '';
      if (name.endsWith('/protection')) throw notModelled('branch protection settings');
      const ref = await branchOf(repository, name);
      if (ref === undefined) throw new Refusal(404, 'Branch not found');
      const url = repositoryUrl(call.github, repository);
      const [commit] = await repository.git.commits(ref.sha, undefined, 1);
      const person = { name: commit?.author, email: commit?.email, date: commit?.date };
      const account = call.github.catalogue.accounts.find(({ email }) => email === commit?.email);
      const user = account ? simpleUser(call.github, account) : null;
      const branch = branchShape(call, repository, ref);
      return {
        status: 200,
        body: {
          ...branch,
          commit: {
            ...branch.commit,
            commit: {
              author: person,
              committer: person,
              message: commit?.subject,
              url: `${url}/git/commits/${ref.sha}`,
            },
            author: user,
            committer: user,
            html_url: `${call.github.webUrl}/${repository.fullName}/commit/${ref.sha}`,
          },
          _links: {
            self: `${url}/branches/${encodePath(name)}`,
            html: `${call.github.webUrl}/${repository.fullName}/tree/${encodePath(name)}`,
          },
          protection: { enabled: branch.protected },
          protection_url: `${url}/branches/${encodePath(name)}/protection`,
        },
      };
    },
  },
];
