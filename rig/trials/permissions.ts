import { issueCalls, manageRepositoriesCalls, userSettingsCalls } from '../../src/contract/calls';
import type { Manifest, Step, UiModule } from 'local-forge';
import { tokens } from '../github-world';
import type { Stage } from '../stage';
import { forgeries, inheritedNames, named } from './forgeries';
import { busyMinute, isCount, isNote, isOfActivity, nextMinute, notedActs } from './consistency';

/** Everybody who could call, each as somebody of the stage. `stranger`: a developer of another site, with this site's ids. */
const roles = {
  admin: { as: 'ada', site: 'acme' },
  developer: { as: 'alice', site: 'acme' },
  'without View Development Tools': { as: 'carol', site: 'acme' },
  'without Browse Projects': { as: 'erin', site: 'acme' },
  'not logged in': { as: 'nobody', site: 'acme' },
  unidentified: { as: 'anonymous', site: 'acme' },
  'developer of another site': { as: 'alice', site: 'globex' },
} as const;

export type Role = keyof typeof roles;
export const roleNames = Object.keys(roles) as Role[];

const insiders: readonly Role[] = ['admin', 'developer'];
const everySite: readonly Role[] = [...insiders, 'developer of another site'];
const admins: readonly Role[] = ['admin'];

/** The function a module's pages call, and what the contract says about it. */
const surfaces = {
  'issue-resolver': issueCalls,
  'user-settings-resolver': userSettingsCalls,
  'manage-resolver': manageRepositoriesCalls,
} as const;

/** The allowed roles. All others are refused; a call without a row is a type error and a failed test. */
const allowed: { [F in keyof typeof surfaces]: Record<keyof (typeof surfaces)[F], readonly Role[]> } = {
  'issue-resolver': {
    'load-issue': everySite,
    'list-cards': insiders,
    'tell-jira': insiders,
    'list-repositories': insiders,
    'list-branches': insiders,
    'create-branch': insiders,
    'create-pull-request': insiders,
    'delete-branch': insiders,
    'search-work': insiders,
    'attach-branch': insiders,
    // Names no integration: on another site it is one of that site's.
    'attach-address': everySite,
    'detach-work': insiders,
    'save-token': insiders,
    'remove-token': insiders,
    'renew-token': insiders,
    'check-branch-name': insiders,
    'list-reviewers': insiders,
    'read-request-form': insiders,
    'save-default': insiders,
    // A person's own choice, also if its integration is gone: it needs no integration.
    'clear-default': everySite,
  },
  'user-settings-resolver': {
    'load-user-settings': everySite,
    'list-projects': everySite,
    'save-token': insiders,
    'remove-token': insiders,
    'renew-token': insiders,
    'list-repositories': insiders,
    'list-branches': insiders,
    'save-default': insiders,
    'clear-default': everySite,
  },
  'manage-resolver': {
    'load-site': admins,
    'test-connection': admins,
    'add-integration': admins,
    'update-integration': admins,
    'switch-integration': admins,
    'disconnect-integration': admins,
    'save-site-settings': admins,
    'save-branch-name-rule': admins,
    'save-token-rules': admins,
    'new-token-page': admins,
    'list-activity': admins,
    'list-tokens': admins,
    'remove-tokens': admins,
    'find-people': admins,
    'list-projects': admins,
  },
};

const refusals: Readonly<Record<Role, readonly string[]>> = {
  admin: [],
  developer: ['NOT_ADMIN'],
  'without View Development Tools': ['NO_JIRA_PERMISSION', 'NOT_ADMIN'],
  'without Browse Projects': ['ISSUE_NOT_FOUND', 'NO_JIRA_PERMISSION', 'NOT_ADMIN'],
  'not logged in': ['NOT_LOGGED_IN'],
  unidentified: ['NOT_LOGGED_IN'],
  'developer of another site': ['INTEGRATION_NOT_FOUND', 'NOT_ADMIN'],
};

