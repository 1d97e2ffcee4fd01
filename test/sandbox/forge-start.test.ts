import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { readManifest } from '../../packages/local-forge/src/forge/manifest';
import { redact } from '../../packages/local-forge/src/forge/redact';
import { forgeRates } from '../../packages/local-forge/src/forge/storage/rates';
import { UsageError } from 'local-forge';
import { readOptions } from '../../sandbox/options';
import { createServicesDoor } from '../../packages/local-forge/src/services-door';
import type { Service } from '../../sandbox/services/service';
import { demoWorld } from '../../sandbox/world/demo';
import { newFolder, removeFolder, startFixture, twoSites, type Fixture } from '../fixtures/forge-app/run';

describe('the doors of a running sandbox', () => {
  let app: Fixture;
  beforeAll(async () => {
    app = await startFixture();
  });
  afterAll(() => app.stop());

  /** With full control over the headers, which `fetch` does not give. */
  const ask = (url: string, method: string, headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      const request = httpRequest(url, { method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      request.on('error', reject);
      request.end(method === 'POST' ? '{}' : undefined);
    });

  it('are three origins on this machine', () => {
    const origins = [app.url, app.pagesUrl, app.servicesUrl];
    expect(new Set(origins).size).toBe(3);
    for (const origin of origins) expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('publish their addresses', async () => {
    expect(await app.get('/sandbox/addresses')).toEqual({
      site: app.url,
      pages: app.pagesUrl,
      services: app.servicesUrl,
    });
  });

  it('are closed to a foreign host name', async () => {
    for (const origin of [app.url, app.pagesUrl, app.servicesUrl]) {
      expect(await ask(`${origin}/`, 'GET', { host: 'evil.example' })).toBe(403);
      expect(await ask(`${origin}/`, 'GET', { host: `127.0.0.1:1` })).toBe(403);
    }
    expect(
      await ask(`${app.url}/sandbox/logs`, 'GET', { host: new URL(app.url).host.replace('127.0.0.1', 'localhost') }),
    ).toBe(200);
  });

  it('are closed to requests of another site’s page', async () => {
    const reset = (headers: Record<string, string>) => ask(`${app.url}/sandbox/reset`, 'POST', headers);
    expect(await reset({ origin: 'https://evil.example' })).toBe(403);
    expect(await reset({ origin: 'null' })).toBe(403);
    expect(await reset({ origin: app.pagesUrl })).toBe(403);
    expect(await reset({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await reset({ origin: app.url })).toBe(200);
    expect(await reset({})).toBe(200);
  });

  it('show pages under one name only', async () => {
    const response = await fetch(`${app.url.replace('127.0.0.1', 'localhost')}/browse/DEMO-1?as=bob`, {
      headers: { accept: 'text/html' },
      redirect: 'manual',
    });
    expect(response.status).toBe(307);
    expect(response.headers.get('location')).toBe(`${app.url}/browse/DEMO-1?as=bob`);
  });

  it('do not share a folder with a second sandbox', async () => {
    await expect(startFixture({ data: app.data })).rejects.toThrow('Another sandbox is using');
  });

  it('name the port that is in use', async () => {
    await expect(startFixture({ port: Number(new URL(app.url).port) })).rejects.toThrow('is in use');
  });
});

describe('the door to the services', () => {
  const service: Service = {
    hosts: ['git.example', 'api.git.example'],
    handle: async (request) => {
      const url = new URL(request.url);
      if (url.pathname === '/login') return Response.redirect('https://api.git.example/done?x=1', 302);
      if (url.pathname === '/away') return Response.redirect('https://elsewhere.example/', 302);
      return new Response(`${request.method} ${request.url} ${await request.text()}`);
    },
    accountOf: async () => undefined,
    reset: async () => undefined,
    close: async () => undefined,
  };
  const door = createServicesDoor([service]);
  const at = (path: string) => `http://127.0.0.1:4182${path}`;

  it('requests a service under its real name', async () => {
    const response = await door(new Request(at('/git.example/a/b?c=d'), { method: 'POST', body: 'hello' }));
    expect(await response.text()).toBe('POST https://git.example/a/b?c=d hello');
  });
  it('keeps redirects between services on this machine', async () => {
    expect((await door(new Request(at('/git.example/login')))).headers.get('location')).toBe(
      '/api.git.example/done?x=1',
    );
    expect((await door(new Request(at('/git.example/away')))).headers.get('location')).toBe(
      'https://elsewhere.example/',
    );
  });
  it('knows no other host', async () => {
    expect((await door(new Request(at('/other.example/')))).status).toBe(404);
  });
});

describe('a folder with data', () => {
  it('belongs to the world it was made for', async () => {
    const data = await newFolder();
    await (await startFixture({ data })).stop();
    await expect(startFixture({ data, world: { ...twoSites, sites: twoSites.sites.slice(0, 1) } })).rejects.toThrow(
      'another world',
    );
    await removeFolder(data);
  });
});

describe('the command line', () => {
  const refused = (...args: string[]) => expect(() => readOptions(args)).toThrow(UsageError);

  it('has a default for everything', () => {
    expect(readOptions([])).toEqual({
      port: 4180,
      data: '.forge/data',
      world: demoWorld,
      routes: new Map(),
      latency: 0,
      rates: forgeRates,
      online: false,
      json: false,
    });
  });

  it('refuses unknown and invalid options', () => {
    refused('--verbose');
    refused('extra');
    refused('--port', 'http');
    refused('--port', '65536');
    refused('--latency', '-5');
    refused('--storage-units', 'few');
    refused('--world', 'no-such-file.json');
    refused('--route', 'api.github.com');
    refused('--route', 'api.github.com=http://192.168.0.1:80');
    refused('--route', 'api.github.com=ftp://127.0.0.1');
  });

  it('makes storage smaller, to see it busy', () => {
    const rates = { ...forgeRates, readUnits: 60, writeUnits: 60 };
    expect(readOptions(['--storage-units', '60'])).toMatchObject({ rates });
  });

  it('leads hosts to addresses on this machine', () => {
    const options = readOptions([
      '--route',
      'API.github.com=http://127.0.0.1:9000/base/',
      '--route',
      'gitlab.com=http://localhost:9001',
    ]);
    expect(options).toMatchObject({
      routes: new Map([
        ['api.github.com', 'http://127.0.0.1:9000/base'],
        ['gitlab.com', 'http://localhost:9001'],
      ]),
    });
  });

  it('reads a world from a file, or says what is wrong with it', async () => {
    const folder = await newFolder();
    const file = join(folder, 'world.json');
    await writeFile(file, JSON.stringify(twoSites));
    expect(readOptions(['--world', file])).toMatchObject({ world: twoSites });
    await writeFile(file, JSON.stringify({ sites: [{ id: 'UPPER' }], services: [] }));
    expect(() => readOptions(['--world', file])).toThrow(/sites\[0\]\.id/);
    await removeFolder(folder);
  });

  it('has a world without git services', () => {
    expect(readOptions(['--world', 'empty'])).toMatchObject({ world: { sites: [{ id: 'acme' }], services: [] } });
  });

  it('exits with 2 and the usage for an invalid command line', async () => {
    const child = spawn(process.execPath, ['sandbox/start.ts', '--bogus'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code).toBe(2);
    expect(errors).toContain('Usage: npm start');
  });
});

describe('a manifest', () => {
  const read = async (content: string) => {
    const folder = await newFolder();
    await mkdir(join(folder, 'locales'), { recursive: true });
    await writeFile(join(folder, 'manifest.yml'), content);
    try {
      return readManifest(folder);
    } finally {
      await removeFolder(folder);
    }
  };
  const head = 'app: { id: x, runtime: { name: nodejs24.x } }\n';

  it('has everything that the sandbox needs, with texts in the person’s language', () => {
    const manifest = readManifest(join(process.cwd(), 'test/fixtures/forge-app'));
    const panel = manifest.uiModules.find(({ key }) => key === 'panel');
    expect(panel).toMatchObject({ type: 'jira:issueContext', resource: 'main', resolver: { function: 'panel' } });
    expect(manifest.text({ i18n: 'panel.title' }, 'de_DE')).toBe('Eine Leiste');
    expect(manifest.text({ i18n: 'panel.title' }, 'fr-FR')).toBe('A panel');
    expect(manifest.text('As it is')).toBe('As it is');
    expect(manifest).toMatchObject({
      egress: expect.arrayContaining(['https://api.allowed.example']) as unknown,
      configurableEgress: true,
      scopes: expect.arrayContaining(['storage:app']) as unknown,
    });
  });

  it.each([
    ['a module kind', 'modules: { webtrigger: [{ key: x }] }', 'webtrigger'],
    ['custom entities', 'modules: {}\nstorage: { entities: [] }', 'storage'],
    ['a permission', 'modules: {}\npermissions: { clipboard: true }', 'clipboard'],
    ['an event', 'modules: { trigger: [{ key: t, function: f, events: [made-up] }] }', 'events'],
  ])('is refused with %s that is not modelled', async (_, content, named) => {
    await expect(read(head + content)).rejects.toThrow(named);
  });

  it('is refused with a reference to a missing part', async () => {
    await expect(read(`${head}modules: { consumer: [{ key: c, queue: q, function: missing }] }`)).rejects.toThrow(
      'no function "missing"',
    );
  });
});

describe('redaction', () => {
  const sample = 'abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst';
  it.each([
    ['a classic GitHub token', 'ghp_0123456789abcdefghijABCDEFGHIJ012345'],
    ['a fine-grained GitHub token', 'github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz'],
    ['a GitLab token', 'glpat-abcdefghij0123456789'],
    ['an AWS key id', 'AKIAIOSFODNN7EXAMPLE'],
    ['an old Azure DevOps token', sample],
    ['a new Azure DevOps token', 'A1b2'.repeat(21)],
  ])('takes out %s', (_, token) => {
    expect(redact(`/a/${token}?t=${token}&x=1`)).toBe('/a/[redacted]?t=[redacted]&x=1');
  });
  it('takes out credentials before a host, and after Bearer', () => {
    expect(redact('https://me:pass@github.com/a Authorization: Bearer abcdefghijklmnop.qrstuv')).toBe(
      'https://[redacted]@github.com/a Authorization: Bearer [redacted]',
    );
  });
  it('leaves commit ids and ordinary paths alone', () => {
    const path = '/repos/acme/web/git/commits/0123456789abcdef0123456789abcdef01234567';
    expect(redact(path)).toBe(path);
    expect(redact('a'.repeat(64))).toBe('a'.repeat(64));
  });
});
