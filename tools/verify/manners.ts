import { UpdatePullRequestStatusCommand } from '@aws-sdk/client-codecommit';
import { sealed, type Credential } from '../../src/domain/credential.ts';
import type { ProviderKind } from '../../src/domain/editions.ts';
import { releasedVersion } from '../../src/providers/azure-devops/versions.ts';
import { codeCommit } from '../../src/providers/codecommit/client.ts';
import type { Connection } from '../../src/providers/provider.ts';
import { createTransport } from '../../src/providers/transport.ts';

/** The names of everything that is made: their prefix, and an issue key as a separate word. */
export const PREFIX = 'undersigned-verify-';
export const ISSUE = 'VERIFY-1';

/** A request, for the decision whether it may be sent. */
export type Asked = { method: string; url: URL; headers: Headers; body: string };
/** The things that may be changed in one repository: names with our prefix, and the pull requests between such names. */
export type Ours = { api: string; repository: string; pulls: ReadonlySet<number> };

/** Facts about a service that the tool needs besides its adapter. */
export type Manners = {
  isRead(asked: Asked): boolean;
  /** Whether a write touches only things of ours. */
  isOurs(asked: Asked, ours: Ours): boolean;
  /** The number of requests for deleting one branch, and at most one search for everything of ours. */
  deleteCost: number;
  lookCost: number;
  /** The most that the work of an issue may cost in a trial. */
  workCost: number;
  /** Closes a pull request; absent if it closes with its branch. */
  closePull?: (connection: Connection, repository: string, number: number) => Promise<unknown>;
  /** A credential with a valid form and no account. */
  nobody: Credential;
  /** The id of a reviewer who can't exist. */
  nobodyToAsk: string;
};

