import { kvs } from '@forge/kvs';
import { editions } from '../../src/domain/editions';
import { addActivity } from '../../src/store/activity';
import { tokens } from '../../rig/github-world';
import type { Tap } from 'local-forge';
import { openStage, type Stage } from '../../rig/stage';
import { nextMinute } from '../../rig/trials/consistency';
import { letOut } from './let-out';

const secrets = Object.values(tokens);
let stage: Stage;

afterEach(() => stage.close());

const payloadOn = (integrationId: string) => ({
  issueKey: 'DEMO-1',
  integrationId,
  repository: 'acme/web',
  ...{ search: '', sourceBranch: 'develop', targetBranch: 'main', name: 'DEMO-1-leak', branch: 'DEMO-1-leak' },
  address: 'https://github.com/acme/web/pull/7',
  title: 'DEMO-1',
  credential: { kind: 'token', token: tokens.aliceEndless },
});
const issueCalls = [
  'list-cards',
  'list-repositories',
  'list-branches',
  'create-branch',
  'create-pull-request',
  'delete-branch',
  'search-work',
  'attach-branch',
  'attach-address',
  'detach-work',
  'save-token',
  'check-branch-name',
  'list-reviewers',
  'read-request-form',
];

describe('A service that repeats the credential in a refusal', () => {
  const echoes = secrets
    .flatMap((secret) => [secret, `Basic ${Buffer.from(`x:${secret}`).toString('base64')}`])
    .join(' ');
  const bodies = {
    'as JSON': JSON.stringify({
      message: echoes,
      errors: [{ message: echoes, resource: echoes, code: echoes }],
      documentation_url: `https://x/?t=${echoes}`,
    }),
    'as a page': `<html><title>${echoes}</title>${echoes}</html>`,
  };
  it.each(Object.entries(bodies))('%s, in answers of every status, is not passed on anywhere', async (_, body) => {
    stage = await openStage({ load: () => import('../../src') });
    const integrationId = await stage.connect('acme');
    await stage.saveToken('acme', 'alice', integrationId);
    const answers: unknown[] = [];
    for (const status of [200, 400, 401, 403, 404, 409, 422, 429, 500, 502]) {
      const tap: Tap = ({ to }) => (to === 'service' ? { kind: 'answer', status, body } : undefined);
      for (const call of issueCalls)
        for (const as of ['alice', 'bob'])
          answers.push(
            await stage.app.invoke({ as, module: 'issue-context', call, payload: payloadOn(integrationId), tap }),
          );
    }
    expect(answers).toHaveLength(280);
    expect(await letOut(stage, answers, secrets)).toEqual([]);
  });
});

describe('A service that gives the credential back as a success', () => {
  const pull = { number: 7, title: `DEMO-1 ${tokens.alice}`, html_url: 'https://github.com/acme/web/pull/7' };
  const bodies = [
    { login: tokens.alice, id: 7, type: 'User' },
    { data: { search: { pageInfo: { hasNextPage: false, endCursor: tokens.alice }, nodes: [] } } },
    { ref: `refs/heads/${tokens.alice}`, object: { sha: 'a'.repeat(40) } },
    { ...pull, state: 'open', updated_at: '2026-11-30T00:00:00Z', head: { ref: 'x' }, base: { ref: 'y' }, user: null },
  ];

  it('brings it nowhere: not into an answer, a log, an address or storage', async () => {
    stage = await openStage({ load: () => import('../../src') });
    const integrationId = await stage.connect('acme');
    await stage.saveToken('acme', 'alice', integrationId);
    const answers: unknown[] = [];
    for (const body of bodies) {
      const tap: Tap = ({ to }) =>
        to === 'service' ? { kind: 'answer', status: 200, body: JSON.stringify(body) } : undefined;
      for (const call of issueCalls) {
        const payload = { ...payloadOn(integrationId), credential: { kind: 'token', token: tokens.alice } };
        answers.push(await stage.app.invoke({ as: 'alice', module: 'issue-context', call, payload, tap }));
      }
    }
    expect(answers).toHaveLength(56);
    expect(await letOut(stage, answers, secrets)).toEqual([]);
  });
});