export type Row = {
  module: string;
  call: string;
  role: Role;
  /** The forged field of the payload, if any. */
  forged?: string;
  expected: 'allow' | 'refuse';
  /** `ok`, an error's code, or why the platform gave no answer. */
  outcome: string;
  /** The problem; undefined without one. */
  problem?: string;
};

/** The person whose token an admin removes: erin has none, so the others' tokens remain. */
const owner = '712020:e4140000-0000-4000-8000-000000000005';

const branch = (payload: Record<string, unknown>) => ({ repository: 'acme/web', ...payload });

/** Payloads that would be carried out for somebody who may; each time with names of its own. A place is said in the surface's way. */
function validPayloads(stage: Stage, integrationId: string) {
  let n = 0;
  let isServed = true;
  const onIssue = { issueKey: 'DEMO-1' };
  const inProject = { projectKey: 'DEMO' };
  const credential = { kind: 'token', token: tokens.alice };
  const botCredential = { kind: 'token', token: tokens.bot };
  const options = () => ({ name: `integration ${n++}`, owners: ['acme'], requireUserPat: false, projects: 'all' });
  const invoke = (call: string, payload: unknown) =>
    stage.app.invoke({ as: 'ada', module: 'issue-context', call, payload });
  const freshBranch = async (): Promise<string> => {
    const name = `DEMO-1-made-${n++}`;
    if (!isServed) return name;
    await invoke('create-branch', branch({ ...onIssue, integrationId, sourceBranch: 'develop', name }));
    return name;
  };
  const makers: Record<string, (where: Record<string, unknown>) => Promise<Record<string, unknown>>> = {
    'load-issue': async () => onIssue,
    'list-cards': async (where) => ({ ...where, integrationId }),
    'tell-jira': async (where) => ({ ...where, integrationId, news: `${'0'.repeat(40)}.0.${'0'.repeat(43)}` }),
    'list-repositories': async (where) => ({ ...where, integrationId, search: '' }),
    'list-branches': async (where) => branch({ ...where, integrationId, search: '' }),
    'create-branch': async (where) =>
      branch({ ...where, integrationId, sourceBranch: 'main', name: `DEMO-1-new-${n++}` }),
    'create-pull-request': async (where) =>
      branch({ ...where, integrationId, sourceBranch: await freshBranch(), targetBranch: 'main', title: 'DEMO-1' }),
    'delete-branch': async (where) => branch({ ...where, integrationId, branch: await freshBranch() }),
    'search-work': async (where) => branch({ ...where, integrationId, search: 'login' }),
    'attach-branch': async (where) => branch({ ...where, integrationId, branch: 'release/1.0' }),
    'attach-address': async (where) => ({ ...where, address: 'https://github.com/acme/web/tree/main' }),
    'detach-work': async (where) => {
      const attached = branch({ ...where, integrationId, branch: 'release/1.0' });
      if (isServed) await invoke('attach-branch', attached);
      return attached;
    },
    'check-branch-name': async (where) => branch({ ...where, integrationId, name: `DEMO-1-checked-${n++}` }),
    'list-reviewers': async (where) => branch({ ...where, integrationId, search: '' }),
    'read-request-form': async (where) => branch({ ...where, integrationId, targetBranch: 'main' }),
    'save-default': async (where) => branch({ ...where, integrationId, branch: `chosen-${n++}` }),
    'clear-default': async (where) => ({ ...where, cleared: branch({ of: 'repository', integrationId }) }),
    'save-token': async (where) => ({ ...where, integrationId, credential }),
    'load-user-settings': async () => ({}),
    'remove-token': async (where) => ({ ...where, integrationId }),
    'renew-token': async (where) => ({ ...where, integrationId }),
    'load-site': async () => ({}),
    'test-connection': async () => ({ edition: 'github.com', credential: botCredential }),
    'add-integration': async () => ({ edition: 'github.com', credential: botCredential, ...options() }),
    'update-integration': async () => ({ id: integrationId, ...options(), projects: ['DEMO'] }),
    'disconnect-integration': async () => ({
      id: isServed ? await stage.connect('acme', { name: options().name }) : integrationId,
    }),
    'switch-integration': async () => ({ id: integrationId, enabled: true }),
    'save-site-settings': async () => ({ requireUserPat: false, branchActions: true, pullRequestActions: true }),
    'save-branch-name-rule': async () => ({ template: `\${issuekey}-${n++}`, separator: '-', maxBytes: 100 }),
    'save-token-rules': async () => ({
      integrationId,
      rules: { maxDays: 300 + n++, untoldEnd: 'ask', graceDays: 300 },
    }),
    'new-token-page': async () => ({ edition: 'github.com' }),
    'list-activity': async () => ({}),
    'list-tokens': async () => ({ search: 'ali' }),
    'remove-tokens': async () => ({ integrationId, accountIds: [owner], reason: 'left the team' }),
    'find-people': async () => ({ search: 'ali' }),
    'list-projects': async () => ({ search: 'demo' }),
  };
  /** `served`: the call will be carried out, so what it works on must be there. Making it takes its time. */
  return async (module: UiModule, call: string, served: boolean): Promise<Record<string, unknown>> => {
    if (call in Object.prototype) return {};
    const make = makers[call];
    if (make === undefined) throw new Error(`No payload for ${call}: give it one here.`);
    isServed = served;
    const surface = module.resolver?.function ?? '';
    const payload = await make(surface === 'user-settings-resolver' ? inProject : onIssue);
    const calls: Record<string, { shape: object }> = surfaces[surface as keyof typeof surfaces];
    const fields = calls[call]?.shape ?? payload;
    return Object.fromEntries(Object.entries(payload).filter(([field]) => field in fields));
  };
}

