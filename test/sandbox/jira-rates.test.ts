import { openJira, pointsHeader, type RestCaller } from '../../packages/local-forge/src/jira/open-jira';
import { noRates } from '../../packages/local-forge/src/jira/rest/rates';
import { limitOf } from '../../src/jira/ask';
import { siteNamed } from '../../rig/site';

const sites = [siteNamed('acme'), siteNamed('globex')];
const start = Date.parse('2026-11-30T12:59:30Z');
const scopes = ['read:jira-work', 'read:jira-user'];

function open(rates: Partial<typeof noRates>) {
  let now = start;
  const jira = openJira(sites, { rates: { ...noRates, ...rates }, now: () => new Date(now) });
  const get = (path: string, site = 'acme') => {
    const accountId = jira.person(site, 'ada')?.accountId;
    const caller: RestCaller = { siteId: site, as: 'user', accountId, scopes };
    return jira.rest(new Request(`https://acme.atlassian.net${path}`), caller);
  };
  return { get, wait: (ms: number) => void (now += ms), jira };
}

const issue = '/rest/api/3/issue/DEMO-1?fields=summary';

it.each([
  [issue, 2],
  ['/rest/api/3/issue/DEMO-99', 1],
  ['/rest/api/3/mypermissions?permissions=VIEW_DEV_TOOLS', 3],
  ['/rest/api/3/mypermissions?permissions=VIEW_DEV_TOOLS,BROWSE_PROJECTS,ADMINISTER', 7],
  ['/rest/api/3/myself', 3],
  ['/rest/api/3/project/search?maxResults=1', 2],
  ['/rest/api/3/user/search?query=a', 5],
])('%s costs %d points', async (path, points) => {
  expect((await open({}).get(path)).headers.get(pointsHeader)).toBe(String(points));
});

it('gives no site an answer once all together have used up the hour, and everybody one at the full hour', async () => {
  const { get, wait } = open({ points: 4 });
  expect([(await get(issue)).status, (await get(issue, 'globex')).status]).toEqual([200, 200]);
  const refused = await get(issue);
  expect(refused.status).toBe(429);
  expect(Object.fromEntries(refused.headers)).toMatchObject({
    'retry-after': '30',
    'ratelimit-reason': 'jira-quota-global-based',
    'x-ratelimit-reset': '2026-11-30T13:00:00.000Z',
  });
  wait(30_000);
  expect((await get(issue)).status).toBe(200);
});

it('counts a second of one endpoint and one site', async () => {
  const { get, wait, jira } = open({ burst: { usual: 1, issue: 2 } });
  const myself = '/rest/api/3/myself';
  const statuses = async (...paths: string[]) => {
    const seen = [];
    for (const path of paths) seen.push((await get(path)).status);
    return seen;
  };
  expect(await statuses(issue, '/rest/api/3/issue/DEMO-2', issue, myself, myself)).toEqual([200, 200, 429, 200, 429]);
  expect((await get(myself, 'globex')).status).toBe(200);
  expect((await get(issue)).headers.get('ratelimit-reason')).toBe('jira-burst-based');
  wait(1_001);
  expect(await statuses(issue, myself)).toEqual([200, 200]);
  jira.reset();
  expect(await statuses(myself)).toEqual([200]);
});

describe('The app’s reading of a 429', () => {
  const at = (said: Record<string, string>) => limitOf(new Headers(said), start);
  it.each([
    [{ 'retry-after': '12' }, '2026-11-30T12:59:42.000Z', undefined],
    [{ 'retry-after': '30', 'ratelimit-reason': 'jira-quota-global-based' }, '2026-11-30T13:00:00.000Z', 'quota'],
    [{ 'ratelimit-reason': 'jira-quota-tenant-based' }, '2026-11-30T13:00:00.000Z', 'quota'],
    [{ 'retry-after': 'Mon, 30 Nov 2026 13:00:05 GMT' }, '2026-11-30T13:00:05.000Z', undefined],
    [{ 'x-ratelimit-reset': '2026-11-30T12:59:35Z' }, '2026-11-30T12:59:35.000Z', undefined],
    [{ 'retry-after': 'soon' }, '2026-11-30T12:59:40.000Z', undefined],
    [{ 'retry-after': '0' }, '2026-11-30T12:59:40.000Z', undefined],
    [{ 'retry-after': '-5' }, '2026-11-30T12:59:40.000Z', undefined],
    [{ 'retry-after': '999999999' }, '2026-11-30T12:59:40.000Z', undefined],
    [{}, '2026-11-30T12:59:40.000Z', undefined],
  ])('%o: back at %s', (said, retryAt, reason) => {
    expect(at(said)).toEqual({ code: 'JIRA_LIMITED', retryAt, ...(reason && { reason }) });
  });
});