const token = (value: string): Credential => sealed({ kind: 'token', token: value });

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
function json(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return {};
  }
}
const isOurName = (name: unknown): boolean =>
  text(name)
    .replace(/^refs\/heads\//, '')
    .startsWith(PREFIX);
/** The part after the repository's address in the API; undefined for any other address. */
function within({ api }: Ours, { pathname }: URL, repository: string): string {
  try {
    const path = decodeURIComponent(pathname);
    const at = decodeURIComponent(new URL(api).pathname).replace(/\/$/, '') + repository;
    return path.toLowerCase().startsWith(`${at.toLowerCase()}/`) ? path.slice(at.length) : '';
  } catch {
    return '';
  }
}

/** One of our pull requests, at the beginning of that part. */
const isOurPull = (rest: string, { pulls }: Ours): boolean => pulls.has(Number(/^\/(\d+)(?:\/|$)/.exec(rest)?.[1]));

const github: Manners = {
  isRead: ({ method, url, body }) =>
    method === 'GET' ||
    (url.pathname.endsWith('/graphql') && !/\b(mutation|subscription)\b/.test(text(json(body)['query']))),
  isOurs({ method, url, body }, ours) {
    const rest = within(ours, url, `/repos/${ours.repository}`);
    const { ref, head, base } = json(body);
    if (rest === '/git/refs') return method === 'POST' && isOurName(ref);
    if (rest.startsWith('/git/refs/heads/'))
      return method === 'DELETE' && isOurName(rest.slice('/git/refs/heads/'.length));
    if (rest === '/pulls') return method === 'POST' && isOurName(head) && isOurName(base);
    return method === 'POST' && /^\/pulls\/\d+\/requested_reviewers$/.test(rest) && isOurPull(rest.slice(6), ours);
  },
  deleteCost: 1,
  lookCost: 1,
  workCost: 1,
  // docs "Deleting and restoring branches in a pull request": with its branch it closes.
  nobody: token(`ghp_${'x'.repeat(36)}`),
  nobodyToAsk: `${PREFIX}nobody-is-called-so-at-all`,
};

const gitlab: Manners = {
  isRead: ({ method }) => method === 'GET',
  isOurs({ method, url, body }, ours) {
    const rest = within(ours, url, `/projects/${ours.repository}`);
    const sent = { ...Object.fromEntries(url.searchParams), ...json(body) } as Record<string, unknown>;
    if (rest === '/repository/branches') return method === 'POST' && isOurName(sent['branch']);
    if (rest.startsWith('/repository/branches/'))
      return method === 'DELETE' && isOurName(rest.slice('/repository/branches/'.length));
    if (rest === '/merge_requests')
      return method === 'POST' && isOurName(sent['source_branch']) && isOurName(sent['target_branch']);
    return (
      method === 'PUT' && rest.startsWith('/merge_requests/') && isOurPull(rest.slice('/merge_requests'.length), ours)
    );
  },
  deleteCost: 1,
  lookCost: 3,
  workCost: 3,
  closePull({ service, credential, deadline }, repository, number) {
    const url = `${service.apiUrl}/projects/${encodeURIComponent(repository)}/merge_requests/${number}`;
    const value = credential.kind === 'token' ? credential.token.reveal() : '';
    return change('PUT', url, `Bearer ${value}`, { state_event: 'close' }, deadline);
  },
  nobody: token(`glpat-${'x'.repeat(20)}`),
  nobodyToAsk: '2147483646',
};

const azureDevOps: Manners = {
  // An empty list of changes changes nothing: the adapter sends one to find out a token's rights.
  isRead: ({ method, body }) => method === 'GET' || method === 'OPTIONS' || (method === 'POST' && body === '[]'),
  isOurs({ method, url, body }, ours) {
    const [project = '', name = ''] = ours.repository.split('/');
    const rest = within(ours, url, `/${project}/_apis/git/repositories/${name}`);
    const sent = json(body);
    if (rest === '/refs')
      return (
        method === 'POST' && Array.isArray(sent) && sent.every((one) => isOurName((one as { name: unknown }).name))
      );
    if (/^\/pullrequests$/i.test(rest))
      return method === 'POST' && isOurName(sent['sourceRefName']) && isOurName(sent['targetRefName']);
    const isOne = /^\/pullrequests\//i.test(rest) && isOurPull(rest.slice('/pullrequests'.length), ours);
    return isOne && (method === 'PATCH' || method === 'PUT');
  },
  deleteCost: 2,
  lookCost: 2,
  workCost: 3,
  closePull({ service, credential, deadline }, repository, number) {
    const [project = '', name = ''] = repository.split('/').map(encodeURIComponent);
    const at = `${service.apiUrl}/${project}/_apis/git/repositories/${name}/pullrequests/${number}`;
    const url = `${at}?api-version=${releasedVersion(service.edition.id)}`;
    const value = credential.kind === 'token' ? credential.token.reveal() : '';
    const basic = `Basic ${Buffer.from(`PAT:${value}`).toString('base64')}`;
    return change('PATCH', url, basic, { status: 'abandoned' }, deadline);
  },
  nobody: token('x'.repeat(52)),
  nobodyToAsk: '00000000-0000-4000-8000-000000000000',
};

const codecommit: Manners = {
  isRead: ({ headers, body }) =>
    /\.(Get|List|BatchGet)\w+$/.test(headers.get('x-amz-target') ?? '') || /Action=GetCallerIdentity/.test(body),
  isOurs({ headers, body }, ours) {
    const operation = (headers.get('x-amz-target') ?? '').split('.')[1];
    const sent = json(body);
    if (operation === 'CreateBranch' || operation === 'DeleteBranch')
      return sent['repositoryName'] === ours.repository && isOurName(sent['branchName']);
    if (operation === 'UpdatePullRequestStatus') return ours.pulls.has(Number(sent['pullRequestId']));
    const targets = Array.isArray(sent['targets']) ? (sent['targets'] as Record<string, unknown>[]) : [];
    const fits = (target: Record<string, unknown>) =>
      target['repositoryName'] === ours.repository &&
      isOurName(target['sourceReference']) &&
      isOurName(target['destinationReference']);
    return operation === 'CreatePullRequest' && targets.length === 1 && targets.every(fits);
  },
  deleteCost: 1,
  lookCost: 3,
  workCost: 5,
  closePull: (connection, _, number) =>
    codeCommit(connection).send(
      new UpdatePullRequestStatusCommand({ pullRequestId: String(number), pullRequestStatus: 'CLOSED' }),
    ),
  nobody: sealed({ kind: 'access-key', id: `AKIA${'X'.repeat(16)}`, secret: 'x'.repeat(40) }),
  nobodyToAsk: '',
};

export const manners: Readonly<Record<ProviderKind, Manners>> = {
  github,
  gitlab,
  'azure-devops': azureDevOps,
  codecommit,
};

async function change(
  method: string,
  url: string,
  authorization: string,
  body: object,
  deadline: number,
): Promise<void> {
  const send = createTransport({ origin: new URL(url).origin, deadline, kind: 'write' });
  const headers = { authorization, 'content-type': 'application/json', 'user-agent': 'undersigned-for-jira' };
  const response = await send(url, { method, headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`It was not closed: ${response.status}`);
}
