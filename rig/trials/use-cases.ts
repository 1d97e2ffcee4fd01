import type { Tap } from 'local-forge';
import type { Stage } from '../stage';
import type { ServiceName } from '../staged-services';
import { attachments } from './attachments';
import { readyWhileRequired, tracesBesideActivity } from './consistency';
import { dailyUseCases } from './daily-use-cases';
import { renewal } from './renewal-use-case';

export type Prepared = {
  /** Carries it out once; `tap` may spoil it. */
  run(tap: Tap): Promise<any>;
  /** The problems at the end, after one run with a fault and one without. `acknowledged`: the first one said ok. */
  wrongAfter(acknowledged: boolean): Promise<string | undefined>;
  /** The problems right after the answer ok. */
  missing?(): Promise<string | undefined>;
  /** A branch of its own. */
  branch?: string;
};

/** `prepare` begins on an empty site; undefined: the service has no such thing. `only`: the one service that has it. */
export type UseCase = {
  name: string;
  only?: ServiceName;
  prepare(stage: Stage, site: string, n: number): Promise<Prepared | undefined>;
};

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
const wrong = (isWrong: boolean, what: string) => (isWrong ? what : undefined);

/** The service is connected, and alice has saved her token. */
const ready = (stage: Stage, site: string): Promise<string> => stage.ready(site, ['alice']);

async function loadSite(stage: Stage, site: string): Promise<any> {
  const answer = await asAdmin(stage, site, 'load-site', {})();
  if (answer.ok !== true) throw new Error(`The site could not be looked at: ${answer.error?.code}`);
  return answer.value;
}

