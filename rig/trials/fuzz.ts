import fc from 'fast-check';
import { issueCalls, manageRepositoriesCalls, userSettingsCalls } from '../../src/contract/calls';
import messages from '../../locales/en-US.json' with { type: 'json' };
import { anyCharacters } from '../any-text';
import { leaks } from '../canary';
import { tokens } from '../github-world';
import type { Step } from 'local-forge';
import type { Stage } from '../stage';
import { isCount, isNote, notedActs, nextMinute } from './consistency';

type Call = { as: string; module: string; call: string; fields: readonly string[] };

const callsOf = (as: string, module: string, schemas: Record<string, { shape: object }>): Call[] =>
  Object.entries(schemas).map(([call, { shape }]) => ({ as, module, call, fields: Object.keys(shape) }));

/** Every call of the contract, by somebody who may make it. */
export const fuzzedCalls: readonly Call[] = [
  ...callsOf('alice', 'issue-context', issueCalls),
  ...callsOf('alice', 'user-settings', userSettingsCalls),
  ...callsOf('ada', 'manage-repositories', manageRepositoriesCalls),
];

const nasty = fc.constantFrom(
  ...[
    '',
    ' ',
    '\0',
    '\u202e',
    '\ud800',
    '..',
    '../..',
    'acme/web/../../x',
    '%2e%2e%2f',
    '%00',
    '\r\nx: y',
    '${x}',
    '{{x}}',
  ],
  ...[
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    "' OR 1=1 --",
    '__proto__',
    'constructor',
    'toString',
  ],
  ...[
    'DEMO-1',
    'demo-1',
    'DEMO-0',
    'refs/heads/main',
    'main',
    '@',
    '-',
    '--all',
    '.lock',
    'x'.repeat(300),
    'é'.repeat(5000),
  ],
  ...[
    'https://169.254.169.254',
    'https://user:x@github.com',
    'github.com',
    'integration',
    'unidentified',
    'NaN',
    '1e999',
  ],
);
const value = fc.oneof(
  { weight: 3, arbitrary: nasty },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: anyCharacters(60) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(null, true, false, 0, -1, 1e308, [], {}, [[]], [null]) },
);

/** A valid payload, to be spoilt in some places. */
function soundPayload(integrationId: string): Record<string, unknown> {
  return {
    issueKey: 'DEMO-1',
    projectKey: 'DEMO',
    integrationId,
    id: integrationId,
    repository: 'acme/web',
    search: '',
    sourceBranch: 'main',
    targetBranch: 'main',
    branch: 'DEMO-1-none',
    name: 'main',
    title: 'DEMO-1',
    description: '',
    draft: false,
    edition: 'github.com',
    address: '',
    credential: { kind: 'token', token: 'ghp_wrong' },
    owners: ['acme'],
    requireUserPat: false,
    projects: 'all',
    branchActions: true,
    pullRequestActions: true,
    cleared: { of: 'repository', integrationId, repository: 'acme/web' },
    enabled: true,
    template: '${issuekey}-${summary}',
    separator: '-',
    maxBytes: 100,
    forExport: false,
    news: `${'0'.repeat(40)}.0.${'0'.repeat(43)}`,
  };
}

function payloads(integrationId: string, known: readonly string[]): fc.Arbitrary<unknown> {
  const sound = soundPayload(integrationId);
  const fields = fc.constantFrom(...known, ...known, ...known, 'accountId', '__proto__');
  const spoilt = fc
    .array(fc.tuple(fields, fc.option(value, { nil: undefined })), { minLength: 1, maxLength: 3 })
    .map((changes) => {
      const text = changes.map(([field, change]) => [field, change] as const);
      const entries = new Map<string, unknown>([...Object.entries(sound), ...text]);
      // Through JSON, so that `__proto__` is a normal field, as in a request from outside.
      const parts = [...entries].filter(([, one]) => one !== undefined);
      return JSON.parse(
        `{${parts.map(([field, one]) => `${JSON.stringify(field)}:${JSON.stringify(one)}`).join(',')}}`,
      ) as unknown;
    });
  return fc.oneof({ weight: 4, arbitrary: spoilt }, { weight: 1, arbitrary: value });
}

const codes = new Set(Object.keys(messages).flatMap((key) => /^error\.([A-Z_]+)\.title$/.exec(key)?.[1] ?? []));

