import { tokens } from '../github-tokens';

/** How the site is before a pair begins: nothing required, tokens required by the integration or the site, or out of use. */
export type Base = 'open' | 'required' | 'site' | 'disabled';

/** The integration on an admin's page. */
export type Shown = {
  id: string;
  name: string;
  owners: readonly string[] | 'all';
  requireUserPat: boolean;
  projects: 'all' | readonly string[];
  revision: string;
};

/** A unique word of the run, the number of the call, and the admin's page at the beginning. */
export type Turn = { n: string; call: number; shown: Shown };

type Call = { as: string; module: string; call: string; payload: object };

export type Act = {
  name: string;
  of(turn: Turn): Call;
  /** Bases on which it acts differently than on the open one. */
  on?: Base;
  /** The people who may not begin a write once it was answered. */
  forbids?: 'integration' | 'everybody';
};

const admin = (call: string, payload: (turn: Turn) => object) => (turn: Turn) => ({
  ...{ as: 'ada', module: 'manage-repositories', call, payload: payload(turn) },
});
const edit = (change: (shown: Shown) => object) =>
  admin('update-integration', ({ shown }) => {
    const { id, name, owners, requireUserPat, projects, revision } = shown;
    return { id, name, owners, requireUserPat, projects, revision, ...change(shown) };
  });
const token = (value: string) => ({ kind: 'token', token: value });
const place = { edition: 'github.com', credential: token(tokens.bot) };
/** With a unique name: two with one name at the same moment are one of the limits of docs/security.md. */
const options = (call: number) => ({ name: `new ${call}`, owners: ['acme'], projects: 'all' });

export const actsOfAdmins: readonly Act[] = [
  {
    name: 'adds one',
    of: admin('add-integration', ({ call }) => ({ ...place, ...options(call), requireUserPat: false })),
  },
  {
    name: 'adds a requiring one',
    of: admin('add-integration', ({ call }) => ({ ...place, ...options(call), requireUserPat: true })),
  },
  { name: 'renames', of: edit(() => ({ name: 'other' })) },
  { name: 'closes to projects', of: edit(() => ({ projects: ['OPS'] })) },
  { name: 'requires tokens', of: edit(() => ({ requireUserPat: true })), forbids: 'integration' },
  { name: 'stops requiring', of: edit(() => ({ requireUserPat: false })), on: 'required' },
  { name: 'replaces the credential', of: edit(() => ({ credential: token(tokens.bob) })) },
  {
    name: 'disables',
    of: admin('switch-integration', ({ shown: { id } }) => ({ id, enabled: false })),
    forbids: 'everybody',
  },
  { name: 'enables', of: admin('switch-integration', ({ shown: { id } }) => ({ id, enabled: true })), on: 'disabled' },
  {
    name: 'disconnects',
    of: admin('disconnect-integration', ({ shown: { id } }) => ({ id })),
    forbids: 'everybody',
  },
  {
    name: 'requires on the site',
    of: admin('save-site-settings', () => ({ requireUserPat: true })),
    forbids: 'integration',
  },
  { name: 'stops on the site', of: admin('save-site-settings', () => ({ requireUserPat: false })), on: 'site' },
  {
    name: 'switches writes off',
    of: admin('save-site-settings', () => ({ branchActions: false, pullRequestActions: false })),
    forbids: 'integration',
  },
  {
    name: 'names branches',
    of: admin('save-branch-name-rule', () => ({ template: '${issuekey}_x', separator: '_', maxBytes: 99 })),
  },
  {
    name: 'rules over tokens',
    of: admin('save-token-rules', ({ shown: { id } }) => ({
      integrationId: id,
      rules: { mustEnd: true, untoldEnd: 'ask', graceDays: 9 },
    })),
  },
  { name: 'looks', of: admin('load-site', () => ({})) },
  { name: 'tests a connection', of: admin('test-connection', () => place) },
  { name: 'asks for the token page', of: admin('new-token-page', () => ({ edition: 'github.com' })) },
  { name: 'reads the activity', of: admin('list-activity', () => ({})) },
  { name: 'looks for projects', of: admin('list-projects', () => ({ search: 'a' })) },
  { name: 'looks for people', of: admin('find-people', () => ({ search: 'a' })) },
];