const doorCodes = [
  'INVALID_INPUT',
  'ISSUE_NOT_FOUND',
  'INTEGRATION_NOT_FOUND',
  'NOT_OPEN_TO_PROJECT',
  'REPOSITORY_NOT_OF_INTEGRATION',
];

/** Other accepted refusals of a forged field. */
const more: Readonly<Record<string, readonly string[]>> = {
  projectKey: ['NO_JIRA_PERMISSION'],
  branch: ['BRANCH_NOT_OF_ISSUE'],
};

type Attempt = { module: UiModule; call: string; role: Role; payload: unknown; busy?: true };

async function attempt(stage: Stage, { module, call, role, payload, busy }: Attempt) {
  const steps: Step[] = [];
  if (busy) busyMinute(stage);
  else nextMinute(stage);
  const before = contents(stage);
  const outcome = await stage.app
    .invoke({
      ...roles[role],
      module: module.key,
      call,
      payload,
      tap: (step) => void (isCount(step) || steps.push(step)),
    })
    .then(
      (answer) => (answer.ok === true ? 'ok' : String(answer.error?.code)),
      (refused: Error & { code?: string }) => String(refused.code),
    );
  const { as, site } = roles[role];
  const accountId = stage.sites.find(({ id }) => id === site)?.people.find(({ id }) => id === as)?.accountId;
  // The one thing a refusal may write, and only once the issue and the integration are open.
  const isRecorded = ['REPOSITORY_NOT_OF_INTEGRATION', 'BRANCH_NOT_OF_ISSUE'].includes(outcome);
  const mayNote = accountId !== undefined && notedActs.includes(call) && isRecorded;
  const notes = mayNote ? steps.filter((step) => isNote(step, accountId)) : [];
  const after = contents(stage);
  const noted = after.activity !== before.activity;
  const changed = after.rest !== before.rest || (noted && notes.length !== 1);
  return { outcome, steps: steps.filter((step) => !notes.includes(step)), changed, noted: notes.length };
}

