import type { EditionId } from '../../../src/domain/editions';
import { serviceAt } from '../../../src/domain/service';
import { linksOf } from '../../../src/providers/links';
import type { Provider } from '../../../src/providers/provider';
import type { Reply, ScriptedService } from '../../support/scripted-service';
import { connection, failure, heads, list, nameOf, openAzureDevOps, repository, says } from './azure-devops';

let service: ScriptedService;
let azureDevOps: Provider;

beforeAll(async () => {
  ({ azureDevOps } = await import('../../../src/providers/azure-devops'));
  service = await openAzureDevOps();
});
afterAll(() => service.close());

describe('A server of Azure DevOps', () => {
  const RESOURCES = 'OPTIONS /_apis/git';
  const refs = (releasedVersion?: string) => ({ id: '2d874a60-a811-4f62-9c9f-963a6ea0a55b', releasedVersion });
  const other = { id: '225f7195-f9c7-4d14-ab28-a83f7ff77e1f', releasedVersion: '5.1' };
  const detect = (edition: EditionId = 'tfs-2013') => azureDevOps.detect(connection(edition));

  it.each([
    ['7.1', 'azure-devops-server-2022'],
    ['7.0', 'azure-devops-server-2022'],
    ['10.0', 'azure-devops-server-2022'],
    ['6.0', 'azure-devops-server-2020'],
    ['5.1', 'azure-devops-server-2019'],
    ['4.1', 'tfs-2018'],
    ['3.2', 'tfs-2017'],
    ['2.3', 'tfs-2015'],
    ['1.0', 'tfs-2013'],
  ])('that released its refs with %s is %s', async (version, edition) => {
    service.play({ [RESOURCES]: list(other, refs(version)) });
    expect(await detect()).toEqual({ ok: true, value: { edition, version } });
    expect(service.asked.map(nameOf)).toEqual([RESOURCES]);
    expect(service.asked[0]?.headers['accept']).toBe('application/json');
  });

  it('is found without a request where only one exists', async () => {
    service.play({});
    expect(await detect('azure-devops')).toEqual({ ok: true, value: { edition: 'azure-devops' } });
    expect(service.asked).toEqual([]);
  });

  it.each<[string, Reply, object]>([
    ['refs', list(other), failure('NOT_AN_API_ANSWER')],
    ['version', list(refs()), failure('NOT_AN_API_ANSWER')],
    ['list', { body: {} }, failure('NOT_AN_API_ANSWER')],
    ['access', says(401, ''), failure('AUTH_INVALID')],
  ])('without %s is not taken for one', async (_, reply, refused) => {
    service.play({ [RESOURCES]: reply });
    expect(await detect()).toEqual(refused);
  });

  it.each<[EditionId, string]>([
    ['azure-devops', '7.1'],
    ['azure-devops-server-2022', '7.0'],
    ['azure-devops-server-2020', '6.0'],
    ['azure-devops-server-2019', '5.0'],
    ['tfs-2018', '4.0'],
    ['tfs-2017', '3.0'],
    ['tfs-2015', '1.0'],
    ['tfs-2013', '1.0'],
  ])('%s gets requests of %s, which its first release knows', async (edition, version) => {
    service.play({ [heads()]: list() });
    expect(await azureDevOps.listBranches(connection(edition), { repository, search: 'x' })).toMatchObject({
      ok: true,
    });
    const { headers, query } = service.asked[0] as { headers: Record<string, string>; query: object };
    expect(headers['accept']).toBe(`application/json;api-version=${version}`);
    expect('filterContains' in query).toBe(Number.parseFloat(version) >= 5);
  });
});

describe('Addresses people open at Azure DevOps', () => {
  it.each<[EditionId, string]>([
    ['azure-devops', '/_usersSettings/tokens'],
    ['azure-devops-server-2022', '/_usersSettings/tokens'],
    ['azure-devops-server-2020', '/_usersSettings/tokens'],
    ['azure-devops-server-2019', '/_usersSettings/tokens'],
    ['tfs-2018', '/_details/security/tokens'],
    ['tfs-2017', '/_details/security/tokens'],
    ['tfs-2015', ''],
    ['tfs-2013', ''],
  ])('%s: where a token is made, if any', (edition, page) => {
    const at = serviceAt(edition, 'https://dev.azure.com/acme');
    expect(linksOf(at).newToken(at, 'note')).toBe(`https://dev.azure.com/acme${page}`);
  });

  it('contain names with any character', () => {
    const at = serviceAt('tfs-2018', 'https://tfs.acme.example/tfs/Main');
    const links = linksOf(at);
    const address = 'https://tfs.acme.example/tfs/Main/Back%20Office/_git/a%2Fb%20%C3%BC';
    expect(links.clone(at, 'Back Office/a/b ü')).toBe(address);
    expect(links.branch(at, 'Back Office/a/b ü', 'x/1#ü')).toBe(`${address}?version=GBx%2F1%23%C3%BC`);
  });
});
