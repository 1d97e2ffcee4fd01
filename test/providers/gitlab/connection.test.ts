import { inspect } from 'node:util';
import { gitlab as provider } from '../../../src/providers/gitlab';
import { resource } from '../../../src/providers/gitlab/client';
import { loadProvider } from '../../../src/providers/registry';
import { leaks } from '../../../rig/canary';
import { tokens } from '../../support/gitlab-world';
import { kinds, useInstallation } from './connected';

const web = 'acme/web';

describe('GitLab: a connection', () => {
  const at = useInstallation(kinds[2]![1]);
  const everything = Object.values(tokens).filter((value) => typeof value === 'string');

  it('sends the token as Bearer, to its own address only', async () => {
    const sent: string[] = [];
    const inner = globalThis.fetch;
    globalThis.fetch = (input, init) => {
      sent.push(...new Headers(init?.headers).keys());
      return inner(input, init);
    };
    await provider.checkToken(at.as(tokens.alice));
    await provider.createBranch(at.as(tokens.alice), { repository: web, name: 'x-bearer', source: 'gone' });
    expect([...new Set(sent)].sort()).toEqual(['accept', 'authorization', 'content-type', 'user-agent']);
    expect(at.door.requests.every(({ authorization }) => authorization === `Bearer ${tokens.alice}`)).toBe(true);
    expect(at.door.requests.every(({ url }) => url.startsWith('https://acme.example/dev/gitlab/api/v4/'))).toBe(true);
  });

  it('does not follow a redirect', async () => {
    await at.gitlab.fault({ path: 'user', status: 307, headers: { location: 'https://evil.example/' } });
    expect(await provider.checkToken(at.as(tokens.alice))).toEqual({ ok: false, error: { code: 'NOT_AN_API_ANSWER' } });
    expect(at.door.requests.map(({ url }) => new URL(url).host)).toEqual(['acme.example']);
  });

  it('shows its token in no address, no error and nothing that could be printed', async () => {
    const branch = { repository: web, name: 'x', source: 'main' };
    const outcomes: unknown[] = [];
    for (const fault of [
      { status: 401 },
      { status: 403 },
      { status: 500 },
      { html: true, status: 502 },
      { reset: true },
      { rateLimit: 'primary' },
    ]) {
      await at.gitlab.fault({ method: 'POST', path: 'projects/*', ...fault });
      outcomes.push(await provider.createBranch(at.as(tokens.alice), branch));
    }
    const thrown: unknown[] = [];
    const options = resource(at.as(tokens.alice), 'write');
    const requester = options.requesterFn?.({
      url: '',
      headers: {},
      authHeaders: { authorization: () => Promise.resolve(`Bearer ${tokens.alice}`) },
    });
    await at.gitlab.fault({ path: 'user', status: 500, body: { message: 'no' } });
    await requester?.get('user').catch((error: unknown) => thrown.push(error));
    expect(thrown).toHaveLength(1);
    const printed = inspect([outcomes, thrown, at.door.requests.map(({ url }) => url)], {
      depth: 20,
      showHidden: true,
    });
    expect(leaks(printed, everything)).toEqual([]);
  });

  it('is loaded when it is needed', async () => {
    expect(await loadProvider('gitlab')).toBe(provider);
  });
});
