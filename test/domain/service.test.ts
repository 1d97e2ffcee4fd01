import { isRegion, partitionOf, regions } from '../../src/providers/codecommit/regions';
import { azureDevOpsAddress } from '../../src/providers/azure-devops/address';
import { editionIds } from '../../src/domain/editions';
import { serviceAt } from '../../src/domain/service';

describe('A service', () => {
  it.each([
    ['github.com', 'anything', 'https://github.com', 'https://api.github.com', 'github.com'],
    ['ghe.com', 'https://acme.ghe.com', 'https://acme.ghe.com', 'https://api.acme.ghe.com', 'acme.ghe.com'],
    ['ghes', 'https://acme.example/git', 'https://acme.example/git', 'https://acme.example/git/api/v3', 'acme.example/git'],
    ['gitlab.com', 'anything', 'https://gitlab.com', 'https://gitlab.com/api/v4', 'gitlab.com'],
    ['gitlab-self-managed', 'https://git.acme.example', 'https://git.acme.example', 'https://git.acme.example/api/v4', 'git.acme.example'],
    ['azure-devops', 'https://acme.visualstudio.com', 'https://dev.azure.com/acme', 'https://dev.azure.com/acme', 'dev.azure.com/acme'],
    ['tfs-2018', 'https://tfs.acme.example/tfs/Default%20Collection/', 'https://tfs.acme.example/tfs/Default%20Collection', 'https://tfs.acme.example/tfs/Default%20Collection', 'tfs.acme.example/tfs/Default Collection'],
    ['codecommit', 'eu-central-1', 'https://eu-central-1.console.aws.amazon.com', 'https://codecommit.eu-central-1.amazonaws.com', 'AWS eu-central-1'],
    ['codecommit', 'https://cn-north-1.console.amazonaws.cn', 'https://cn-north-1.console.amazonaws.cn', 'https://codecommit.cn-north-1.amazonaws.com.cn', 'AWS cn-north-1'],
    ['codecommit', 'us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com', 'https://codecommit.us-gov-west-1.amazonaws.com', 'AWS us-gov-west-1'],
  ] as const)('%s at %s is for people at %s and has its API at %s', (edition, address, webUrl, apiUrl, place) => {
    expect(serviceAt(edition, address)).toMatchObject({ edition: { id: edition }, webUrl, apiUrl, place });
  }); // prettier-ignore

  it.each(editionIds)('%s has the version that it reported', (edition) => {
    const address = edition === 'codecommit' ? 'eu-west-1' : 'https://dev.azure.com/acme';
    expect(serviceAt(edition, address, '3.19')).toMatchObject({ version: '3.19' });
    expect(serviceAt(edition, address)).not.toHaveProperty('version');
  });

  it.each(['', 'Frankfurt', 'https://evil.example'])('of AWS is never at “%s”', (address) => {
    expect(() => serviceAt('codecommit', address)).toThrow('was never accepted');
  });
});

describe('An organization of Azure DevOps', () => {
  it.each([
    ['https://acme.visualstudio.com', 'https://dev.azure.com/acme'],
    ['https://acme.visualstudio.com/DefaultCollection', 'https://dev.azure.com/acme'],
    ['https://dev.azure.com/acme/project/_git/web', 'https://dev.azure.com/acme'],
    ['https://dev.azure.com/acme/', 'https://dev.azure.com/acme'],
    ['https://tfs.acme.example//tfs/Web//', 'https://tfs.acme.example/tfs/Web'],
    ['https://a.acme.visualstudio.com/x', 'https://a.acme.visualstudio.com/x'],
    ['https://acme.visualstudio.com.example/x', 'https://acme.visualstudio.com.example/x'],
  ])('at %s is %s', (typed, address) => {
    expect(azureDevOpsAddress(typed)).toBe(address);
  });

  it('has people’s name for it, although its path can’t be decoded', () => {
    expect(serviceAt('tfs-2018', 'https://tfs.acme.example/100%').place).toBe('tfs.acme.example/100%');
  });
});

describe('A region of AWS', () => {
  it.each([...regions, 'xx-far-north-12'])('may be called %s', (name) => {
    expect(isRegion(name)).toBe(true);
  });

  it.each(['', 'eu-central', 'eu-central-123', 'e-central-1', 'eu-c-1', 'eu-central-1x', 'xeu-central-1', 'eu-a1-1', 'eu-aa-bb-cc-1'])(
    'is never called “%s”',
    (name) => {
      expect(isRegion(name)).toBe(false);
    },
  ); // prettier-ignore

  it.each([
    ['eu-central-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-east-1', 'aws-us-gov'],
    ['us-east-1', 'aws'],
  ])('%s belongs to %s', (region, id) => {
    expect(partitionOf(region).id).toBe(id);
  });
});
