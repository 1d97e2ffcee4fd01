import { readFileSync } from 'node:fs';
import { regions } from '../../../src/providers/codecommit/regions';
import { ownsRepository } from '../../../src/domain/integration';
import { serviceAt } from '../../../src/domain/service';
import { linksOf } from '../../../src/providers/links';
import { loadProvider } from '../../../src/providers/registry';

describe('AWS CodeCommit: addresses for people', () => {
  const service = serviceAt('codecommit', 'eu-west-1');

  it.each([
    ['us-east-1', 'https://console.aws.amazon.com/iam/home#/security_credentials'],
    ['cn-northwest-1', 'https://console.amazonaws.cn/iam/home#/security_credentials'],
    ['us-gov-east-1', 'https://console.amazonaws-us-gov.com/iam/home#/security_credentials'],
  ])('lead from %s to the console of its partition', (region, url) => {
    const there = serviceAt('codecommit', region);
    expect(linksOf(there).newToken(there, 'note')).toBe(url);
  });

  it('lead to a branch whatever its name', () => {
    expect(linksOf(service).branch(service, 'web', 'odd/100%-#1+ü?')).toBe(
      'https://eu-west-1.console.aws.amazon.com/codesuite/codecommit/repositories/web/browse/refs/heads/odd/100%25-%231%2B%C3%BC%3F?region=eu-west-1',
    );
  });

  it('clone over HTTPS', () => {
    expect(linksOf(service).clone(service, 'web.site-2_old')).toBe(
      'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/web.site-2_old',
    );
  });
});

describe('AWS CodeCommit: among the other services', () => {
  it('is loaded by its kind', async () => {
    expect(Object.keys(await loadProvider('codecommit'))).toContain('createBranch');
  });

  it('may be reached in every region, and the token service there, by name and not by wildcard', () => {
    const manifest = readFileSync('manifest.yml', 'utf8');
    const suffix = (region: string) => (region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com');
    const expected = regions.flatMap((region) =>
      ['codecommit', 'sts'].map((service) => `https://${service}.${region}.${suffix(region)}`),
    );
    const listed = [...manifest.matchAll(/address: (\S*amazonaws\S*)/g)].map(([, address]) => address);
    expect(listed.sort()).toEqual(expected.sort());
    expect(regions).toHaveLength(29);
  });

  it('has repositories without owners: each belongs to an integration', () => {
    expect(ownsRepository({ owners: 'all' }, 'web')).toBe(true);
    expect(ownsRepository({ owners: ['acme'] }, 'web')).toBe(false);
  });
});
