import type { Service } from '../sandbox/services/service';
import { tokens } from './github-tokens';

type Account = { login: string; scopes?: string; ends?: string; readsOnly?: true };
type Pull = {
  state?: 'MERGED' | 'CLOSED';
  number: number;
  title: string;
  body: string;
  draft: boolean;
  head: string;
  base: string;
  login: string;
};
type Answer = { status?: number; headers?: Record<string, string>; body?: unknown };

const accounts: Readonly<Record<string, Account>> = {
  [tokens.bot]: { login: 'acme-bot', scopes: 'repo' },
  [tokens.alice]: { login: 'alice', scopes: 'repo, workflow', ends: '2099-03-12 10:00:00 UTC' },
  [tokens.aliceEndless]: { login: 'alice', scopes: 'repo' },
  [tokens.alicePublic]: { login: 'alice', scopes: 'public_repo' },
  [tokens.aliceNoScope]: { login: 'alice', scopes: 'read:user' },
  [tokens.aliceFine]: { login: 'alice' },
  [tokens.aliceFineRead]: { login: 'alice', readsOnly: true },
  [tokens.bob]: { login: 'bob', scopes: 'repo' },
};
/** The commit of the tag `v1`, where no branch is. */
export const TAGGED = 'abcdef12'.padEnd(40, '0');
const names = ['acme/web', 'acme/api', 'acme/fresh', 'alice/dotfiles'];
const reviewers = ['acme-bot', 'alice', 'bob'];

/** The parts of github.com that matter to use cases, without git: cheap enough for one run a mutant. */
export type SmallGitHub = Service & {
  makeBranch(name: string): void;
  hasBranch(name: string): boolean;
  addBranch(name: string): void;
  removeBranch(name: string): void;
  /** The person whose token can't see `acme/web`; undefined: everybody can. */
  hideFrom(login: string | undefined): void;
  /** Merges a pull request, as on the service's page. */
  merge(pullRequest: number): void;
  /** Who made a branch of `acme/web`. */
  creatorOf(name: string): string | undefined;
  descriptionOf(pullRequest: number): string | undefined;
};

const says = (status: number, message: string): Answer => ({ status, body: { message } });
const notFound = says(404, 'Not Found');
const here = (text: string, part: string | null | undefined) => text.toLowerCase().includes((part ?? '').toLowerCase());

