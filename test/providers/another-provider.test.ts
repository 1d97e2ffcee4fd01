import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection, Provider } from '../../src/providers/provider';
import { entries } from '../fixtures/example-provider/entries';
import { openEgressDoor, type EgressDoor } from '../support/egress-door';

const root = join(__dirname, '../..');
const fixture = join(root, 'test/fixtures/example-provider/src');
const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() !== '').length;

/** The project with the example's folder and entries in it, as CONTRIBUTING.md says. */
function projectWithExample(): string {
  const copy = mkdtempSync(join(tmpdir(), 'another-provider-'));
  const parts = ['src', 'static', 'locales', 'tsconfig.json', 'package.json'];
  for (const part of parts)
    cpSync(join(root, part), join(copy, part), { recursive: true, filter: (path) => !path.endsWith('static/dist') });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  cpSync(fixture, join(copy, 'src'), { recursive: true });
  for (const { file, after, add } of entries) {
    const text = readFileSync(join(copy, file), 'utf8');
    const at = text.indexOf(after);
    if (at === -1) throw new Error(`${file} no longer says "${after}": the example and CONTRIBUTING.md have to follow`);
    writeFileSync(join(copy, file), text.slice(0, at + after.length) + add + text.slice(at + after.length));
  }
  return copy;
}

/** Backend and pages in one program, with the options of the pages: most of its time goes into what both of them load. */
function compilerSays(project: string): Promise<string> {
  writeFileSync(
    join(project, 'static/tsconfig.both.json'),
    '{ "extends": "./tsconfig.json", "include": [".", "../src"] }',
  );
  const args = ['-p', join(project, 'static/tsconfig.both.json'), '--noEmit'];
  const tsc = spawn(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...args]);
  let said = '';
  for (const stream of [tsc.stdout, tsc.stderr]) stream.on('data', (text) => (said += text));
  return new Promise((resolve) => tsc.on('close', (code) => resolve(code === 0 ? said : `${said} ended with ${code}`)));
}

/** A service as small as the adapter: one repository, one account, branches in memory. Its first new branch loses its answer. */
function serveExample(): { server: Server; branches: Map<string, string> } {
  const branches = new Map([['main', 'c0ffee']]);
  let lost = false;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://example');
    const answer = (status: number, body?: unknown) => response.writeHead(status).end(JSON.stringify(body));
    if (request.headers.authorization !== 'Bearer example-token-of-alice') return answer(401, {});
    if (url.pathname === '/api/user') return answer(200, { login: 'alice', accountId: '7' });
    if (url.pathname !== '/api/repositories/acme%2Fweb/branches') return answer(404, {});
    const of = (name: string) => ({ repository: 'acme/web', name, commit: branches.get(name) });
    if (request.method === 'GET') {
      const found = [...branches.keys()].filter((name) => name.includes(url.searchParams.get('search') ?? ''));
      return answer(200, { items: found.map(of) });
    }
    if (request.method === 'DELETE') return answer(branches.delete(url.searchParams.get('name') ?? '') ? 204 : 404);
    let body = '';
    request.on('data', (text) => (body += text));
    return request.on('end', () => {
      const { name, source } = JSON.parse(body) as { name: string; source: string };
      if (branches.has(name)) return answer(409, {});
      branches.set(name, branches.get(source) ?? '');
      if (lost) return answer(201, of(name));
      lost = true;
      return request.socket.destroy();
    });
  });
  return { server, branches };
}

describe('another provider', () => {
  let project: string;
  beforeAll(() => (project = projectWithExample()));
  afterAll(() => rmSync(project, { recursive: true }));

  it('is one line outside its folder', () => {
    expect(entries.map(({ file, add }) => [file, linesOf(add)])).toEqual([['src/providers/facts.ts', 1]]);
  });

  it('is less than a hundred lines with everything in its folder', () => {
    const folder = readdirSync(join(fixture, 'providers/example'));
    const lines = folder.map((file) => linesOf(readFileSync(join(fixture, 'providers/example', file), 'utf8')));
    expect(lines.reduce((sum, count) => sum + count, 0)).toBeLessThan(100);
  });

  it('has everything that backend and pages need', async () => {
    expect(await compilerSays(project)).toBe('');
  });

  describe('behind the port', () => {
    let door: EgressDoor;
    let served: ReturnType<typeof serveExample>;
    let provider: Provider;
    let connection: (token: string) => Connection;

    beforeAll(async () => {
      served = serveExample();
      await new Promise<void>((resolve) => served.server.listen(0, '127.0.0.1', resolve));
      const { port } = served.server.address() as AddressInfo;
      door = openEgressDoor({ 'git.example.com': `http://127.0.0.1:${port}` });
      const at = (file: string) => import(join(project, 'src', file));
      provider = await (await at('providers/registry')).loadProvider('example');
      const { serviceAt } = await at('domain/service');
      const { secret } = await at('domain/secret');
      const { offerings, placeIn } = await at('domain/offerings');
      const offering = offerings.find(({ key }: { key: string }) => key === 'example');
      const { value } = placeIn(offering, 'https://git.example.com/');
      connection = (token) => ({
        service: serviceAt(value.edition, value.address),
        credential: { kind: 'token', token: secret(token) },
        deadline: Date.now() + 5_000,
      });
    });
    afterAll(() => {
      served.server.close();
      door.close();
    });

    const branch = { repository: 'acme/web', name: 'DEMO-1-example', source: 'main' };
    const alice = () => connection('example-token-of-alice');

    it('names the owner of a token, and refuses a wrong one', async () => {
      expect(await provider.checkToken(alice())).toMatchObject({ ok: true, value: { login: 'alice' } });
      expect(await provider.checkToken(connection('wrong'))).toEqual({ ok: false, error: { code: 'AUTH_INVALID' } });
    });

    it('reads a lost answer back, sends no write twice, and names an existing one', async () => {
      expect(await provider.createBranch(alice(), branch)).toMatchObject({ ok: true, value: { commit: 'c0ffee' } });
      expect(door.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
      expect(await provider.createBranch(alice(), branch)).toEqual({ ok: false, error: { code: 'BRANCH_EXISTS' } });
    });

    it('finds a branch by a part of its name, and deletes it', async () => {
      served.branches.set('DEMO-2-found', 'c0ffee');
      const found = await provider.listBranches(alice(), { repository: 'acme/web', search: '2-fo' });
      expect(found).toMatchObject({ ok: true, value: { items: [{ name: 'DEMO-2-found' }] } });
      expect(await provider.deleteBranch(alice(), { repository: 'acme/web', name: 'DEMO-2-found' })).toEqual({
        ok: true,
        value: undefined,
      });
      expect(served.branches.has('DEMO-2-found')).toBe(false);
    });
  });
});
