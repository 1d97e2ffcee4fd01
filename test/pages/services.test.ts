import en from '../../locales/en-US.json';
import { checkAddress } from '../../src/domain/address';
import { editionIds, editions, factsOf } from '../../src/domain/editions';
import { addressFor, offerings, placeIn } from '../../src/domain/offerings';
import { compareUrl } from '../../static/shared/addresses';
import { credentialOf, emptyDraft, personalKind } from '../../static/shared/credential';
import { onlyProvider } from '../../static/shared/only-one';
import { doubtAbout } from '../../static/shared/paste-check';
import { createText } from '../../static/shared/text';

const sentences: Readonly<Record<string, string>> = en;

describe('The services that can be connected', () => {
  it('are complete, each edition in one tile', () => {
    const offered = offerings.flatMap((offering) => offering.editions);
    for (const id of editionIds) expect(offered.filter((edition) => edition === id)).toEqual([id]);
  });

  it.each(offerings.map((offering) => [offering.name, offering] as const))(
    'show an example for %s that is an address of it',
    (_, offering) => {
      expect(placeIn(offering, offering.example)).toMatchObject({ ok: true });
    },
  );

  it('find the edition by the address', () => {
    const enterprise = offerings.find(({ key }) => key === 'github-enterprise');
    if (enterprise === undefined) throw new Error('GitHub Enterprise is not offered');
    expect(placeIn(enterprise, 'acme.ghe.com')).toEqual({
      ok: true,
      value: { edition: 'ghe.com', address: 'https://acme.ghe.com' },
    });
    expect(placeIn(enterprise, 'git.acme.example/ghe/')).toEqual({
      ok: true,
      value: { edition: 'ghes', address: 'https://git.acme.example/ghe' },
    });
    expect(placeIn(enterprise, 'github.com')).toEqual({ ok: false, error: 'other-service' });
    for (const wrong of ['ghe.com', 'https://api.acme.ghe.com', 'https://a.b.ghe.com', 'https://acme.ghe.com:8443'])
      expect(placeIn(enterprise, wrong)).toEqual({ ok: false, error: 'subdomain' });
    expect(placeIn(enterprise, 'https://acme.ghe.com/orgs/acme')).toMatchObject({
      ok: true,
      value: { edition: 'ghe.com' },
    });
    expect(placeIn(enterprise, 'https://acme.ghe.com.example/x')).toMatchObject({
      ok: true,
      value: { edition: 'ghes' },
    });
  });

  it('store an address by the same rule on the page and behind it', () => {
    expect(addressFor('ghes', 'https://git.acme.example/')).toEqual({ ok: true, value: 'https://git.acme.example' });
    expect(addressFor('ghes', 'https://acme.ghe.com').ok).toBe(false);
    expect(addressFor('github.com', 'anything')).toEqual({ ok: true, value: 'https://github.com' });
  });

  it('have words for every problem of an address', () => {
    const rules = [...editionIds.map((id) => editions[id].address), { kind: 'url', collection: true }];
    const typed = [
      '',
      'http://a.example',
      'a',
      'https://a.example:1',
      'a@b',
      '1.2.3.4',
      'a%b',
      'a.local',
      'b.example?',
      '\\',
    ];
    for (const rule of rules as Parameters<typeof checkAddress>[0][])
      for (const text of typed) {
        const checked = checkAddress(rule, text);
        if (!checked.ok) expect(sentences[`address.${checked.error}`]).toMatch(/\.$/);
      }
  });
});

describe('The words of every kind of service', () => {
  const providers = ['github', 'gitlab', 'azure-devops', 'codecommit'] as const;

  it.each(providers)('exist for %s, help included', (provider) => {
    expect(sentences[factsOf(provider).scopesWord ?? 'word.scopes']).toBeTruthy();
    expect(sentences[`help.${provider}.intro`]).toBeTruthy();
    expect(sentences[`help.${provider}.once`]).toMatch(/only once/);
  });

  it('use the service’s word for a request', () => {
    const { t, words } = createText(en, { locale: 'en-US', timeZone: 'UTC' });
    for (const id of editionIds) {
      const { provider } = editions[id];
      expect(t('card.request', words(provider))).toBe(
        provider === ('gitlab' as string) ? 'Merge request' : 'Pull request',
      );
    }
  });

  it('use the service’s word for a credential', () => {
    const { t, words } = createText(en, { locale: 'en-US', timeZone: 'UTC' });
    expect(t('flag.tokenSaved', words('github'))).toBe('Your token is saved');
    expect(t('flag.tokenSaved', words('codecommit'))).toBe('Your access key is saved');
  });

  it('are the common ones where an issue has several kinds', () => {
    expect(onlyProvider(undefined)).toBeUndefined();
    expect(onlyProvider({ integrations: [] })).toBeUndefined();
    const { t, words } = createText(en, { locale: 'en-US', timeZone: 'UTC' });
    expect(t('card.request', words(undefined))).toBe('Pull request');
  });
});

describe('A person’s credential', () => {
  it('is a token, and at AWS an access key', () => {
    expect(personalKind('github')).toBe('token');
    expect(personalKind('codecommit')).toBe('access-key');
  });

  it('counts once it is complete, without white space around it', () => {
    expect(credentialOf({ ...emptyDraft('token'), first: ' t\n' })).toEqual({ kind: 'token', token: 't' });
    expect(credentialOf({ ...emptyDraft('token'), first: '  ' })).toBeUndefined();
    expect(credentialOf({ kind: 'access-key', first: 'AKIA', second: ' ' })).toBeUndefined();
    expect(credentialOf({ kind: 'access-key', first: ' AKIA ', second: ' s ' })).toEqual({
      kind: 'access-key',
      id: 'AKIA',
      secret: 's',
    });
    expect(credentialOf({ kind: 'password', first: 'alice', second: 'p' })).toEqual({
      kind: 'password',
      user: 'alice',
      password: 'p',
    });
  });

  it.each([
    ['github', `glpat-${'x'.repeat(20)}`, 'GitLab'],
    ['gitlab', `ghp_${'x'.repeat(36)}`, 'GitHub'],
    ['azure-devops', `github_pat_${'x'.repeat(80)}`, 'GitHub'],
    ['azure-devops', `AKIA${'X'.repeat(16)}`, 'AWS'],
  ])('is doubted at %s when it is another service’s: %s', (provider, token, other) => {
    expect(doubtAbout(token, provider as 'github')).toEqual({ key: 'token.warn.service', other });
  });

  it.each([
    ['gitlab', `glpat-${'x'.repeat(20)}`],
    ['gitlab', `acme-${'x'.repeat(20)}`],
    ['azure-devops', 'a'.repeat(52)],
    ['codecommit', `AKIA${'X'.repeat(16)}`],
  ])('is not doubted at %s when it may be its own: %s', (provider, token) => {
    expect(doubtAbout(token, provider as 'github')).toBeUndefined();
  });
});

describe('The preview of a pull request', () => {
  it.each([
    ['github', 'https://x.example/a/b/compare/main...fix/a%23b'],
    ['gitlab', 'https://x.example/a/b/-/compare/main...fix/a%23b'],
    ['azure-devops', 'https://x.example/a/b/branchCompare?baseVersion=GBmain&targetVersion=GBfix%2Fa%23b'],
    ['codecommit', undefined],
  ])('at %s is %s', (provider, url) => {
    expect(compareUrl(provider as 'github', 'https://x.example/a/b', 'fix/a#b', 'main')).toBe(url);
  });
});
