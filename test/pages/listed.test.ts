import { providers } from '../../src/domain/editions';
import { listedOf } from '../../static/shared/listed';
import { languages } from '../support/languages';

const english = languages.find(({ locale }) => locale === 'en-US')!;
const kinds = providers.map(({ kind }) => kind);

function integration(provider: (typeof kinds)[number], state: 'person' | 'integration', id = `acme-${provider}`) {
  return { id, name: id, provider, host: `host of ${provider}`, attribution: { state } as never };
}

/** What is said of integrations, all of which have answered. */
function said(integrations: ReturnType<typeof integration>[], { text } = english, more = {}): string[] {
  const sources = Object.fromEntries(integrations.map(({ id }) => [id, { loading: false, ...more }]));
  return listedOf({ integrations, sources }, text);
}

describe('A person who misses a repository', () => {
  it.each(kinds)('learns which ones an integration of %s lists, in every language', (kind) => {
    for (const language of languages) {
      const [own, none] = said([integration(kind, 'person')], language);
      expect(own).toContain(`acme-${kind}`);
      expect(own).not.toMatch(/[{}]/);
      expect(none).toBeUndefined();
    }
  });

  it.each([
    ['github', /you can write to.*Archived/, /the integration account can write to.*Archived/],
    ['gitlab', /you have the Developer role.*Archived/, /the integration account has the Developer role.*Archived/],
    ['azure-devops', /you can see.*Disabled/, /the integration account can see.*Disabled/],
    ['codecommit', /repositories in host of codecommit/, /repositories in host of codecommit/],
  ] as const)(
    'learns whose rights decide at %s: their own, or those of the integration account',
    (kind, own, account) => {
      expect(said([integration(kind, 'person')])).toEqual([expect.stringMatching(own)]);
      expect(said([integration(kind, 'integration')])).toEqual([expect.stringMatching(account)]);
    },
  );

  it('reads one sentence for integrations that list alike', () => {
    const two = [integration('github', 'person', 'acme'), integration('github', 'person', 'globex')];
    expect(said(two)).toEqual([expect.stringMatching(/^From acme, globex: /)]);
    expect(said([...two, integration('github', 'integration', 'warehouse')])).toHaveLength(2);
  });

  it('reads nothing about an integration that has not answered, or failed', () => {
    expect(said([integration('github', 'person')], english, { loading: true })).toEqual([]);
    expect(said([integration('github', 'person')], english, { error: 'an error' })).toEqual([]);
  });
});