/** All that is stored, of every site, without times. */
function contents({ app, sites }: Stage): { activity: string; rest: string } {
  const stored = sites.map(({ id }) => ({ secrets: app.entries.secretKeys(id), values: valuesOf(app, id) }));
  return {
    activity: stored.map(({ values }) => linesOf(values.filter(({ key }) => isOfActivity(key)))).join('\n\n'),
    rest: stored
      .map(({ values, secrets }) => [linesOf(values.filter(({ key }) => !isOfActivity(key))), ...secrets].join('\n'))
      .join('\n\n'),
  };
}

type Stored = ReturnType<Stage['app']['entries']['list']>;

const valuesOf = ({ entries }: Stage['app'], site: string): Stored =>
  entries.list(site, '', undefined, 100_000).filter(({ key }) => !key.startsWith('pace:'));

const linesOf = (values: Stored): string => values.map(({ key, json }) => `${key} ${json}`).join('\n');

/**
 * The steps that a refusal must not make. Reads of records may go out beside the request for the permission, and a write may read the copy
 * of the credential. The integration's credential itself is never read for a refused call.
 */
function overreach(call: string, steps: readonly Step[], changed: boolean): string | undefined {
  if (changed) return 'storage changed';
  const forbidden = notedActs.includes(call) ? /^integration-credential:/ : /^(integration|ready)-credential:/;
  const reached = steps.find(
    ({ to, writes, keys }) =>
      to === 'service' || to === 'queue' || (to === 'storage' && (writes || keys.some((key) => forbidden.test(key)))),
  );
  return reached === undefined ? undefined : `reached ${reached.to}: ${reached.what}`;
}

/** GitHub renews no tokens: a caller with that answer, or with the answer that no token exists, was accepted. `test/use-cases/renewal.test.ts` does it at GitLab. */
function isLetIn({ call, outcome }: Pick<Row, 'call' | 'outcome'>): boolean {
  return outcome === 'ok' || (call === 'renew-token' && /^TOKEN_(REQUIRED|NOT_RENEWABLE)$/.test(outcome));
}

function judge(row: Omit<Row, 'problem'>, codes: readonly string[], done: Awaited<ReturnType<typeof attempt>>): Row {
  if (row.expected === 'allow') return isLetIn(row) ? row : { ...row, problem: 'was refused' };
  if (row.outcome === 'ok') return { ...row, problem: 'was allowed' };
  const problem = codes.includes(row.outcome)
    ? overreach(row.call, done.steps, done.changed)
    : 'was refused for another reason';
  return problem === undefined ? row : { ...row, problem };
}

/** Looks at an issue wait for the person's counters before they call Jira; all other calls ask Jira beside them. */
const asksJiraBeside = ({ module, call }: Pick<Attempt, 'module' | 'call'>) =>
  module.resolver?.function !== 'issue-resolver' || !/^(load|list|read|check|find|look|search|tell)-/.test(call);

/** Somebody who calls without a pause is refused with no write and no request to a service; no ticket is shown here. */
async function judgeBusy(stage: Stage, { module, call, role, payload }: Attempt): Promise<Row> {
  const { outcome, steps, changed } = await attempt(stage, { module, call, role, payload, busy: true });
  nextMinute(stage);
  const row = { module: module.key, call, role, forged: 'no pause', expected: 'refuse', outcome } as const;
  if (outcome !== 'PERSON_LIMITED') return { ...row, problem: 'was not limited' };
  const mayAsk = asksJiraBeside({ module, call });
  const reached = steps.find(({ to, writes }) => (to !== 'storage' && !(mayAsk && to === 'jira')) || writes);
  if (reached !== undefined || changed) return { ...row, problem: `reached ${reached?.what ?? 'storage'}` };
  return row;
}

type Pair = { module: UiModule; call: string; own: boolean; roles: readonly Role[] };

