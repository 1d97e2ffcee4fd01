import fc from 'fast-check';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NO_OBJECT, isValidRefName, openBareRepository } from '../../sandbox/services/git/bare-repository';
import type { BareRepository } from '../../sandbox/services/git/bare-repository';
import { createBareRepository } from '../../sandbox/services/git/create-repository';
import { runGit } from '../../sandbox/services/git/run-git';
import { pushCommands } from '../../sandbox/services/git/smart-http';

const content = {
  defaultBranch: 'main',
  empty: false,
  title: 'acme/web',
  author: { name: 'Ada', email: 'ada@acme.example' },
  branches: [
    { name: 'develop', commits: 2 },
    { name: 'feature/DEMO-1', commits: 0 },
  ],
};

let directory: string;
let repository: BareRepository;
async function make(name: string, changes: Partial<typeof content> = {}): Promise<BareRepository> {
  await createBareRepository(join(directory, name), { ...content, ...changes });
  return openBareRepository(join(directory, name));
}
const shaOf = async (branch: string): Promise<string> => (await repository.ref(`refs/heads/${branch}`))?.sha ?? '';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bare-'));
  repository = await make('web.git');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('a bare repository', () => {
  it('has the same commit ids each time it is made from the same content', async () => {
    const again = await make('again.git');
    expect(await again.refs('refs/heads/')).toEqual(await repository.refs('refs/heads/'));
    const other = await make('other.git', { title: 'acme/other' });
    expect(await other.refs('refs/heads/')).not.toEqual(await repository.refs('refs/heads/'));
  });

  it('starts branches at the default branch and counts their own commits', async () => {
    const main = await shaOf('main');
    expect(await shaOf('feature/DEMO-1')).toBe(main);
    expect(await repository.countCommits(main, await shaOf('develop'))).toBe(2);
    expect(await repository.isAncestor(main, await shaOf('develop'))).toBe(true);
    expect(await repository.isAncestor(await shaOf('develop'), main)).toBe(false);
    expect(await repository.changes(main, await shaOf('develop'))).toEqual({ files: 2, additions: 2, deletions: 0 });
  });

  it('is empty without a commit', async () => {
    const empty = await make('empty.git', { empty: true, branches: [] });
    expect(await empty.isEmpty()).toBe(true);
    expect(await repository.isEmpty()).toBe(false);
  });

  it('lists refs by whole and by partial prefix', async () => {
    const names = async (prefix: string): Promise<string[]> => (await repository.refs(prefix)).map(({ name }) => name);
    expect(await names('refs/heads/')).toEqual(['refs/heads/develop', 'refs/heads/feature/DEMO-1', 'refs/heads/main']);
    expect(await names('refs/heads/dev')).toEqual(['refs/heads/develop']);
    expect(await names('refs/heads/nothing')).toEqual([]);
  });

  it('has the same refs as git after every kind of change', async () => {
    const main = await shaOf('main');
    const run = async (...args: string[]) => {
      const { code, stdout, stderr } = await runGit(args, { cwd: repository.path });
      expect([code, stderr]).toEqual([0, '']);
      return stdout.toString();
    };
    const changes = [
      ['update-ref', 'refs/heads/new/one', main],
      ['update-ref', 'refs/heads/new/one', await shaOf('develop')],
      ['update-ref', '-d', 'refs/heads/develop'],
      ['pack-refs', '--all'],
      ['update-ref', '-d', 'refs/heads/new/one'],
      ['update-ref', 'refs/heads/new', main],
      ['update-ref', 'refs/pull/1/head', main],
      ['-c', 'user.name=Ada', '-c', 'user.email=a@acme.example', 'tag', '-m', 'Annotated', 'v1', main],
      ['pack-refs', '--all', '--prune'],
    ];
    for (const change of changes) {
      await run(...change);
      const told = (await repository.refs('')).map(({ sha, type, name }) => `${sha} ${type}\t${name}\n`).join('');
      expect([change, told]).toEqual([change, await run('for-each-ref')]);
    }
  });

  it('creates a ref once, and then names the conflict', async () => {
    const main = await shaOf('main');
    expect(await repository.createRef('refs/heads/new', main)).toEqual({ ok: true });
    expect(await shaOf('new')).toBe(main);
    const why = async (name: string, sha = main): Promise<unknown> => {
      const change = await repository.createRef(name, sha);
      return change.ok ? 'done' : change.why;
    };
    expect(await why('refs/heads/new')).toBe('exists');
    expect(await why('refs/heads/feature')).toBe('conflict');
    expect(await why('refs/heads/new/below')).toBe('conflict');
    expect(await why('refs/heads/a..b')).toBe('invalid-name');
    expect(await why('refs/heads/elsewhere', 'a'.repeat(40))).toBe('no-object');
  });

  it('lets only one of many creations of the same ref through', async () => {
    const main = await shaOf('main');
    const changes = await Promise.all(Array.from({ length: 8 }, () => repository.createRef('refs/heads/race', main)));
    expect(changes.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('deletes an existing ref, and reports a missing one', async () => {
    expect(await repository.deleteRef('refs/heads/develop')).toEqual({ ok: true });
    expect(await repository.ref('refs/heads/develop')).toBeUndefined();
    expect(await repository.deleteRef('refs/heads/develop')).toMatchObject({ ok: false, why: 'missing' });
  });

  it('knows what kind of object an id names', async () => {
    expect(await repository.objectType(await shaOf('main'))).toBe('commit');
    expect(await repository.objectType(NO_OBJECT)).toBeUndefined();
    expect(await repository.objectType('--help')).toBeUndefined();
  });

  it.each([
    ['refs/heads/ok', true],
    ['refs/heads/日本語', true],
    ['refs/heads/-ok', true],
    ['refs/heads/a b', false],
    ['refs/heads/a..b', false],
    ['refs/heads/a.lock', false],
    ['refs/heads/.a', false],
    ['--branch', false],
    ['refs/heads/a\0b', false],
  ])('judges the name %j as git does', async (name, expected) => {
    expect(await isValidRefName(name)).toBe(expected);
  });

  it('never calls git for plain names, and git accepts every one of them', async () => {
    const part = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/);
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 4 }), async (parts) => {
        const name = `refs/heads/${parts.join('/')}`;
        expect(await isValidRefName(name)).toBe(true);
        expect((await runGit(['check-ref-format', name])).code).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('cannot be opened where there is none', () => {
    expect(() => openBareRepository(join(directory, 'nowhere.git'))).toThrow('No bare git repository');
  });
});

describe('the commands of a push', () => {
  const line = (text: string): string => (text.length + 4).toString(16).padStart(4, '0') + text;

  it('are read up to the pack', () => {
    const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];
    const body = `${line(`${NO_OBJECT} ${a} refs/heads/x\0 report-status`)}${line(`${a} ${b} refs/heads/y`)}0000PACK…`;
    expect(pushCommands(Buffer.from(body))).toEqual([
      { before: NO_OBJECT, after: a, ref: 'refs/heads/x' },
      { before: a, after: b, ref: 'refs/heads/y' },
    ]);
  });

  it('are none in what is no push', () => {
    expect(pushCommands(Buffer.from('0000'))).toEqual([]);
    expect(pushCommands(Buffer.from('nonsense'))).toEqual([]);
  });
});
