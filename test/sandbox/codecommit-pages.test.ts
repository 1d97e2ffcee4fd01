import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCodeCommit } from '../../sandbox/services/codecommit/open-codecommit';
import type { Service } from '../../sandbox/services/service';
import { codeCommitService } from '../../sandbox/world/codecommit';
import { demoWorld } from '../../sandbox/world/demo';
import { codecommit } from '../../src/providers/codecommit';
import { serviceAt } from '../../src/domain/service';
import { linksOf } from '../../src/providers/links';
import { codeCommitDefinition, keys } from '../support/codecommit-world';
import { openCodeCommitStage } from '../support/codecommit-stage';

let directory: string;
let service: Service;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'undersigned-codecommit-pages-'));
  service = await openCodeCommit(codeCommitDefinition, { directory });
});
afterAll(async () => {
  await service.close();
  await rm(directory, { recursive: true });
});
beforeEach(() => service.reset());

const us = serviceAt('codecommit', 'us-east-1');
const keysPage = linksOf(us).newToken(us, 'note');

const get = (url: string) => service.handle(new Request(url));
const post = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  service.handle(new Request(url, { method: 'POST', body: new URLSearchParams(fields), headers }));

const json = { accept: 'application/json' };

describe('a simulated console: access keys', () => {
  it('are made at the address the app links to, and both parts are shown once', async () => {
    const page = await (await post(keysPage, { user: 'bob', do: 'create' })).text();
    const id = /id="access-key-id"[^>]*value="([^"]+)"/.exec(page)?.[1];
    const secret = /id="secret-access-key"[^>]*value="([^"]+)"/.exec(page)?.[1] ?? 'none';
    expect(id).toMatch(/^AKIA[A-Z2-7]{16}$/);
    expect(secret).toMatch(/^[A-Za-z0-9/+]{40}$/);
    const list = await (await get(keysPage)).text();
    expect(list).toContain(id);
    expect(list).not.toContain(secret);
  });

  it('are two a user at most', async () => {
    expect((await post(keysPage, { user: 'bob' }, json)).status).toBe(200);
    const third = await post(keysPage, { user: 'bob' }, json);
    expect([third.status, await third.json()]).toEqual([422, { message: 'A user can have two access keys at most' }]);
  });

  it('make room when they are deleted', async () => {
    await post(keysPage, { user: 'bob' }, json);
    expect((await post(keysPage, { key: keys.bob.id, do: 'delete' }, json)).status).toBe(200);
    expect((await post(keysPage, { user: 'bob' }, json)).status).toBe(200);
  });

  it.each(['nobody', 'root', ''])('are made for users only, not for “%s”', async (user) => {
    expect((await post(keysPage, { user }, json)).status).toBe(422);
  });

  it('are not made by a page of another site', async () => {
    expect((await post(keysPage, { user: 'bob' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  it('do nothing that is not on the page', async () => {
    expect((await post(keysPage, { key: keys.bob.id, do: 'steal' }, json)).status).toBe(422);
    expect((await post(keysPage, { key: 'AKIAQQQQQQQQQQQQQQQQ', do: 'delete' }, json)).status).toBe(422);
    expect((await service.handle(new Request(keysPage, { method: 'DELETE' }))).status).toBe(405);
  });

  it('work for the adapter, until they are switched off', async () => {
    const stage = await openCodeCommitStage(
      codeCommitService.parse({ ...codeCommitDefinition, repositories: [{ name: 'web' }] }),
    );
    const send = (fields: Record<string, string>) =>
      stage.service.handle(new Request(keysPage, { method: 'POST', body: new URLSearchParams(fields), headers: json }));
    try {
      await stage.again();
      const key = (await (await send({ user: 'carol' })).json()) as { id: string; secret: string; account: string };
      expect(key.account).toBe('carol');
      expect(await codecommit.checkToken(stage.connection(key))).toMatchObject({ ok: true, value: { login: 'carol' } });
      await send({ key: key.id, do: 'deactivate' });
      expect(await codecommit.checkToken(stage.connection(key))).toEqual({
        ok: false,
        error: { code: 'AUTH_INVALID' },
      });
      await send({ key: key.id, do: 'activate' });
      expect(await codecommit.checkToken(stage.connection(key))).toMatchObject({ ok: true });
    } finally {
      stage.rest();
      await stage.close();
    }
  });
});

describe('a simulated console: repositories', () => {
  it('are shown at the addresses the app links to', async () => {
    const branch = await (await get(linksOf(us).branch(us, 'web', 'odd/100%-#1+ü'))).text();
    expect(branch).toContain('web: odd/100%-#1+ü');
    expect(branch).toContain('First commit');
    const page =
      'https://us-east-1.console.aws.amazon.com/codesuite/codecommit/repositories/web/browse?region=us-east-1';
    expect(await (await get(page)).text()).toContain('feature/DEMO-1-login');
  });

  it.each([
    '/nothing',
    '/codesuite/codecommit/repositories/gone/browse',
    '/codesuite/codecommit/repositories/web/browse/refs/heads/gone',
    '/codesuite/codecommit/repositories/web/pull-requests/9/details',
    '/codesuite/codecommit/repositories/web/browse/refs/heads/%E0%A4%A',
  ])('are not found at %s', async (path) => {
    expect((await get(`https://us-east-1.console.aws.amazon.com${path}`)).status).toBe(404);
  });

  it('show text as text', async () => {
    const evil = codeCommitService.parse({
      ...codeCommitDefinition,
      repositories: [{ name: 'web', description: '<script>alert(1)</script>' }],
    });
    const folder = await mkdtemp(join(tmpdir(), 'undersigned-codecommit-evil-'));
    const other = await openCodeCommit(evil, { directory: folder });
    const response = await other.handle(new Request('https://us-east-1.console.aws.amazon.com/'));
    expect(await response.text()).not.toContain('<script>');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    await other.close();
    await rm(folder, { recursive: true });
  });
});

describe('a simulated CodeCommit as a whole', () => {
  it('keeps its state over a restart, and loses it on a reset', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'undersigned-codecommit-again-'));
    const first = await openCodeCommit(codeCommitDefinition, { directory: folder });
    const made = await first.handle(
      new Request(keysPage, { method: 'POST', body: new URLSearchParams({ user: 'carol' }), headers: json }),
    );
    const { id } = (await made.json()) as { id: string };
    await first.close();
    const second = await openCodeCommit(codeCommitDefinition, { directory: folder });
    expect(await (await second.handle(new Request(keysPage))).text()).toContain(id);
    await second.reset();
    expect(await (await second.handle(new Request(keysPage))).text()).not.toContain(id);
    await second.close();
    expect((await readdir(join(folder, 'repositories'))).sort()).toContain('web.git');
    await rm(folder, { recursive: true });
  });

  it('refuses a world with a key of nobody', async () => {
    const odd = { ...codeCommitDefinition, accessKeys: [{ user: 'zoe', id: 'x', secret: 'y', active: true }] };
    await expect(openCodeCommit(odd, { directory })).rejects.toThrow('no such account');
  });

  it.each([
    ['cn-north-1', 'codecommit.cn-north-1.amazonaws.com.cn', 'arn:aws-cn:'],
    ['us-gov-west-1', 'codecommit.us-gov-west-1.amazonaws.com', 'arn:aws-us-gov:'],
  ])('is in %s when the world says so, and its keys work there', async (region, host, arn) => {
    const stage = await openCodeCommitStage(
      codeCommitService.parse({ ...codeCommitDefinition, region, repositories: [{ name: 'web' }] }),
    );
    try {
      await stage.again();
      expect(stage.service.hosts).toContain(host);
      const checked = await codecommit.checkToken(stage.connection(keys.alice));
      expect(checked.ok && checked.value.accountId.startsWith(arn)).toBe(true);
    } finally {
      stage.rest();
      await stage.close();
    }
  });

  it('is part of the demo world, whose people make their keys themselves', async () => {
    const demo = demoWorld.services.find((one) => one.kind === 'codecommit');
    expect(demo?.accessKeys).toEqual([]);
    expect(demo?.users.map(({ name }) => name)).toEqual(['undersigned', 'alice', 'bob']);
  });

  it('has the licence and the notice of the model that judges it', async () => {
    expect(await readFile('test/oracles/codecommit/LICENSE', 'utf8')).toContain('Apache License');
    expect(await readFile('test/oracles/codecommit/NOTICE', 'utf8')).toContain('Amazon.com');
  });
});
