import { secret } from '../../../src/domain/secret';
import { serviceAt } from '../../../src/domain/service';
import { azureDevOps } from '../../../src/providers/azure-devops';
import { linksOf } from '../../../src/providers/links';
import { openEgressDoor } from '../../support/egress-door';
import { EDITIONS } from '../../support/simulated-azure-devops';
import { places, tokens } from '../../support/azure-devops-world';

describe('Addresses of Azure DevOps', () => {
  it.each([
    'https://dev.azure.com/acme',
    'https://dev.azure.com/acme/',
    'https://dev.azure.com/acme/Shop/_git/web',
    'https://acme.visualstudio.com',
    'https://ACME.visualstudio.com/DefaultCollection',
    'https://acme.visualstudio.com/Shop',
  ])('%s is the organization acme', (address) => {
    const service = serviceAt('azure-devops', address);
    expect(service).toMatchObject({ webUrl: 'https://dev.azure.com/acme', apiUrl: 'https://dev.azure.com/acme' });
    expect(service.place).toBe('dev.azure.com/acme');
  });

  it.each([
    [
      'https://ado.acme.example/My Collection',
      'https://ado.acme.example/My%20Collection',
      'ado.acme.example/My Collection',
    ],
    [
      'https://ado.acme.example/My%20Collection/',
      'https://ado.acme.example/My%20Collection',
      'ado.acme.example/My Collection',
    ],
    [
      'https://tfs.acme.example:8443/tfs/Größe',
      'https://tfs.acme.example:8443/tfs/Gr%C3%B6%C3%9Fe',
      'tfs.acme.example:8443/tfs/Größe',
    ],
  ])('%s is encoded once', (address, url, place) => {
    expect(serviceAt('tfs-2018', address)).toMatchObject({ webUrl: url, apiUrl: url, place });
  });

  it.each(EDITIONS)('%s links a branch, a clone and the token page', (edition) => {
    const { address } = places[edition];
    const service = serviceAt(edition, address);
    const links = linksOf(service);
    expect(links.branch(service, 'Back Office/a b', 'x/1#ü')).toBe(
      `${address}/Back%20Office/_git/a%20b?version=GBx%2F1%23%C3%BC`,
    );
    expect(links.clone(service, 'Shop/web')).toBe(`${address}/Shop/_git/web`);
    const page = ['tfs-2018', 'tfs-2017'].includes(edition) ? '/_details/security/tokens' : '/_usersSettings/tokens';
    expect(links.newToken(service, 'note')).toBe(
      service.edition.capabilities.userTokens ? `${address}${page}` : address,
    );
  });

  it('lead to no other host', async () => {
    const other = openEgressDoor({});
    const service = serviceAt('azure-devops', 'https://dev.azure.com/acme');
    const connection = {
      service: { ...service, apiUrl: 'http://dev.azure.com/acme' },
      credential: { kind: 'token' as const, token: secret(tokens.alice) },
      deadline: Date.now() + 1000,
    };
    await expect(azureDevOps.checkToken(connection)).rejects.toThrow('was refused');
    expect(other.requests).toEqual([]);
    other.close();
  });
});