/** Every module of the manifest with every call of the contract, its own and those of the other functions. */
export function modulesWithCalls(manifest: Manifest): Pair[] {
  // Every object answers to the names of its prototype: they are calls that nobody defined.
  const inherited = Object.getOwnPropertyNames(Object.prototype);
  const everyCall = [...new Set(Object.values(surfaces).flatMap((calls) => Object.keys(calls))), ...inherited];
  return manifest.uiModules.flatMap((module) => {
    const rules: Record<string, readonly Role[]> | undefined =
      allowed[module.resolver?.function as keyof typeof allowed];
    if (rules === undefined) throw new Error(`Nobody said who may call ${module.resolver?.function}: give it rows.`);
    return everyCall.map((call) => ({
      module,
      call,
      own: Object.hasOwn(rules, call),
      roles: Object.hasOwn(rules, call) ? (rules[call] ?? []) : [],
    }));
  });
}

/** Tries every combination of module, call and role, then every forgery; nothing in it is skipped. */
export async function tryEverything(stage: Stage): Promise<Row[]> {
  const integrationId = await stage.connect('acme', { projects: ['DEMO'] });
  const elsewhere = await stage.connect('globex');
  const make = validPayloads(stage, integrationId);
  const rows: Row[] = [];
  const opened = {
    site: 'acme',
    as: 'ada',
    module: 'issue-context',
    call: 'load-issue',
    payload: { issueKey: 'DEMO-1' },
  };
  const { ticket } = (await stage.app.invoke(opened)).value as { ticket?: string };
  if (ticket === undefined) throw new Error('No ticket was given');
  const all = modulesWithCalls(stage.app.manifest);
  for (const { module, call, own, roles: may } of all) {
    for (const role of roleNames) {
      const payload = await make(module, call, may.includes(role));
      await stage.app.settle({ hurry: true });
      const done = await attempt(stage, { module, call, role, payload });
      const expected = may.includes(role) ? 'allow' : 'refuse';
      // The resolver knows no call of another surface: the platform answers every caller.
      const codes = own ? refusals[role] : ['PLATFORM_APP_ERROR'];
      rows.push(judge({ module: module.key, call, role, expected, outcome: done.outcome }, codes, done));
      if (own && !refusals[role].includes('NOT_LOGGED_IN'))
        rows.push(await judgeBusy(stage, { module, call, role, payload }));
      if (!own || expected === 'allow' || !('issueKey' in payload)) continue;
      // A ticket of an allowed person helps nobody else.
      const shown = await attempt(stage, { module, call, role, payload: { ...payload, ticket } });
      const forged = 'the ticket of somebody who may';
      rows.push(judge({ module: module.key, call, role, forged, expected, outcome: shown.outcome }, codes, shown));
    }
  }
  for (const { module, call, own } of all.filter((pair) => pair.own)) {
    const role = module.type === 'jira:adminPage' ? 'admin' : 'developer';
    const valid = await make(module, call, false);
    for (const field of Object.keys(forgeries).filter((name) => own && name in valid)) {
      const inherited = named.includes(field) ? inheritedNames.map((name) => [`the name ${name}`, name] as const) : [];
      for (const [forged, value] of [...(forgeries[field] ?? []), ...inherited]) {
        // A default is a wish: nothing is done with the branch it names.
        if (field === 'branch' && call !== 'delete-branch') continue;
        // The integration account's may be a password, and an admin's services have their own shapes.
        if (field === 'credential' && call !== 'save-token' && forged === 'a password') continue;
        const payload = { ...valid, [field]: value === 'OTHER' ? elsewhere : value };
        // Without an integration in it, an issue of another project is just another issue.
        if (value === 'OPS-1' && !('integrationId' in valid)) continue;
        // What somebody chose for a project is theirs to forget, whatever the project.
        if (call === 'clear-default' && /^(NOPE|OPS)$/.test(String(value))) continue;
        const codes = [...doorCodes, ...(more[field] ?? [])];
        await stage.app.settle({ hurry: true });
        const done = await attempt(stage, { module, call, role, payload });
        rows.push(
          judge({ module: module.key, call, role, forged, expected: 'refuse', outcome: done.outcome }, codes, done),
        );
      }
    }
  }
  return rows;
}
