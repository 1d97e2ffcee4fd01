import { issueCalls, manageRepositoriesCalls, userSettingsCalls } from '../../src/contract/calls';
import type { Manifest, UiModule } from '../../sandbox/forge/manifest';
import { tokens } from '../support/github-world';
import type { Step } from '../support/in-process';
import type { Stage } from '../support/stage';

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

/** Who may. What is not in here is refused; a call without a row is a type error and a failed test. */
export const allowed: { [F in keyof typeof surfaces]: Record<keyof (typeof surfaces)[F], readonly Role[]> } = {
  'issue-resolver': {
    'load-issue': everySite,
    'list-cards': insiders,
    'list-repositories': insiders,
    'list-branches': insiders,
    'create-branch': insiders,
    'create-pull-request': insiders,
    'delete-branch': insiders,
    'save-token': insiders,
  },
  'user-settings-resolver': {
    'load-user-settings': everySite,
    'save-token': insiders,
    'remove-token': insiders,
  },
  'manage-resolver': {
    'load-site': admins,
    'test-connection': admins,
    'add-integration': admins,
    'update-integration': admins,
    'disconnect-integration': admins,
    'save-site-settings': admins,
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
  /** What in the payload is not what it claims to be, if anything. */
  forged?: string;
  expected: 'allow' | 'refuse';
  /** `ok`, an error's code, or why the platform gave no answer. */
  outcome: string;
  /** What is wrong with it; nothing when all is well. */
  problem?: string;
};

const branch = (payload: Record<string, unknown>) => ({ repository: 'acme/web', ...payload });

/** Payloads that would be carried out for somebody who may; each time with names of its own. */
function validPayloads(stage: Stage, integrationId: string) {
  let n = 0;
  let isServed = true;
  const here = { issueKey: 'DEMO-1', integrationId };
  const credential = { kind: 'token', token: tokens.alice };
  const botCredential = { kind: 'token', token: tokens.bot };
  const options = () => ({ name: `integration ${n++}`, owners: ['acme'], requireUserPat: false, projects: 'all' });
  const invoke = (call: string, payload: unknown) =>
    stage.app.invoke({ as: 'ada', module: 'issue-context', call, payload });
  const freshBranch = async (): Promise<string> => {
    const name = `DEMO-1-made-${n++}`;
    if (!isServed) return name;
    await invoke('create-branch', branch({ ...here, sourceBranch: 'develop', name }));
    return name;
  };
  const makers: Record<string, () => Promise<Record<string, unknown>>> = {
    'load-issue': async () => ({ issueKey: 'DEMO-1' }),
    'list-cards': async () => here,
    'list-repositories': async () => ({ ...here, search: '' }),
    'list-branches': async () => branch({ ...here, search: '' }),
    'create-branch': async () => branch({ ...here, sourceBranch: 'main', name: `DEMO-1-new-${n++}` }),
    'create-pull-request': async () =>
      branch({ ...here, sourceBranch: await freshBranch(), targetBranch: 'main', title: 'DEMO-1' }),
    'delete-branch': async () => branch({ ...here, branch: await freshBranch() }),
    'save-token': async () => ({ ...here, credential }),
    'load-user-settings': async () => ({}),
    'remove-token': async () => ({ integrationId }),
    'load-site': async () => ({}),
    'test-connection': async () => ({ edition: 'github.com', credential: botCredential }),
    'add-integration': async () => ({ edition: 'github.com', credential: botCredential, ...options() }),
    'update-integration': async () => ({ id: integrationId, ...options(), projects: ['DEMO'] }),
    'disconnect-integration': async () => ({
      id: isServed ? await stage.connect('acme', { name: options().name }) : integrationId,
    }),
    'save-site-settings': async () => ({ requireUserPat: false, branchActions: true, pullRequestActions: true }),
  };
  /** `served`: the call will be carried out, so what it works on must be there. Making it takes its time. */
  return async (call: string, served: boolean): Promise<Record<string, unknown>> => {
    const make = makers[call];
    if (make === undefined) throw new Error(`No payload for ${call}: give it one here.`);
    isServed = served;
    return make();
  };
}

/** Values that must not get further than the doors, by the field they come in. */
const forgeries: Readonly<Record<string, readonly (readonly [what: string, value: unknown])[]>> = {
  issueKey: [
    ['an issue that does not exist', 'DEMO-999'],
    ['a project that does not exist', 'NOPE-1'],
    ['an issue of a project the integration is not open to', 'OPS-1'],
    ['a path', 'DEMO-1/../DEMO-2'],
    ['a query', 'DEMO-1?expand=names'],
    ['JQL', 'DEMO-1 OR 1=1'],
    ['a list', ['DEMO-1']],
  ],
  integrationId: [
    ['an unknown integration', '00000000-0000-4000-8000-000000000000'],
    ['an integration of another site', 'OTHER'],
    ['a key of the store', 'x:712020:b0b00000-0000-4000-8000-000000000003'],
    ['a path', '../settings'],
    ['an object', { id: 'x' }],
  ],
  id: [
    ['an unknown integration', '00000000-0000-4000-8000-000000000000'],
    ['an integration of another site', 'OTHER'],
    ['a key of the store', 'integration:x'],
  ],
  repository: [
    ['a repository of another owner', 'acme-secure/vault'],
    ['a person’s own repository', 'alice/dotfiles'],
    ['an owner whose name begins alike', 'acme2/web'],
    ['an owner alone', 'acme'],
    ['a path upwards', 'acme/../acme-secure/vault'],
    ['a path to here', 'acme/./web'],
    ['a path that ends upwards', 'acme/..'],
    ['an address', 'https://evil.example/acme/web'],
    ['a line break', 'acme/web\nx'],
  ],
};

const doorCodes = [
  'INVALID_INPUT',
  'ISSUE_NOT_FOUND',
  'INTEGRATION_NOT_FOUND',
  'NOT_OPEN_TO_PROJECT',
  'REPOSITORY_NOT_OF_INTEGRATION',
];

type Attempt = { module: UiModule; call: string; role: Role; payload: unknown };

async function attempt(stage: Stage, { module, call, role, payload }: Attempt) {
  const steps: Step[] = [];
  const before = contents(stage);
  const outcome = await stage.app
    .invoke({
      ...roles[role],
      module: module.key,
      call,
      payload,
      tap: (step) => void steps.push(step),
    })
    .then(
      (answer) => (answer.ok === true ? 'ok' : String(answer.error?.code)),
      (refused: Error & { code?: string }) => String(refused.code),
    );
  return { outcome, steps, changed: contents(stage) !== before };
}

/** All that is stored, of every site, without times. */
function contents(stage: Stage): string {
  return JSON.stringify(
    stage.sites.map(({ id }) => [
      stage.app.entries.list(id, '', undefined, 100_000).map(({ key, json }) => [key, json]),
      stage.app.entries.secretKeys(id),
    ]),
  );
}

/** What a refusal must not have done; reads of the caller's own records may go out beside the question of permission. */
function overreach(steps: readonly Step[], changed: boolean): string | undefined {
  if (changed) return 'storage changed';
  const reached = steps.find(
    ({ to, writes, what }) =>
      to === 'service' || to === 'queue' || (to === 'storage' && (writes || what.includes('integration-credential:'))),
  );
  return reached === undefined ? undefined : `reached ${reached.to}: ${reached.what}`;
}

function judge(row: Omit<Row, 'problem'>, codes: readonly string[], done: Awaited<ReturnType<typeof attempt>>): Row {
  if (row.expected === 'allow') return row.outcome === 'ok' ? row : { ...row, problem: 'was refused' };
  if (row.outcome === 'ok') return { ...row, problem: 'was allowed' };
  const problem = codes.includes(row.outcome) ? overreach(done.steps, done.changed) : 'was refused for another reason';
  return problem === undefined ? row : { ...row, problem };
}

type Pair = { module: UiModule; call: string; own: boolean; roles: readonly Role[] };

/** Every module of the manifest with every call of the contract, its own and those of the other functions. */
export function pairs(manifest: Manifest): Pair[] {
  const everyCall = [...new Set(Object.values(surfaces).flatMap((calls) => Object.keys(calls)))];
  return manifest.uiModules.flatMap((module) => {
    const rules: Record<string, readonly Role[]> | undefined =
      allowed[module.resolver?.function as keyof typeof allowed];
    if (rules === undefined) throw new Error(`Nobody said who may call ${module.resolver?.function}: give it rows.`);
    return everyCall.map((call) => ({ module, call, own: call in rules, roles: rules[call] ?? [] }));
  });
}

/** Tries every combination of module, call and role, then every forgery; nothing in it is skipped. */
export async function tryEverything(stage: Stage): Promise<Row[]> {
  const integrationId = await stage.connect('acme', { projects: ['DEMO'] });
  const elsewhere = await stage.connect('globex');
  const make = validPayloads(stage, integrationId);
  const rows: Row[] = [];
  const all = pairs(stage.app.manifest);
  for (const { module, call, own, roles: may } of all) {
    for (const role of roleNames) {
      const payload = await make(call, may.includes(role));
      await stage.app.settle();
      const done = await attempt(stage, { module, call, role, payload });
      const expected = may.includes(role) ? 'allow' : 'refuse';
      // The resolver knows no call of another surface: the platform answers, whoever asks.
      const codes = own ? refusals[role] : ['PLATFORM_APP_ERROR'];
      rows.push(judge({ module: module.key, call, role, expected, outcome: done.outcome }, codes, done));
    }
  }
  for (const { module, call, own } of all.filter((pair) => pair.own)) {
    const role = module.type === 'jira:adminPage' ? 'admin' : 'developer';
    const valid = await make(call, false);
    for (const field of Object.keys(forgeries).filter((name) => own && name in valid)) {
      // What an admin adds has no id yet, and a person's own settings know no issue.
      if (call === 'save-token' && field === 'issueKey' && module.type === 'jira:personalSettingsPage') continue;
      for (const [forged, value] of forgeries[field] ?? []) {
        const payload = { ...valid, [field]: value === 'OTHER' ? elsewhere : value };
        // Without an integration in it, an issue of another project is just another issue.
        if (value === 'OPS-1' && !('integrationId' in valid)) continue;
        await stage.app.settle();
        const done = await attempt(stage, { module, call, role, payload });
        rows.push(
          judge({ module: module.key, call, role, forged, expected: 'refuse', outcome: done.outcome }, doorCodes, done),
        );
      }
    }
  }
  return rows;
}
