import { tokens } from '../support/github-world';
import type { Tap } from '../support/in-process';
import type { Stage } from '../support/stage';
import { readyWhileRequired, tracesBesideActivity } from './consistency';

export type Prepared = {
  /** Carries it out once; `tap` may spoil it. */
  run(tap: Tap): Promise<any>;
  /** What is wrong in the end, after it was carried out once with a fault and once without. `acknowledged`: the first one said ok. */
  wrongAfter(acknowledged: boolean): Promise<string | undefined>;
  /** What is wrong right after an answer that said ok. */
  missing?(): Promise<string | undefined>;
};

export type UseCase = { name: string; prepare(stage: Stage, site: string, n: number): Promise<Prepared> };

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
        run: (tap) => stage.app.run('credentials-consumer', { site, tap }),
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
