import { inspect } from 'node:util';
import { gitlab as provider } from '../../../src/providers/gitlab';
import { tokens } from '../../support/gitlab-world';
import { kinds, useInstallation } from './connected';

const web = 'acme/web';
const ownAccess = ['acme/many', 'acme/platform/deploy', 'acme/ruled', 'acme/web'];

describe.each(kinds)('%s: finding projects', (_, kind) => {
  const at = useInstallation(kind);
  const list = async (owners: string[], search = '', token: string = tokens.alice) => {
    const found = await provider.listRepositories(at.as(token), { owners, search });
    if (!found.ok) throw new Error(inspect(found.error));
    return found.value.items.map((item) => item.name).sort();
  };

  it('lists writable ones of the requested owners and their subgroups, in one request', async () => {
    const found = await provider.listRepositories(at.as(tokens.alice), { owners: ['acme'], search: '' });
    expect(found.ok && found.value.items.map((item) => item.name).sort()).toEqual(
      expect.arrayContaining(ownAccess) as string[],
    );
    expect(found.ok && found.value.items.find((item) => item.name === web)).toEqual({
      name: web,
      url: `${at.gitlab.webUrl}/acme/web`,
      defaultBranch: 'main',
    });
    expect(found.ok && 'next' in found.value).toBe(false);
    expect(at.door.requests).toHaveLength(1);
  });

  it('has no default branch for an empty project, and no archived ones', async () => {
    const found = await provider.listRepositories(at.as(tokens.alice), { owners: ['acme'], search: 'empty' });
    expect(found.ok && found.value.items).toEqual([{ name: 'acme/empty', url: `${at.gitlab.webUrl}/acme/empty` }]);
    expect(await list(['acme'], 'attic')).toEqual([]);
  });

  it.each([
    ['a subgroup', ['acme/platform'], ['acme/platform/deploy']],
    ['a group in other letters', ['ACME2'], ['acme2/other']],
    ['a person', ['alice'], ['alice/dotfiles']],
    ['two of them', ['acme2', 'alice'], ['acme2/other', 'alice/dotfiles']],
    ['the beginning of a name, which is no group', ['acm'], []],
  ])('keeps to %s', async (__, owners, expected) => {
    expect(await list(owners)).toEqual(expected);
  });

  it('leaves out what one may only read', async () => {
    expect(await list(['acme'], '', tokens.bob)).toEqual([]);
  });

  it.each(['web', 'WEB', 'acme/web', 'we', 'e', 'big shop', 'The Big', '"web"', 'shop acme'])(
    'finds one by %s',
    async (search) => {
      expect(await list(['acme'], search)).toContain(web);
      expect(await list(['acme', 'alice'], search)).toContain(web);
    },
  );

  it.each(['zzz', '%', '_', "x'y", 'web zzz', '\\', '*', 'a&owned=true'])('finds none by %s', async (search) => {
    expect(await list(['acme'], search)).toEqual([]);
  });

  it.each([
    ['has an expired token', tokens.aliceExpired, { code: 'AUTH_EXPIRED' }],
    ['has a token for git only', tokens.aliceGitOnly, { code: 'SCOPE_MISSING', missing: ['api'] }],
    ['is shut out', tokens.shutOut.blocked, { code: 'ACCOUNT_BLOCKED' }],
  ])('says why to somebody who %s', async (__, token, error) => {
    expect(await provider.listRepositories(at.as(token), { owners: ['acme'], search: '' })).toMatchObject({
      ok: false,
      error,
    });
    expect(at.door.requests).toHaveLength(1);
  });
});

describe.each(kinds)('%s: finding branches', (_, kind) => {
  const at = useInstallation(kind);
  const find = async (search: string, repository = web) => {
    const found = await provider.listBranches(at.as(tokens.alice), { repository, search });
    if (!found.ok) throw new Error(inspect(found.error));
    return found.value.items.map((item) => item.name);
  };

  it('finds them by any part of their name, in one request', async () => {
    expect(await provider.listBranches(at.as(tokens.alice), { repository: web, search: 'LOGIN' })).toEqual({
      ok: true,
      value: {
        items: [
          { name: 'feature/DEMO-1-login', commit: await at.gitlab.git(web, 'rev-parse', 'feature/DEMO-1-login') },
        ],
      },
    });
    expect(at.door.requests).toHaveLength(1);
  });

  it.each(['100%', '#1', '+ü', 'odd/', '%-#', 'ü'])('finds the odd one by %s', async (search) => {
    expect(await find(search)).toEqual(['odd/100%-#1+ü']);
  });

  it.each(['^main', 'main$', '^', '$', 'ma.n', 'zzz'])('takes %s as it is, and finds none', async (search) => {
    expect(await find(search)).toEqual([]);
  });

  it('gives them in pages', async () => {
    const first = await provider.listBranches(at.as(tokens.alice), { repository: 'acme/many', search: 'many/' });
    expect(first.ok && [first.value.items.length, first.value.next]).toEqual([50, '2']);
    const second = await provider.listBranches(at.as(tokens.alice), {
      repository: 'acme/many',
      search: 'many/',
      cursor: '2',
    });
    expect(second.ok && second.value.items.map((item) => item.name)).toEqual(
      Array.from({ length: 10 }, (__, at_) => `many/${50 + at_}`),
    );
    expect(second.ok && 'next' in second.value).toBe(false);
  });

  it('has none in an empty project', async () => {
    expect(await find('', 'acme/empty')).toEqual([]);
  });

  it.each([
    ['a project that is gone', tokens.alice, 'acme/gone', { code: 'REPOSITORY_NOT_FOUND' }],
    ['a hidden project', tokens.carol, web, { code: 'REPOSITORY_NOT_FOUND' }],
    ['a project called ..', tokens.alice, '..', { code: 'REPOSITORY_NOT_FOUND' }],
    ['a project one is a guest of', tokens.gina, web, { code: 'PERMISSION_DENIED' }],
    ['a project behind proof of possession', tokens.alice, 'guarded/vault', { code: 'TOKEN_KIND_REFUSED' }],
  ])('names the reason why %s have none', async (__, token, repository, error) => {
    expect(await provider.listBranches(at.as(token), { repository, search: '' })).toMatchObject({ ok: false, error });
  });

  it('says so when the deadline has passed, and asks nobody', async () => {
    const late = await provider.listBranches(at.as(tokens.alice, -1), { repository: web, search: '' });
    expect(late).toEqual({ ok: false, error: { code: 'TIMEOUT' } });
    expect(at.door.requests).toEqual([]);
  });
});
