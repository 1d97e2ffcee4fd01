import { faultHeader, wireFaults } from '../support/faulty-service';
import { tokens } from '../support/github-world';
import type { Step, Tap, Twist } from '../support/in-process';
import type { Stage } from '../support/stage';
import { contradictions, readyWhileRequired, tracesBesideActivity } from './consistency';

type Prepared = {
  /** Carries it out once; `tap` may spoil it. */
  run(tap: Tap): Promise<any>;
  /** What is wrong in the end, after it was carried out once with a fault and once without. `acknowledged`: the first one said ok. */
  wrongAfter(acknowledged: boolean): Promise<string | undefined>;
  /** What is wrong right after an answer that said ok. */
  missing?(): Promise<string | undefined>;
};

type UseCase = { name: string; prepare(stage: Stage, site: string, n: number): Promise<Prepared> };

const kills: Record<string, Twist> = { 'kill-before': { kind: 'kill-before' }, 'kill-after': { kind: 'kill-after' } };
/** What Forge and Jira can do to a request; that they never answer is a kill, for the platform ends the invocation. */
const platformTwists: Record<string, Twist> = {
  ...kills,
  slow: { kind: 'slow', ms: 50 },
  reset: { kind: 'reset' },
  'status-429': { kind: 'answer', status: 429 },
  'status-500': { kind: 'answer', status: 500 },
};
const serviceTwists: Record<string, Twist> = {
  ...kills,
  ...Object.fromEntries(
    wireFaults.map((value): [string, Twist] => [value, { kind: 'header', name: faultHeader, value }]),
  ),
};

const twistsAt = (step: Step): Record<string, Twist> => (step.to === 'service' ? serviceTwists : platformTwists);
const onIssue = (stage: Stage, site: string, call: string, payload: object) => (tap: Tap) =>
  stage.app.invoke({
    site,
    as: 'alice',
    module: 'issue-context',
    call,
    payload: { issueKey: 'DEMO-1', ...payload },
    tap,
  });
const asAdmin = (stage: Stage, site: string, call: string, payload: object) => (tap?: Tap) =>
  stage.app.invoke({
    site,
    as: 'ada',
    module: 'manage-repositories',
    call,
    payload,
    ...(tap === undefined ? {} : { tap }),
  });
const token = (value: string) => ({ kind: 'token', token: value });
const wrong = (isWrong: boolean, what: string) => (isWrong ? what : undefined);

async function ready(stage: Stage, site: string): Promise<string> {
  const integrationId = await stage.connect(site);
  await stage.saveToken(site, 'alice', integrationId);
  return integrationId;
}

