import type { Sandbox } from '../../sandbox/sandbox.ts';

type Answer = { ok: boolean; value: { integration: { id: string } } };

/** Connects GitHub and GitLab, and lets alice work on DEMO-1 in her own name. Tokens that scenes type are made by `newToken`. */
export async function work(sandbox: Sandbox): Promise<{ newToken: () => Promise<string> }> {
  const call = async (as: string, module: string, name: string, payload: Record<string, unknown>) => {
    const body = JSON.stringify({ as, module, call: name, issueKey: 'DEMO-1', payload });
    const response = await fetch(`${sandbox.url}/sandbox/invoke`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const answer = (await response.json()) as Answer;
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer)}`);
    return answer.value;
  };
  const token = async (account: string, page: string, fields: Record<string, string>) => {
    const response = await fetch(`${sandbox.servicesUrl}/${page}`, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({ account, ...fields }),
    });
    return ((await response.json()) as { token: string }).token;
  };
  const gitHubToken = (account: string) =>
    token(account, 'github.com/settings/tokens/new', { scopes: 'repo', expiration: '90' });
  const connect = async (edition: string, name: string, secret: string, requireUserPat: boolean) => {
    const options = { name, owners: ['acme'], requireUserPat, projects: 'all' };
    const credential = { kind: 'token', token: secret };
    const added = await call('ada', 'manage-repositories', 'add-integration', { edition, credential, ...options });
    return added.integration.id;
  };
  const integrationId = await connect('github.com', 'acme-github', await gitHubToken('acme-bot'), true);
  const gitLabPage = 'gitlab.com/-/user_settings/personal_access_tokens';
  const gitLabToken = await token('acme-bot', gitLabPage, { name: 'Undersigned', scopes: 'api' });
  await connect('gitlab.com', 'acme-gitlab', gitLabToken, false);
  const issue = { issueKey: 'DEMO-1', integrationId, repository: 'acme/web' };
  const credential = { kind: 'token', token: await gitHubToken('alice') };
  await call('alice', 'issue-context', 'save-token', { ...issue, credential });
  await call('alice', 'issue-context', 'create-branch', { ...issue, sourceBranch: 'main', name: 'DEMO-1-reproduce' });
  await call('alice', 'issue-context', 'create-pull-request', {
    ...issue,
    sourceBranch: 'develop',
    targetBranch: 'main',
    title: 'DEMO-1: Merge develop to main',
  });
  return { newToken: () => gitHubToken('acme-bot') };
}