describe('A secret that is planted', () => {
  const forms: readonly [string, (secret: string) => string][] = [
    ['plain', (secret) => secret],
    ['in base64 with a name before it', (secret) => Buffer.from(`alice:${secret}`).toString('base64')],
    ['in base64 of addresses', (secret) => Buffer.from(`:${secret}`).toString('base64url')],
    ['in hex', (secret) => Buffer.from(secret).toString('hex')],
    ['in an address', (secret) => `https://x.example/?token=${encodeURIComponent(secret)}`],
  ];
  /** The effect of a fault in the app right before its normal answer, and the check that finds it. */
  const plants: Readonly<Record<string, (planted: string, answer: any) => unknown>> = {
    logs: (planted) => void console.error(`asked with ${planted}`),
    addresses: (planted) => fetch(`https://api.github.com/user?as=${encodeURIComponent(planted)}`),
    answers: (planted, answer) => void (answer.value.link = planted),
    storage: (planted) => kvs.set('work:10001:planted', { kind: 'branch', title: planted }),
    tables: (planted) => addActivity({ ...noted, said: planted }),
  };
  const noted: Parameters<typeof addActivity>[0] = {
    at: new Date().toISOString(),
    action: 'create-branch',
    outcome: 'failed',
    error: 'TIMEOUT',
    accountId: '712020:a11ce000-0000-4000-8000-000000000002',
  };

  it.each(Object.keys(plants).flatMap((place) => forms.map(([form]) => [place, form])))(
    'makes a test fail: in %s, %s',
    async (place, form) => {
      const planted = new Map(forms).get(form)?.(tokens.alice) ?? '';
      const load = async () => {
        const real = await import('../../src');
        const issue: typeof real.issue = async (...invocation) => {
          const answer = await real.issue(...invocation);
          await plants[place]?.(planted, answer);
          return answer;
        };
        return { ...real, issue };
      };
      stage = await openStage({ load });
      const call = { as: 'alice', module: 'issue-context', call: 'load-issue', payload: { issueKey: 'DEMO-1' } };
      const answer: unknown = await stage.app.invoke(call);
      expect(answer).toMatchObject({ ok: true });
      // A table is made of what is stored.
      const found = place === 'tables' ? ['storage', 'tables'] : [place];
      expect(await letOut(stage, [answer], secrets)).toEqual(found);
      // A text that the sandbox redacts fails every test that closes the app.
      if (form === 'plain' && (place === 'logs' || place === 'addresses')) {
        await expect(stage.close()).rejects.toThrow('looks like a credential');
        stage = await openStage({ load: () => import('../../src') });
      }
      stage.app.forgive();
    },
  );
});

describe('An address an admin enters', () => {
  const places = [
    ...['http://git.acme.example', 'ftp://git.acme.example', 'file:///etc/passwd', 'gopher://git.acme.example'],
    ...['https://127.0.0.1', 'https://localhost:8443', 'https://10.0.0.8', 'https://192.168.1.1', 'https://[::1]'],
    ...['https://169.254.169.254/latest/meta-data', 'https://metadata.google.internal', 'https://[fd00:ec2::254]'],
    ...['https://2130706433', 'https://0x7f.1', 'https://0177.0.0.1', 'https://127。0。0。1', 'https://①②⑦.0.0.1'],
    ...['https://git.acme.example:22', 'https://git.acme.example:6379', 'https://git.acme.example:9200'],
    ...[
      'https://github.com@evil.example',
      'https://user:pass@git.acme.example',
      'https://git.acme.example#@evil.example',
    ],
    ...['https://git.acme.example/%2e%2e/x', 'https://git.acme.example\\@evil.example', 'https://gi%74.acme.example'],
    ...[
      'https://127.0.0.1.nip.io',
      'https://intranet',
      'https://git.corp',
      'https://git.acme.example?x=https://evil.example',
    ],
  ];
  const ownPlaces = Object.values(editions).filter(({ address }) => address.kind === 'url');

  it('is refused before any request when it could lead inside, for every service', async () => {
    stage = await openStage({ load: () => import('../../src') });
    const reached: string[] = [];
    for (const { id: edition } of ownPlaces) {
      nextMinute(stage);
      for (const address of places) {
        const payload = { edition, address, credential: { kind: 'token', token: tokens.bot } };
        const tap: Tap = ({ to, what }) => void (to === 'service' && reached.push(`${edition} ${address}: ${what}`));
        const answer = await stage.app.invoke({
          as: 'ada',
          module: 'manage-repositories',
          call: 'test-connection',
          payload,
          tap,
        });
        expect([address, answer.error?.code]).toEqual([address, 'INVALID_ADDRESS']);
      }
    }
    expect(ownPlaces.length).toBeGreaterThan(3);
    expect(reached).toEqual([]);
  });
});

describe('The description of a pull request', () => {
  it.each([
    'javascript:alert(1)',
    'https://evil.example/](https://evil.example)',
    'https://evil.example/"><script>',
    'data:text/html,x',
    ['https://a.example'],
    null,
  ])('gets a link of a key and an origin, and nothing else from the page’s own claims: %p', async (siteUrl) => {
    stage = await openStage({ load: () => import('../../src') });
    const integrationId = await stage.connect('acme');
    const payload = { ...payloadOn(integrationId), description: 'As I typed it.' };
    const call = { as: 'alice', module: 'issue-context', call: 'create-pull-request', payload, context: { siteUrl } };
    expect(await stage.app.invoke(call)).toMatchObject({ ok: true });
    expect(stage.descriptionOf(1)).toMatch(
      /^As I typed it\.\n\n---\n(DEMO-1|\[DEMO-1\]\(https:\/\/[a-z.]+\/browse\/DEMO-1\)) · created with Undersigned for Jira$/,
    );
  });
});