/** Until the queue has done with an integration; it is looked at from outside, so that others may work meanwhile. */
async function erased(stage: Stage, site: string, integrationId: string): Promise<string | undefined> {
  for (let tries = 0; tries < 600; tries++) {
    if (tracesBesideActivity(stage, site, integrationId).length === 0) return undefined;
    stage.app.hurry();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return `left behind: ${tracesBesideActivity(stage, site, integrationId).join(', ')}`;
}

const repository = 'acme/web';
const reads = (name: string, payload: object): UseCase => ({
  name,
  prepare: async (stage, site) => {
    const integrationId = await ready(stage, site);
    return { run: onIssue(stage, site, name, { integrationId, ...payload }), wrongAfter: async () => undefined };
  },
});

export const useCases: readonly UseCase[] = [
  reads('load-issue', {}),
  reads('list-cards', {}),
  reads('list-repositories', {}),
  reads('list-branches', { repository }),
  reads('check-branch-name', { repository, name: 'DEMO-1-free' }),
  reads('list-reviewers', { repository, search: '' }),
  {
    name: 'create-branch',
    prepare: async (stage, site, n) => {
      const integrationId = await ready(stage, site);
      const name = `DEMO-1-case-${n}`;
      const gone = async () => wrong(!(await stage.hasBranch(name)), 'no branch');
      return {
        run: onIssue(stage, site, 'create-branch', { integrationId, repository, sourceBranch: 'main', name }),
        missing: gone,
        wrongAfter: gone,
      };
    },
  },
  {
    name: 'create-pull-request',
    prepare: async (stage, site, n) => {
      const integrationId = await ready(stage, site);
      const sourceBranch = `DEMO-1-from-${n}`;
      await stage.makeBranch(sourceBranch);
      const notOne = async () => {
        const count = await stage.pullRequestsFrom(sourceBranch);
        return wrong(count !== 1, `${count} pull requests`);
      };
      const payload = { integrationId, repository, sourceBranch, targetBranch: 'main', title: 'DEMO-1' };
      return { run: onIssue(stage, site, 'create-pull-request', payload), missing: notOne, wrongAfter: notOne };
    },
  },
  {
    name: 'delete-branch',
    prepare: async (stage, site, n) => {
      const integrationId = await ready(stage, site);
      const branch = `DEMO-1-old-${n}`;
      await stage.makeBranch(branch);
      const still = async () => wrong(await stage.hasBranch(branch), 'the branch is still there');
      return {
        run: onIssue(stage, site, 'delete-branch', { integrationId, repository, branch }),
        missing: still,
        wrongAfter: still,
      };
    },
  },
  ...(['first', 'replaced'] as const).map((which): UseCase => ({
    name: `save-token, ${which}`,
    prepare: async (stage, site) => {
      const integrationId = which === 'first' ? await stage.connect(site) : await ready(stage, site);
      const unset = async () => {
        const kept = stage.app.entries.secretKeys(site).filter((key) => key.startsWith('token:'));
        return wrong(kept.length !== 1, `${kept.length} tokens`);
      };
      return {
        run: onIssue(stage, site, 'save-token', { integrationId, credential: token(tokens.aliceEndless) }),
        missing: unset,
        wrongAfter: unset,
      };
    },
  })),
  {
    name: 'remove-token',
    prepare: async (stage, site) => {
      const integrationId = await ready(stage, site);
      const still = async () =>
        wrong(
          stage.app.entries.secretKeys(site).some((key) => key.startsWith('token:')),
          'the token is still there',
        );
      return {
        run: (tap) =>
          stage.app.invoke({
            site,
            as: 'alice',
            module: 'user-settings',
            call: 'remove-token',
            payload: { integrationId },
            tap,
          }),
        missing: still,
        wrongAfter: still,
      };
    },
  },
  {
    name: 'save-default',
    prepare: async (stage, site) => {
      const integrationId = await ready(stage, site);
      const unset = async () => {
        const kept = stage.app.entries.list(site, 'defaults:', undefined, 10);
        return wrong(kept.length !== 1, `${kept.length} defaults`);
      };
      return {
        run: onIssue(stage, site, 'save-default', { integrationId, repository }),
        missing: unset,
        wrongAfter: unset,
      };
    },
  },
  {
    name: 'clear-default',
    prepare: async (stage, site) => {
      const integrationId = await ready(stage, site);
      await onIssue(stage, site, 'save-default', { integrationId, repository })(() => undefined);
      const still = async () =>
        wrong(stage.app.entries.list(site, 'defaults:', undefined, 10).length > 0, 'the default is still there');
      return {
        run: onIssue(stage, site, 'clear-default', { cleared: { of: 'project' } }),
        missing: still,
        wrongAfter: still,
      };
    },
  },
  {
    name: 'add-integration',
    prepare: async (stage, site) => {
      const options = { name: 'added', owners: ['acme'], requireUserPat: false, projects: 'all' };
      const payload = { edition: 'github.com', credential: token(tokens.bot), ...options };
      return {
        run: asAdmin(stage, site, 'add-integration', payload),
        wrongAfter: async () => {
          const { value } = await asAdmin(stage, site, 'load-site', {})();
          return wrong(value.integrations.length !== 1, `${value.integrations.length} integrations`);
        },
      };
    },
  },
  {
    name: 'update-integration',
    prepare: async (stage, site) => {
      const id = await ready(stage, site);
      const options = { name: 'renamed', owners: ['acme'], requireUserPat: true, projects: 'all' };
      return {
        run: asAdmin(stage, site, 'update-integration', { id, ...options, credential: token(tokens.bot) }),
        wrongAfter: async () => {
          const { value } = await asAdmin(stage, site, 'load-site', {})();
          const [{ name, status }] = value.integrations;
          return wrong(name !== 'renamed' || status !== 'connected', `${name} is ${status}`);
        },
      };
    },
  },
  {
    name: 'switch-integration',
    prepare: async (stage, site) => {
      const id = await ready(stage, site);
      const enabled = async () => {
        const { value } = await asAdmin(stage, site, 'load-site', {})();
        const [{ status }] = value.integrations;
        return wrong(status !== 'disabled', `it is ${status}`);
      };
      return {
        run: asAdmin(stage, site, 'switch-integration', { id, enabled: false }),
        missing: enabled,
        wrongAfter: enabled,
      };
    },
  },
  {
    name: 'save-branch-name-rule',
    prepare: async (stage, site) => {
      const rule = { template: '${issuekey}_x', separator: '_', maxBytes: 99 };
      const other = async () => {
        const { value } = await asAdmin(stage, site, 'load-site', {})();
        return wrong(value.branchName.template !== rule.template, 'not saved');
      };
      return { run: asAdmin(stage, site, 'save-branch-name-rule', rule), missing: other, wrongAfter: other };
    },
  },
  {
    name: 'ready-credentials, the queue’s function',
    prepare: async (stage, site) => {
      const id = await stage.connect(site);
      // As a crash leaves it: a token is required, and the copy for writes still there.
      const key = `integration:${id}`;
      const record = JSON.parse(stage.app.entries.get(site, 'value', key)?.json ?? '{}') as object;
      stage.app.entries.set(site, 'value', key, JSON.stringify({ ...record, requireUserPat: true }), undefined);
      return {
        run: (tap) => stage.app.run('ready-credentials-consumer', { site, tap }),
        wrongAfter: async () => readyWhileRequired(stage, site).at(0),
      };
    },
  },
  {
    name: 'save-site-settings',
    prepare: async (stage, site) => {
      const payload = { requireUserPat: true, branchActions: false, pullRequestActions: true };
      return {
        run: asAdmin(stage, site, 'save-site-settings', payload),
        wrongAfter: async () => {
          const { value } = await asAdmin(stage, site, 'load-site', {})();
          return wrong(!value.settings.requireUserPat, 'not saved');
        },
      };
    },
  },
  {
    name: 'disconnect-integration',
    prepare: async (stage, site) => {
      const id = await ready(stage, site);
      return {
        run: asAdmin(stage, site, 'disconnect-integration', { id }),
        wrongAfter: async () => {
          await stage.app.run('daily-trigger', { site });
          return erased(stage, site, id);
        },
      };
    },
  },
  {
    name: 'erase-tokens, the queue’s function',
    prepare: async (stage, site) => {
      const integrationId = await ready(stage, site);
      await stage.saveToken(site, 'bob', integrationId);
      const key = `integration:${integrationId}`;
      const record = stage.app.entries.get(site, 'value', key);
      const marked = JSON.stringify({ ...(JSON.parse(record?.json ?? '{}') as object), disconnecting: true });
      stage.app.entries.set(site, 'value', key, marked, undefined);
      return {
        run: (tap) => stage.app.run('erase-tokens-consumer', { site, payload: { body: { integrationId } }, tap }),
        wrongAfter: async () => {
          await stage.app.run('daily-trigger', { site });
          return erased(stage, site, integrationId);
        },
      };
    },
  },
  {
    name: 'uninstalling',
    prepare: async (stage, site) => {
      await ready(stage, site);
      return {
        run: (tap) => stage.app.run('pre-uninstall', { site, tap }),
        wrongAfter: async () => wrong(stage.app.entries.secretKeys(site).length > 0, 'a secret is left'),
      };
    },
  },
];

export type Case = {
  useCase: string;
  step: string;
  fault: string;
  /** `ok`, an error's code, or `killed`. */
  outcome: string;
  writes: number;
  /** What is wrong, by kind. */
  orphans: readonly string[];
  untyped?: string;
  lost?: string;
  timedOut: boolean;
};

const isBackground = (name: string): boolean => name.includes('the queue’s function') || name === 'uninstalling';

async function outcomeOf(run: Promise<any>, background: boolean): Promise<string> {
  try {
    const answer = await run;
    if (background || answer?.ok === true) return 'ok';
    return /^[A-Z][A-Z_]+$/.test(answer?.error?.code) ? (answer.error.code as string) : 'untyped';
  } catch (thrown) {
    const { code } = thrown as { code?: string };
    if (code === 'PLATFORM_CRASHED') return 'killed';
    if (code === 'PLATFORM_TIMEOUT') return 'timed out';
    // A function in the background has nobody to answer to: it throws, and is run again.
    return background && code === 'PLATFORM_APP_ERROR' ? 'threw' : 'untyped';
  }
}

/** One use case, spoilt at one step in one way, on a site that is empty before and after. */
async function spoil(
  stage: Stage,
  site: string,
  useCase: UseCase,
  at: number,
  fault: string,
  twist: Twist,
  n: number,
): Promise<Case> {
  const prepared = await useCase.prepare(stage, site, n);
  const background = isBackground(useCase.name);
  let writes = 0;
  let step = '';
  const tap: Tap = (now, index) => {
    if (now.to === 'service' && now.writes) writes++;
    if (index !== at) return undefined;
    step = `${now.to} ${now.what.split(' ')[0]}`;
    return twist;
  };
  const outcome = await outcomeOf(prepared.run(tap), background);
  const orphans = contradictions(stage, site);
  const missing = outcome === 'ok' ? await prepared.missing?.() : undefined;
  const again = await outcomeOf(
    prepared.run(() => undefined),
    background,
  );
  const lost = missing ?? (await prepared.wrongAfter(outcome === 'ok'));
  orphans.push(...contradictions(stage, site), ...readyWhileRequired(stage, site));
  stage.app.entries.clear(site);
  const untyped = [outcome, again].find((one) => one === 'untyped');
  return {
    useCase: useCase.name,
    step,
    fault,
    outcome,
    writes,
    orphans,
    timedOut: outcome === 'timed out',
    ...(untyped === undefined ? {} : { untyped: `${outcome}, then ${again}` }),
    ...(lost === undefined ? {} : { lost }),
  };
}

type Plan = { useCase: UseCase; at: number; fault: string; twist: Twist };

/** Every step of a use case that goes well, each with everything that can happen there. */
async function planFor(stage: Stage, site: string, useCase: UseCase, n: number): Promise<Plan[]> {
  const prepared = await useCase.prepare(stage, site, n);
  const steps: Step[] = [];
  await prepared.run((step) => void steps.push(step));
  await stage.app.settle();
  stage.app.entries.clear(site);
  return steps.flatMap((step, at) =>
    Object.entries(twistsAt(step)).map(([fault, twist]) => ({ useCase, at, fault, twist })),
  );
}

/** Spoils the use cases at each step in each way, as many at a time as the stage has sites. */
export async function spoilEverything(
  stage: Stage,
  chosen: readonly UseCase[] = useCases,
  isWanted: (fault: string) => boolean = () => true,
): Promise<Case[]> {
  const sites = stage.sites.map(({ id }) => id);
  let n = 0;
  const plans: Plan[] = [];
  for (const useCase of chosen) plans.push(...(await planFor(stage, sites[0] ?? '', useCase, n++)));
  const todo = plans.filter(({ fault }) => isWanted(fault));
  // What waits for a deadline goes first, so that it waits beside the others.
  todo.sort((a, b) => Number(a.fault !== 'hang-after') - Number(b.fault !== 'hang-after'));
  const cases: Case[] = [];
  const work = async (site: string): Promise<void> => {
    for (let plan = todo.shift(); plan !== undefined; plan = todo.shift())
      cases.push(await spoil(stage, site, plan.useCase, plan.at, plan.fault, plan.twist, n++));
  };
  await Promise.all(sites.map(work));
  return cases;
}
