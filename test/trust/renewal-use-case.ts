import type { UseCase } from './use-cases';

const address = 'https://gitlab.com/-/user_settings/personal_access_tokens';

/** Has GitLab rotate alice's token, which is made for this: the others need theirs. */
export const renewal: UseCase = {
  name: 'renew-token',
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
    const notMine = async () => {
      const { value } = await invoke('user-settings', 'load-user-settings', {});
      const { token } = value.integrations[0].attribution;
      if (token?.renewalUnfinished === true) return undefined;
      const issueKey = 'DEMO-1';
      const tried = await invoke('issue-context', 'list-repositories', { issueKey, integrationId, search: '' });
      return tried.ok === true || tried.error.code === 'AUTH_INVALID' ? undefined : `it ends with ${tried.error.code}`;
    };
    return {
      run: (tap) => invoke('user-settings', 'renew-token', { integrationId }, { tap }),
      wrongAfter: notMine,
    };
  },
};