/** Waits for the queue of an integration by reading storage, so that others can work meanwhile. */
async function erased(stage: Stage, site: string, integrationId: string): Promise<string | undefined> {
  for (let tries = 0; tries < 600; tries++) {
    if (tracesBesideActivity(stage, site, integrationId).length === 0) return undefined;
    stage.app.hurry();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return `left behind: ${tracesBesideActivity(stage, site, integrationId).join(', ')}`;
}

const nothing = async () => undefined;

const reads = (name: string, payload: object): UseCase => ({
  name,
  prepare: async (stage, site) => {
    const { repository } = stage;
    const integrationId = await ready(stage, site);
    return { run: onIssue(stage, site, name, { integrationId, repository, ...payload }), wrongAfter: nothing };
  },
});

const readsInSettings = (call: string): UseCase => ({
  name: `${call}, in the settings`,
  prepare: async (stage, site) => {
    const integrationId = await ready(stage, site);
    const payload = { projectKey: 'DEMO', integrationId, repository: stage.repository };
    return {
      run: (tap) => stage.app.invoke({ site, as: 'alice', module: 'user-settings', call, payload, tap }),
      wrongAfter: nothing,
    };
  },
});

const readsAsAdmin = (call: string, payloadAt: (stage: Stage) => object): UseCase => ({
  name: call,
  prepare: async (stage, site) => {
    await ready(stage, site);
    return { run: asAdmin(stage, site, call, payloadAt(stage)), wrongAfter: nothing };
  },
});

const createsPullRequest = (name: string, reviewersAt: (stage: Stage) => string[] | undefined): UseCase => ({
  name,
  prepare: async (stage, site, n) => {
    const reviewers = reviewersAt(stage);
    if (reviewers === undefined) return undefined;
    const integrationId = await ready(stage, site);
    const branch = `DEMO-1-from-${n}`;
    await stage.makeBranch(branch);
    const notOne = async () => {
      const count = stage.pullRequestsFrom(branch);
      return wrong(count !== 1, `${count} pull requests`);
    };
    const ends = { repository: stage.repository, sourceBranch: branch, targetBranch: 'main' };
    const payload = { integrationId, ...ends, title: 'DEMO-1', reviewers };
    return { run: onIssue(stage, site, 'create-pull-request', payload), missing: notOne, wrongAfter: notOne, branch };
  },
});

export const useCases: readonly UseCase[] = [
  reads('load-issue', {}),
  reads('list-cards', {}),
  reads('list-repositories', {}),
  reads('list-branches', {}),
  reads('search-work', { search: 'DEMO-1' }),
  reads('check-branch-name', { name: 'DEMO-1-free' }),
  reads('list-reviewers', { search: '' }),
  reads('read-request-form', { targetBranch: 'main' }),
  ...['load-user-settings', 'list-repositories', 'list-branches'].map(readsInSettings),
  ...['load-site', 'list-activity', 'list-tokens'].map((call) => readsAsAdmin(call, () => ({}))),
  readsAsAdmin('find-people', () => ({ search: 'a' })),
  readsAsAdmin('list-projects', () => ({ search: 'a' })),
  readsAsAdmin('new-token-page', ({ place }) => place),
  readsAsAdmin('test-connection', ({ place, bot, credentialOf }) => ({ ...place, credential: credentialOf(bot) })),
  {
    name: 'create-branch',
    prepare: async (stage, site, n) => {
      const integrationId = await ready(stage, site);
      const { repository } = stage;
      const branch = `DEMO-1-case-${n}`;
      const notOnce = async () => {
        const creators = stage.creatorsOf(branch).join() || 'nobody';
        return wrong(creators !== 'alice' || !(await stage.hasBranch(branch)), `a branch by ${creators}`);
      };
      return {
        run: onIssue(stage, site, 'create-branch', { integrationId, repository, sourceBranch: 'main', name: branch }),
        missing: notOnce,
        wrongAfter: notOnce,
        branch,
      };
    },
  },
  createsPullRequest('create-pull-request', () => []),
  createsPullRequest('create-pull-request, with a reviewer', ({ reviewer }) =>
    reviewer === undefined ? undefined : [reviewer],
  ),
  {
    name: 'delete-branch',
    prepare: async (stage, site, n) => {
      const integrationId = await ready(stage, site);
      const { repository } = stage;
      const branch = `DEMO-1-old-${n}`;
      await stage.makeBranch(branch);
      const still = async () => wrong(await stage.hasBranch(branch), 'the branch is still there');
      return {
        run: onIssue(stage, site, 'delete-branch', { integrationId, repository, branch }),
        missing: still,
        wrongAfter: still,
        branch,
      };
    },
  },
  ...attachments,
  ...(['first', 'replaced'] as const).map((which): UseCase => ({
    name: `save-token, ${which}`,
    prepare: async (stage, site) => {
      const integrationId = await stage.ready(site, which === 'first' ? [] : ['alice']);
      const unset = async () => {
        const stored = stage.app.entries.secretKeys(site).filter((key) => key.startsWith('token:'));
        return wrong(stored.length !== 1, `${stored.length} tokens`);
      };
      return {
        run: onIssue(stage, site, 'save-token', { integrationId, credential: stage.credentialOf('alice', true) }),
        missing: unset,
        wrongAfter: unset,
      };
    },
  })),
  renewal,
  ...(['issue-context', 'user-settings'] as const).map((module): UseCase => ({
    name: module === 'issue-context' ? 'remove-token' : 'remove-token, in the settings',
    prepare: async (stage, site) => {
      const payload = { issueKey: 'DEMO-1', integrationId: await ready(stage, site) };
      const still = async () =>
        wrong(
          stage.app.entries.secretKeys(site).some((key) => key.startsWith('token:')),
          'the token is still there',
        );
      return {
        run: (tap) => stage.app.invoke({ site, as: 'alice', module, call: 'remove-token', payload, tap }),
        missing: still,
        wrongAfter: still,
      };
    },
  })),
  {
    name: 'remove-tokens',
    prepare: async (stage, site) => {
      const integrationId = await ready(stage, site);
      const still = async () =>
        wrong(
          stage.app.entries.secretKeys(site).some((key) => key.startsWith('token:')),
          'the token is still there',
        );
      const accountIds = ['712020:a11ce000-0000-4000-8000-000000000002'];
      return {
        run: asAdmin(stage, site, 'remove-tokens', { integrationId, accountIds, reason: 'left the team' }),
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
        const stored = stage.app.entries.list(site, 'defaults:', undefined, 10);
        return wrong(stored.length !== 1, `${stored.length} defaults`);
      };
      return {
        run: onIssue(stage, site, 'save-default', { integrationId, repository: stage.repository }),
        missing: unset,
        wrongAfter: unset,
      };
    },
  },
  {
    name: 'clear-default',
    prepare: async (stage, site) => {
      const integrationId = await ready(stage, site);
      await onIssue(stage, site, 'save-default', { integrationId, repository: stage.repository })(() => undefined);
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
      const { place, bot, credentialOf } = stage;
      const options = { name: 'added', requireUserPat: false, projects: 'all' };
      const payload = { ...place, credential: credentialOf(bot), ...options };
      return {
        run: asAdmin(stage, site, 'add-integration', payload),
        wrongAfter: async () => {
          const value = await loadSite(stage, site);
          return wrong(value.integrations.length !== 1, `${value.integrations.length} integrations`);
        },
      };
    },
  },
  {
    name: 'update-integration',
    prepare: async (stage, site) => {
      const id = await ready(stage, site);
      const { place, bot, credentialOf } = stage;
      const options = { name: 'renamed', owners: place.owners, requireUserPat: true, projects: 'all' };
      return {
        run: asAdmin(stage, site, 'update-integration', { id, ...options, credential: credentialOf(bot) }),
        wrongAfter: async () => {
          const value = await loadSite(stage, site);
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
        const value = await loadSite(stage, site);
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
        const value = await loadSite(stage, site);
        return wrong(value.branchName.template !== rule.template, 'not saved');
      };
      return { run: asAdmin(stage, site, 'save-branch-name-rule', rule), missing: other, wrongAfter: other };
    },
  },
  {
    name: 'save-token-rules',
    prepare: async (stage, site) => {
      const id = await ready(stage, site);
      const rules = { mustEnd: true, untoldEnd: 'ask', graceDays: 9 };
      const other = async () => {
        const { integrations } = await loadSite(stage, site);
        return wrong(integrations[0].tokenRules?.mustEnd !== true, 'not saved');
      };
      const run = asAdmin(stage, site, 'save-token-rules', { integrationId: id, rules });
      return { run, missing: other, wrongAfter: other };
    },
  },
  {
    name: 'ready-credentials, the queue’s function',
    prepare: async (stage, site) => {
      const id = await stage.ready(site, []);
      // As a crash leaves it: a token is required, and the copy for writes still there.
      stage.app.entries.set(site, 'value', `integration:${id}:required`, 'true', undefined);
      return {
        run: (tap) => stage.app.run('ready-credentials-queue', { site, tap }),
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
          const value = await loadSite(stage, site);
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
      const integrationId = await stage.ready(site, ['alice', 'bob']);
      stage.app.entries.set(site, 'value', `integration:${integrationId}:disconnecting`, 'true', undefined);
      return {
        run: (tap) => stage.app.run('erase-tokens-consumer', { site, payload: { body: { integrationId } }, tap }),
        wrongAfter: async () => {
          await stage.app.run('daily-trigger', { site });
          return erased(stage, site, integrationId);
        },
      };
    },
  },
  ...dailyUseCases,
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
