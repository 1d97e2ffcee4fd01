import { at, openSimulatedGitHub } from '../support/simulated-github';
import type { SimulatedGitHub } from '../support/simulated-github';

let github: SimulatedGitHub;
beforeAll(async () => (github = await openSimulatedGitHub()));
afterAll(() => github.close());
beforeEach(() => github.service.reset());

const user = (signal?: AbortSignal) =>
  fetch(github.served.url('api.github.com', '/user'), {
    headers: { authorization: 'Bearer x' },
    ...(signal ? { signal } : {}),
  });
const get = (path: string) => github.api('GET', path, { unjudged: true });

describe('a fault', () => {
  it('happens once for a matching request, and then no more', async () => {
    await github.fault({ method: 'POST', path: '/repos/*/git/refs', status: 502, body: { message: 'Server Error' } });
    expect(await get('/repos/acme/web')).toMatchObject({ status: 200 });
    const create = () => github.api('POST', '/repos/acme/web/git/refs', { body: {}, unjudged: true });
    expect(await create()).toMatchObject({ status: 502, body: { message: 'Server Error' } });
    expect(await create()).toMatchObject({ status: 422 });
  });

  it('happens to one query of GraphQL alone', async () => {
    await github.fault({ path: '/graphql', contains: 'viewer', status: 502 });
    const ask = (query: string) => github.api('POST', '/graphql', { body: { query }, unjudged: true });
    expect((await ask('{ rateLimit { cost } }')).status).toBe(200);
    expect((await ask('{ viewer { login } }')).status).toBe(502);
    expect((await ask('{ viewer { login } }')).status).toBe(200);
  });

  it('happens as often as requested, until disarmed', async () => {
    await github.fault({ path: '/user', host: 'api.github.com', times: 2, status: 500 });
    await github.fault({ path: '/meta', times: 'always', status: 503, body: 'down', headers: { 'retry-after': '1' } });
    expect((await get('/user')).status).toBe(500);
    expect((await get('/user')).status).toBe(500);
    expect((await get('/user')).status).toBe(200);
    for (let n = 0; n < 3; n += 1) expect(await get('/meta')).toMatchObject({ status: 503, text: 'down' });
    const armed: unknown = await (await github.web('/sandbox/faults')).json();
    expect(armed).toMatchObject([{ path: '/meta', left: 'always' }]);
    await github.web('/sandbox/faults', { method: 'DELETE' });
    expect((await get('/meta')).status).toBe(200);
  });

  it('can be a page in place of JSON', async () => {
    await github.fault({ path: '/user', html: true });
    const answer = await get('/user');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(answer.text).toContain('<html>');
  });

  it('can drop the connection', async () => {
    await github.fault({ path: '/user', reset: true });
    await expect(user()).rejects.toThrow('fetch failed');
    expect((await user()).status).toBe(401);
  });

  it('can keep the caller waiting until one of them gives up', async () => {
    await github.fault({ path: '/user', hang: true, times: 2 });
    const impatient = new AbortController();
    const waiting = user(impatient.signal);
    const armed = async () => at(await (await github.web('/sandbox/faults')).json(), '0.left');
    while ((await armed()) !== 1) await new Promise((resolve) => setImmediate(resolve));
    impatient.abort();
    await expect(waiting).rejects.toThrow('aborted');
    const patient = user();
    while ((await armed()) !== undefined) await new Promise((resolve) => setImmediate(resolve));
    await github.web('/sandbox/faults', { method: 'DELETE' });
    await expect(patient).rejects.toThrow('fetch failed');
  });

  it('can make an answer late', async () => {
    await github.fault({ path: '/user', delay: 150 });
    const start = performance.now();
    expect((await get('/user')).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThanOrEqual(149);
  });

  it('can use up the rate limit until the window ends', async () => {
    await github.fault({ path: '/user', rateLimit: 'primary' });
    const refused = await get('/user');
    expect(refused).toMatchObject({ status: 403 });
    expect(at(refused.body, 'message')).toContain('API rate limit exceeded for user ID');
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
    const reset = Number(refused.headers.get('x-ratelimit-reset')) * 1000;
    expect(reset - github.clock.now.getTime()).toBe(3_600_000);
    expect((await get('/repos/acme/web')).status).toBe(403);
    const before = github.clock.now;
    github.clock.now = new Date(reset);
    expect((await get('/user')).status).toBe(200);
    github.clock.now = before;
  });

  it('can be the secondary rate limit', async () => {
    await github.fault({ path: '/user', rateLimit: 'secondary', retryAfter: 7 });
    const refused = await get('/user');
    expect(refused).toMatchObject({ status: 429 });
    expect(refused.headers.get('retry-after')).toBe('7');
    expect(at(refused.body, 'message')).toContain('secondary rate limit');
    expect((await get('/user')).status).toBe(200);
  });

  it.each([
    ['nothing to do', { path: '/user' }],
    ['two things to do', { path: '/user', hang: true, reset: true }],
    ['a member nobody knows', { path: '/user', hang: true, colour: 'red' }],
    ['no path', { hang: true }],
  ])('is refused with %s', async (_what, fault) => {
    await expect(github.fault(fault)).rejects.toThrow();
    expect(await (await github.web('/sandbox/faults')).json()).toEqual([]);
  });
});