/**
 * The writes that a refusal may make: the count of the call, the record of the refusal, the announcement of a token (which counts as none), and an integration's
 * draft that was undone.
 */
function mayWrite(call: string, step: Step, steps: readonly Step[], accountId: string): boolean {
  if (isCount(step) || (notedActs.includes(call) && isNote(step, accountId))) return true;
  const { keys } = step;
  if (call === 'save-token')
    return keys.length === 3 && keys.every((key) => /^(token-trail|token-holder|account):/.test(key));
  if (call !== 'add-integration' || keys.length === 0 || !keys.every((key) => /^integration:/.test(key))) return false;
  const isDelete = (one: Step) => /\/delete /.test(one.what);
  // For each key of the draft, the last write deletes it.
  const last = (key: string) => steps.findLast(({ writes, keys: others }) => writes && others.includes(key));
  return isDelete(step) || keys.every((key) => isDelete(last(key) ?? step));
}

function isParam(param: unknown): boolean {
  const isList = Array.isArray(param) && param.every((one) => typeof one === 'string');
  return isList || typeof param === 'string' || typeof param === 'number' || param === true;
}

/** The problem of an answer, if any: untyped, a secret in it, or a refusal that changed something. */
function problemOf(
  { call, accountId }: { call: string; accountId: string },
  answer: any,
  steps: readonly Step[],
  made: boolean,
): string | undefined {
  if (leaks(JSON.stringify(answer), Object.values(tokens)).length > 0) return 'a secret in the answer';
  if (answer?.ok === true) return undefined;
  const { error } = answer ?? {};
  if (answer?.ok !== false || !codes.has(error?.code)) return `no typed answer: ${JSON.stringify(answer)}`;
  if (error.code === 'INTERNAL') return 'an exception';
  if (!Object.values(JSON.parse(JSON.stringify(error.params)) as object).every(isParam))
    return 'a param that is no text, figure or list of texts';
  const written = steps.find(
    (step) => step.writes && (step.to === 'storage' || step.to === 'queue') && !mayWrite(call, step, steps, accountId),
  );
  if (written !== undefined) return `refused with ${error.code}, but wrote ${written.what}`;
  return made ? `refused with ${error.code}, but the service made something` : undefined;
}

export type Fuzzed = { module: string; call: string; payloads: number; failure?: string };

/** Sends up to `runs` payloads to one call, the same ones for the same seed; stops at the first that goes wrong, or after `ms`. */
export async function fuzz(
  stage: Stage,
  integrationId: string,
  { as, module, call, fields }: Call,
  options: { runs: number; seed: number; ms: number },
): Promise<Fuzzed> {
  const accountId = stage.sites[0]?.people.find(({ id }) => id === as)?.accountId ?? '';
  const property = fc.asyncProperty(payloads(integrationId, fields), async (payload) => {
    const steps: Step[] = [];
    nextMinute(stage);
    let made = false;
    const before = stage.app.requests().length;
    const answer: unknown = await stage.app.invoke({ as, module, call, payload, tap: (step) => void steps.push(step) });
    if (steps.some(({ to, writes }) => to === 'service' && writes))
      made = stage.app
        .requests()
        .slice(before)
        // Queues read in the meantime, some of it with a POST.
        .some(({ call: by, method, status }) => by !== null && method !== 'GET' && status !== null && status < 300);
    const problem = problemOf({ call, accountId }, answer, steps, made);
    if (problem !== undefined) throw new Error(problem);
  });
  const { runs: numRuns, seed, ms: interruptAfterTimeLimit } = options;
  const details = await fc.check(property, { numRuns, seed, interruptAfterTimeLimit, endOnFailure: false });
  const failure = details.failed
    ? `${JSON.stringify(details.counterexample)} (seed ${details.seed}, path ${details.counterexamplePath}): ${String(details.errorInstance)}`
    : undefined;
  return { module, call, payloads: details.numRuns, ...(failure === undefined ? {} : { failure }) };
}

/** Undoes changes of valid payloads, so that the next call finds the stage unchanged. */
export async function freshIntegration(stage: Stage): Promise<string> {
  const settings = { requireUserPat: false, branchActions: true, pullRequestActions: true };
  await stage.app.invoke({ as: 'ada', module: 'manage-repositories', call: 'save-site-settings', payload: settings });
  const integrationId = await stage.connect('acme', { name: `fuzzed ${Math.random()}` });
  await stage.saveToken('acme', 'alice', integrationId);
  return integrationId;
}