export function smallGitHub(): SmallGitHub {
  const branches = new Map<string, { sha: string; by: string }>();
  const pulls: Pull[] = [];
  let made = 0;
  let hiddenFrom: string | undefined;
  const make = (name: string, by: string) =>
    branches.set(name, { sha: (made += 1).toString(16).padStart(40, '0'), by });
  for (const name of ['main', 'develop', 'feature/DEMO-1-login', 'DEMO-12-other', 'release/1.0'])
    make(name, 'acme-bot');

  const branchNodes = (repository: string, text: string | null) =>
    repository === 'acme/web'
      ? [...branches].filter(([name]) => here(name, text)).map(([name, { sha }]) => ({ name, target: { oid: sha } }))
      : [];
  const pageInfo = { hasNextPage: false, endCursor: null };

  const pullNode = ({ number, title, draft, head, base, login, state }: Pull) => ({
    ...{ number, title, url: `https://github.com/acme/web/pull/${number}`, state: state ?? 'OPEN', isDraft: draft },
    ...{ updatedAt: '2026-11-20T12:00:00Z', headRefName: head, baseRefName: base, author: { login } },
    repository: { nameWithOwner: 'acme/web' },
  });

  function question(login: string, query: string, variables: Record<string, any>): Answer {
    const repository = `${variables['owner']}/${variables['repo']}`;
    if (query.startsWith('query repositories')) {
      const [word = ''] = /^\S+(?= in:name)/.exec(variables['text']) ?? [];
      const owners = [...variables['text'].matchAll(/user:(\S+)/g)].map(([, owner]) => owner);
      const nodes = names
        .filter((name) => owners.includes(name.split('/')[0]) && here(name, word))
        .map((name) => ({
          ...{ nameWithOwner: name, url: `https://github.com/${name}`, isArchived: false, viewerPermission: 'WRITE' },
          defaultBranchRef: { name: 'main' },
        }));
      const withheld = owners.includes('acme-secure');
      const headers = withheld ? { 'x-github-sso': 'partial-results; organizations=7' } : {};
      return { headers, body: { data: { search: { pageInfo, nodes } } } };
    }
    if (query.startsWith('query work')) {
      const asked = [...query.matchAll(/(r\d+): repository\(owner: "([^"]+)", name: "([^"]+)"\)/g)];
      const found = asked.map(([, alias, owner, name]) => [
        alias,
        hiddenFrom === login ? null : { refs: { nodes: branchNodes(`${owner}/${name}`, variables['key']) } },
      ]);
      const nodes = hiddenFrom === login ? [] : pulls.map(pullNode);
      const withheld = Object.values(variables).some((text) => String(text).includes('user:acme-secure'));
      const headers = withheld ? { 'x-github-sso': 'partial-results; organizations=7' } : {};
      return { headers, body: { data: { ...Object.fromEntries(found), search: { nodes } } } };
    }
    if (!names.includes(repository) || hiddenFrom === login)
      return { body: { data: { repository: null }, errors: [{ type: 'NOT_FOUND', message: 'Could not resolve' }] } };
    if (query.startsWith('query form')) {
      const pullRequestTemplates = [{ filename: 'pull_request_template.md', body: `For ${login}` }];
      return { body: { data: { repository: { pullRequestTemplates } } } };
    }
    if (query.startsWith('query pull')) {
      const pull = pulls.find(({ number }) => number === variables['number']);
      if (pull !== undefined) return { body: { data: { repository: { pullRequest: pullNode(pull) } } } };
      const missing = { type: 'NOT_FOUND', message: 'Could not resolve to a PullRequest' };
      return { body: { data: { repository: { pullRequest: null } }, errors: [missing] } };
    }
    if (query.startsWith('query head')) {
      const branch = branches.get(String(variables['ref']).replace('refs/heads/', ''));
      const commit = { messageHeadline: 'Begin', authoredDate: '2026-11-20T13:00:00+01:00', author: { name: 'Alice' } };
      const ref = branch === undefined ? null : { target: { oid: branch.sha, ...commit } };
      return { body: { data: { repository: { ref } } } };
    }
    const users = reviewers.filter((login) => here(login, variables['text'])).map((login) => ({ login, name: null }));
    const refs = { pageInfo, nodes: branchNodes(repository, variables['text']) };
    return { body: { data: { repository: { refs, assignableUsers: { nodes: users } } } } };
  }

  const pullAnswer = ({ number, title, draft, head, base, login }: Pull) => ({
    ...{ number, title, html_url: `https://github.com/acme/web/pull/${number}`, state: 'open', draft },
    ...{ updated_at: '2026-11-20T12:00:00Z', head: { ref: head }, base: { ref: base }, user: { login } },
  });

  function openPull({ login }: Account, { head, base, title, body, draft }: Record<string, any>): Answer {
    if (pulls.some((one) => one.head === head)) return says(422, `A pull request already exists for acme:${head}.`);
    const pull: Pull = { number: pulls.length + 1, title, body, draft, head, base, login };
    pulls.push(pull);
    return { status: 201, body: pullAnswer(pull) };
  }

  function makeRef({ login, readsOnly }: Account, { ref, sha }: Record<string, any>): Answer {
    const name = String(ref).replace('refs/heads/', '');
    if (readsOnly)
      return {
        ...says(403, 'Resource not accessible by personal access token'),
        headers: { 'x-accepted-github-permissions': 'contents=write' },
      };
    if (branches.has(name)) return says(422, 'Reference already exists');
    if (sha !== TAGGED && ![...branches.values()].some((branch) => branch.sha === sha))
      return says(422, 'Object does not exist');
    branches.set(name, { sha, by: login });
    return { status: 201, body: { ref, object: { sha } } };
  }

  function answer(account: Account, method: string, path: string, body: Record<string, any>): Answer {
    const { login, scopes, ends } = account;
    const headers = {
      ...(scopes === undefined ? {} : { 'x-oauth-scopes': scopes }),
      ...(ends === undefined ? {} : { 'github-authentication-token-expiration': ends }),
    };
    if (path === '/user') return { headers, body: { login, id: login.length, type: 'User' } };
    if (path === '/user/repos') return { body: names.map((name) => ({ owner: { login: name.split('/')[0] } })) };
    if (path === '/graphql') return question(login, String(body['query']), body['variables']);
    const [, repository = '', rest = ''] = /^\/repos\/([^/]+\/[^/]+)(.*)$/.exec(path) ?? [];
    if (!names.includes(repository) || hiddenFrom === login) return notFound;
    const [, name = ''] = /^\/git\/refs?\/heads\/(.+)$/.exec(rest) ?? [];
    const branch = branches.get(name);
    const [, revision] = /^\/commits\/(.+)$/.exec(rest) ?? [];
    if (revision !== undefined) {
      const ids = revision === 'tags/v1' ? [TAGGED] : [...branches.values()].map(({ sha }) => sha);
      const found = ids.find((sha) => revision === 'tags/v1' || sha.startsWith(revision));
      return found === undefined ? says(422, `No commit found for SHA: ${revision}`) : { body: { sha: found } };
    }
    switch (`${method} ${name === '' ? rest : '/ref'}`) {
      case 'GET ':
        return { body: { id: 1 } };
      case 'GET /ref':
        return branch === undefined ? notFound : { body: { ref: `refs/heads/${name}`, object: { sha: branch.sha } } };
      case 'DELETE /ref':
        return branches.delete(name) ? { status: 204 } : says(422, 'Reference does not exist');
      case 'POST /git/refs':
        return makeRef(account, body);
      case 'GET /pulls':
        return { body: pulls.map(pullAnswer) };
      case 'POST /pulls':
        return openPull(account, body);
      default:
        // Alice can be assigned, and the label `gone` cannot be set.
        if (rest.endsWith('/assignees')) return { status: 201, body: { assignees: [{ login: 'alice' }] } };
        if (rest.endsWith('/labels')) {
          const set = (body['labels'] as string[]).filter((label) => label !== 'gone');
          return { body: set.map((label) => ({ name: label })) };
        }
        return rest.endsWith('/requested_reviewers') ? { status: 201, body: {} } : notFound;
    }
  }

  const accountOf = (request: Request) => accounts[request.headers.get('authorization')?.split(' ')[1] ?? ''];
  return {
    hosts: ['api.github.com'],
    handle: async (request) => {
      const account = accountOf(request);
      const text = await request.text();
      const {
        status = 200,
        headers,
        body,
      } = account
        ? answer(
            account,
            request.method,
            decodeURIComponent(new URL(request.url).pathname),
            text ? JSON.parse(text) : {},
          )
        : says(401, 'Bad credentials');
      const type = { 'content-type': 'application/json' };
      return new Response(body === undefined ? null : JSON.stringify(body), {
        status,
        headers: { ...type, ...headers },
      });
    },
    accountOf: async (request) => accountOf(request)?.login,
    reset: async () => undefined,
    close: async () => undefined,
    makeBranch: (name) => void make(name, 'nobody'),
    hasBranch: (name) => branches.has(name),
    addBranch: (name) => make(name, 'acme-bot'),
    removeBranch: (name) => void branches.delete(name),
    hideFrom: (login) => void (hiddenFrom = login),
    merge: (number) => void pulls.filter((pull) => pull.number === number).forEach((pull) => (pull.state = 'MERGED')),
    creatorOf: (name) => branches.get(name)?.by,
    descriptionOf: (number) => pulls.find((pull) => pull.number === number)?.body,
  };
}
