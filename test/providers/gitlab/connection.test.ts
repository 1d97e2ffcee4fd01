import { inspect } from 'node:util';
import { serviceAt } from '../../../src/domain/service';
import { gitlab as provider } from '../../../src/providers/gitlab';
import { resource } from '../../../src/providers/gitlab/client';
import { linksOf } from '../../../src/providers/links';
import { loadProvider } from '../../../src/providers/registry';
import { leaks } from '../../support/canary';
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

describe('GitLab: addresses', () => {
  const own = (version?: string) => serviceAt('gitlab-self-managed', 'https://git.acme.example/gitlab', version);

  it.each([
    ['19.6.1-ee', 'user_settings'],
    ['16.8.0', 'user_settings'],
    ['17.0.0-pre', 'user_settings'],
    [undefined, 'user_settings'],
    ['unknown', 'user_settings'],
    ['16.7.9', 'profile'],
    ['15.4.6-ee', 'profile'],
    ['9.5.0', 'profile'],
  ])('for version %s lead to the page where tokens are made', (version, place) => {
    expect(linksOf(own(version)).newToken(own(version), 'Undersigned for Jira')).toBe(
      `https://git.acme.example/gitlab/-/${place}/personal_access_tokens?name=Undersigned+for+Jira&scopes=api`,
    );
  });

  it('name branches and clones of any name', () => {
    const links = linksOf(own());
    expect(links.branch(own(), 'acme/platform/web', 'odd/100%-#1?ü')).toBe(
      'https://git.acme.example/gitlab/acme/platform/web/-/tree/odd/100%25-%231%3F%C3%BC',
    );
    expect(links.clone(own(), 'acme/platform/web')).toBe('https://git.acme.example/gitlab/acme/platform/web.git');
  });

  it('of the API are below the installation’s own path', () => {
    expect(own().apiUrl).toBe('https://git.acme.example/gitlab/api/v4');
    expect(own().place).toBe('git.acme.example/gitlab');
    expect(serviceAt('gitlab.com', '')).toMatchObject({
      webUrl: 'https://gitlab.com',
      apiUrl: 'https://gitlab.com/api/v4',
      place: 'gitlab.com',
    });
  });
});
