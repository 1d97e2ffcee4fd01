import type { UseCase } from './use-cases';

const wrong = (isWrong: boolean, what: string) => (isWrong ? what : undefined);

/** The daily work, for which nobody waits. */
export const dailyUseCases: readonly UseCase[] = [
  {
    name: 'reporting accounts, the daily trigger',
    prepare: async (stage, site) => {
      await stage.ready(site, ['alice']);
      const askedAt = new Date(Date.now() - 8 * 24 * 60 * 60 * 1000).toISOString();
      for (const { key } of stage.app.entries.list(site, 'account:', undefined, 10))
        stage.app.entries.set(site, 'value', key, JSON.stringify({ askedAt }), undefined);
      const gone = async () =>
        wrong(!stage.app.entries.secretKeys(site).some((key) => key.startsWith('token:')), 'the token is gone');
      return { run: (tap) => stage.app.run('daily-trigger', { site, tap }), missing: gone, wrongAfter: gone };
    },
  },
  {
    name: 'leavers, the queue’s function',
    prepare: async (stage, site) => {
      await stage.ready(site, ['alice']);
      stage.app.jira.setActive(site, 'alice', false);
      const accountId = stage.sites.find(({ id }) => id === site)?.people.find(({ id }) => id === 'alice')?.accountId;
      const mark = { since: '2020-01-01T00:00:00.000Z', why: 'deactivated' };
      stage.app.entries.set(site, 'value', `leaver:${accountId}`, JSON.stringify(mark), undefined);
      const there = async () =>
        wrong(
          stage.app.entries.secretKeys(site).some((key) => key.startsWith('token:')),
          'the token is still there',
        );
      return {
        // Work that storage or Jira refuses is delayed, which is no failure: the token is gone once nothing is refused.
        run: (tap) => stage.app.run('leavers-consumer', { site, payload: { body: {} }, tap }),
        wrongAfter: there,
      };
    },
  },
  {
    name: 'reminders, the queue’s function',
    prepare: async (stage, site) => {
      const integrationId = await stage.ready(site, ['alice']);
      const { app, repository } = stage;
      const accountId = stage.sites.find(({ id }) => id === site)?.people.find(({ id }) => id === 'alice')?.accountId;
      const at = new Date().toISOString();
      const noted = { at, action: 'create-branch', outcome: 'done', accountId, issueKey: 'DEMO-1', repository };
      for (const key of ['activity', `activity-of:${accountId}`])
        app.entries.set(site, 'value', `${key}:0000000000000:noted`, JSON.stringify(noted), undefined);
      app.entries.set(site, 'value', `activity-person:${accountId}`, JSON.stringify({ at }), undefined);
      // An earlier trial can have deactivated her on this site.
      app.jira.setActive(site, 'alice', true);
      const key = `~saved-token/${accountId}:${integrationId}`;
      const row = { ...JSON.parse(app.entries.get(site, 'value', key)?.json ?? '{}'), rejectedAt: at, due: '0' };
      app.entries.set(site, 'value', key, JSON.stringify(row), undefined);
      const sent = () => app.jira.notifications(site).length;
      const before = sent();
      const payload = { body: { portion: { which: 'refused' } } };
      return {
        run: (tap) => app.run('reminders-consumer', { site, payload, tap }),
        wrongAfter: async () => wrong(sent() - before > 1, `told ${sent() - before} times`),
      };
    },
  },
];
