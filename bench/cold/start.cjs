/**
 * `node start.cjs BUNDLE [INTEGRATION]`: a process that starts cold. Evaluates the bundle and, with an integration (its record
 * as JSON), creates a branch there as the integration account. The platform answers at once and the service refuses.
 * Prints the CPU time of each, and the bytes of loaded code:
 * `evaluate`: the module that the platform loads before it can hand a call over; `call`: the same, and a first `load-issue` to
 * its end, on a site where nothing is stored yet: all that a call needs before there is a service.
 */
const fs = require('node:fs');
const { AsyncLocalStorage } = require('node:async_hooks');

const [bundle, integration] = process.argv.slice(2);
const current = new AsyncLocalStorage();
const json = (status, body) => Response.json(body, { status });

/** The stored data: nothing, or the integration with its credential, each field under a key of its own. */
function stored() {
  if (integration === undefined) return {};
  const { name, owners, projects, ...connection } = JSON.parse(integration);
  const credential =
    connection.edition === 'codecommit'
      ? { kind: 'access-key', id: 'AKIAEXAMPLE', secret: 'no-secret-of-anyone' }
      : { kind: 'token', token: 'x' };
  return {
    [`integration:${connection.id}`]: connection,
    [`integration:${connection.id}:name`]: name,
    [`integration:${connection.id}:owners`]: owners,
    [`integration:${connection.id}:projects`]: projects,
    [`ready-credential:${connection.id}`]: { connection, credential },
  };
}

function kvs(path, body) {
  if (/\/(set|transaction)$/.test(path)) return new Response(null, { status: 200 });
  if (/\/query$/.test(path)) return json(200, { data: [], cursor: null });
  const entries = stored();
  const missing = { code: 'KEY_NOT_FOUND', message: '' };
  if (path.endsWith('/batch/get')) {
    const found = body.filter(({ key }) => key in entries);
    return json(200, {
      successfulKeys: found.map(({ key }) => ({ key, value: entries[key] })),
      failedKeys: body.filter((one) => !found.includes(one)).map(({ key }) => ({ key, error: missing })),
    });
  }
  return body.key in entries ? json(200, { key: body.key, value: entries[body.key] }) : json(404, missing);
}

function product(path) {
  const granted = { havePermission: true };
  return path.includes('mypermissions')
    ? json(200, { permissions: { BROWSE_PROJECTS: granted, VIEW_DEV_TOOLS: granted, ADMINISTER: granted } })
    : json(200, {
        id: '1',
        key: 'DEMO-1',
        fields: { summary: 'x', project: { key: 'DEMO' }, issuetype: { name: 'Task' } },
      });
}

globalThis.fetch = async () => json(401, { message: 'Bad credentials', __type: 'UnrecognizedClientException' });
Object.defineProperty(globalThis, '__forge_runtime__', { get: () => current.getStore() });
globalThis.__forge_fetch__ = async (args, path, init = {}) =>
  args.type === 'kvs' ? kvs(path, JSON.parse(init.body)) : product(path);

const none = () => {};
const runtime = {
  aaid: '712020:someone',
  contextAri: 'ari:cloud:jira::site/x',
  container: {},
  proxy: { token: 'x', url: 'https://x.example' },
  appContext: { permissions: { scopes: [], external: {} } },
  lambdaContext: { awsRequestId: 'x', getRemainingTimeInMillis: () => 25_000 },
  tracing: { traceId: 'x', spanId: 'x' },
  metrics: { counter: () => ({ incr: none, incrBy: none }), timing: () => ({ measure: () => ({ stop: none }) }) },
};

const msSince = (cpu) => {
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / 1000;
};

async function run() {
  // The runtime's own `fetch` is loaded by then, on Forge as here, and does not count.
  await json(200, {}).text();
  const cpu = process.cpuUsage();
  const handlers = require(bundle);
  const evaluate = msSince(cpu);
  const principal = { accountId: '712020:someone' };
  const ask = (functionKey, payload) =>
    current.run(runtime, () =>
      handlers.issue({ call: { functionKey, payload }, context: {} }, { principal, installContext: 'x' }),
    );
  const first = integration === undefined && (await ask('load-issue', { issueKey: 'DEMO-1' }));
  const call = msSince(cpu);
  const evaluated = performance.now();
  let answer;
  if (integration !== undefined) {
    const { id, edition } = JSON.parse(integration);
    const payload = {
      issueKey: 'DEMO-1',
      integrationId: id,
      repository: edition === 'codecommit' ? 'web' : 'acme/web',
      sourceBranch: 'main',
      name: 'DEMO-1-x',
    };
    answer = await ask('create-branch', payload);
  }
  const done = performance.now();
  const files = Object.keys(require.cache).filter((file) => file.endsWith('.cjs') && file !== __filename);
  const bytes = files.reduce((sum, file) => sum + fs.statSync(file).size, 0);
  process.stdout.write(
    JSON.stringify({ evaluate, call, act: done - evaluated, bytes, first: first?.ok, answer: answer?.error?.code }),
  );
}

void run();