const repository = 'acme/web';
const on =
  (module: string, always: object) =>
  (as: string, call: string, payload: (n: string) => object = () => ({})) =>
  ({ n, shown: { id } }: Turn) => ({
    ...{ as, module, call, payload: { ...always, integrationId: id, repository, ...payload(n) } },
  });
const onIssue = on('issue-context', { issueKey: 'DEMO-1' });
const inSettings = on('user-settings', { projectKey: 'DEMO' });
const makes = (n: string) => ({ sourceBranch: 'main', name: `DEMO-1-new-${n}` });
const deletes = (n: string) => ({ branch: `DEMO-1-old-${n}` });
const requests = (n: string) => ({ sourceBranch: `DEMO-1-source-${n}`, targetBranch: 'main', title: 'DEMO-1' });

/** alice has a token; bob has none, so where none is required the integration account acts for him. */
export const actsOfPeople: readonly Act[] = [
  ...(['alice', 'bob'] as const).flatMap((as): Act[] => [
    { name: `${as} creates a branch`, of: onIssue(as, 'create-branch', makes) },
    { name: `${as} deletes a branch`, of: onIssue(as, 'delete-branch', deletes) },
    { name: `${as} opens a pull request`, of: onIssue(as, 'create-pull-request', requests) },
    { name: `${as} saves a token`, of: onIssue(as, 'save-token', () => ({ credential: token(tokens[as]) })) },
  ]),
  {
    name: 'alice lets the integration account create a branch',
    of: onIssue('alice', 'create-branch', (n) => ({ ...makes(n), actAs: 'integration' })),
  },
  { name: 'alice removes her token', of: onIssue('alice', 'remove-token') },
  { name: 'alice removes her token in the settings', of: inSettings('alice', 'remove-token') },
  {
    name: 'bob saves a token in the settings',
    of: inSettings('bob', 'save-token', () => ({ credential: token(tokens.bob) })),
  },
  { name: 'bob chooses where to start', of: onIssue('bob', 'save-default') },
  { name: 'bob chooses in the settings', of: inSettings('bob', 'save-default') },
  { name: 'bob forgets where to start', of: onIssue('bob', 'clear-default', () => ({ cleared: { of: 'project' } })) },
  { name: 'bob attaches a branch', of: onIssue('bob', 'attach-branch', () => ({ branch: 'develop' })) },
  {
    name: 'alice attaches an address',
    of: onIssue('alice', 'attach-address', () => ({ address: 'https://github.com/acme/web/tree/main' })),
  },
  { name: 'bob detaches what nobody attached', of: onIssue('bob', 'detach-work', () => ({ branch: 'none' })) },
  { name: 'bob opens the issue', of: onIssue('bob', 'load-issue') },
  { name: 'bob opens his settings', of: inSettings('bob', 'load-user-settings') },
  ...[
    'list-cards',
    'list-repositories',
    'list-branches',
    'search-work',
    'check-branch-name',
    'list-reviewers',
    'read-request-form',
  ].map((call): Act => ({
    name: `bob: ${call}`,
    of: onIssue('bob', call, () => ({ name: 'DEMO-1-free', search: '', targetBranch: 'main' })),
  })),
  ...['list-repositories', 'list-branches', 'clear-default'].map((call): Act => ({
    name: `bob in his settings: ${call}`,
    of: inSettings('bob', call, () => ({ cleared: { of: 'project' } })),
  })),
];

/** The open one, and those on which one of the two does something else. */
export function basesOf(acts: readonly Act[]): Base[] {
  return [...new Set<Base>(['open', ...acts.flatMap(({ on: base }) => base ?? [])])];
}
