import type { UseCase } from './use-cases';

const address = 'https://gitlab.com/-/user_settings/personal_access_tokens';

/** Has GitLab rotate alice's token, which is made for this: the others need theirs. */
export const renewal: UseCase = {
  name: 'renew-token',
  only: 'gitlab',
  prepare: async (stage, site) => {
    if (stage.name !== 'gitlab') return undefined;
    const integrationId = await stage.ready(site, []);
    const body = new URLSearchParams({ account: 'alice', name: 'renewed', scopes: 'api' });
    const made = await stage.service.handle(
      new Request(address, { method: 'POST', body, headers: { accept: 'application/json' } }),
    );
    await stage.saveToken(site, 'alice', integrationId, ((await made.json()) as { token: string }).token);
    const invoke = (module: string, call: string, payload: object, tap?: Parameters<typeof stage.app.run>[1]) =>
      stage.app.invoke({ site, as: 'alice', module, call, payload, ...tap });
    const used = async (): Promise<string> => {
      const asked = { issueKey: 'DEMO-1', integrationId, search: '' };
      const tried = await invoke('issue-context', 'list-repositories', asked);
      return tried.ok === true ? 'works' : tried.error.code;
    };
    const deadAndUntold = async () => {
      const { value } = await invoke('user-settings', 'load-user-settings', {});
      if (value.integrations[0].attribution.token?.renewalUnfinished === true) return undefined;
      const end = await used();
      return ['works', 'AUTH_INVALID'].includes(end) ? undefined : `it ends with ${end}`;
    };
    return {
      run: (tap) => invoke('user-settings', 'renew-token', { integrationId }, { tap }),
      missing: async () => ((await used()) === 'works' ? undefined : 'what was acknowledged does not work'),
      wrongAfter: deadAndUntold,
    };
  },
};
