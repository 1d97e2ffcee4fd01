import { addressFor, offerings, placeIn } from '../../src/domain/offerings';

function tile(key: string) {
  const found = offerings.find((offering) => offering.key === key);
  if (found === undefined) throw new Error(`No tile ${key}`);
  return found;
}

describe('An address typed for a tile', () => {
  it.each([
    ['github-enterprise', ' ACME.ghe.com ', 'ghe.com', 'https://acme.ghe.com'],
    ['github-enterprise', 'https://git.acme.example/ghe/', 'ghes', 'https://git.acme.example/ghe'],
    ['github-enterprise', 'https://acme.ghe.com.example/x', 'ghes', 'https://acme.ghe.com.example/x'],
    ['github-enterprise', ' https://acme.ghe.com/acme/web?tab=x', 'ghe.com', 'https://acme.ghe.com'],
    ['github-enterprise', 'https://acme.example/ghe.com?x', 'ghes', 'https://acme.example/ghe.com'],
    ['github', 'whatever', 'github.com', 'https://github.com'],
    ['azure-devops-server', 'https://tfs.acme.example/tfs/Web', 'azure-devops-server-2022', 'https://tfs.acme.example/tfs/Web'],
    ['codecommit', 'EU-West-1', 'codecommit', 'eu-west-1'],
  ] as const)('%s: %s belongs to %s as %s', (key, typed, edition, address) => {
    expect(placeIn(tile(key), typed)).toEqual({ ok: true, value: { edition, address } });
  }); // prettier-ignore

  it.each([
    // In the domain of GHE.com its own rule says what is wrong, with or without a scheme, a port or a path.
    ['github-enterprise', 'ghe.com', 'subdomain'],
    ['github-enterprise', 'https://a.b.GHE.com/x', 'subdomain'],
    ['github-enterprise', 'acme.ghe.com:8443', 'subdomain'],
    ['github-enterprise', 'http://acme.ghe.com', 'not-https'],
    // Anywhere else the rule of an installation does.
    ['github-enterprise', 'github.com', 'other-service'],
    ['github-enterprise', 'https://gitserver', 'single-label'],
    ['azure-devops-server', 'https://tfs.acme.example', 'collection'],
  ] as const)('%s: %s is refused: %s', (key, typed, problem) => {
    expect(placeIn(tile(key), typed)).toEqual({ ok: false, error: problem });
  });

  it('is checked by the rule of one edition where that is known', () => {
    expect(addressFor('ghe.com', 'acme.ghe.com')).toEqual({ ok: true, value: 'https://acme.ghe.com' });
    expect(addressFor('ghe.com', 'git.acme.example')).toEqual({ ok: false, error: 'subdomain' });
  });
});
