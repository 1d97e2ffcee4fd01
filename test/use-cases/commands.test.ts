import { factsOf } from '../../src/domain/editions';
import { withoutCommands } from '../../src/domain/request-text';
import { pullCard } from '../../src/use-cases/see-work';
import { openStage, type Stage } from '../../rig/stage';

const site = 'acme';
const { commands } = factsOf('gitlab');

describe('A description at a service that carries out its lines', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ load: () => import('../../src'), services: ['gitlab'] });
  });
  afterAll(() => stage.close());

  it('is text for the integration account, and is carried out in a person’s own name', async () => {
    const id = await stage.connect(site);
    const described = async (branch: string): Promise<string> => {
      const where = { issueKey: 'DEMO-1', integrationId: id, repository: stage.repository };
      const call = (name: string, payload: object): Promise<any> =>
        stage.app.invoke({ site, as: 'alice', module: 'issue-context', call: name, payload: { ...where, ...payload } });
      expect(await call('create-branch', { sourceBranch: 'develop', name: branch })).toMatchObject({ ok: true });
      const request = { sourceBranch: branch, targetBranch: 'main', title: branch };
      const opened = await call('create-pull-request', {
        ...request,
        description: 'Why\n/assign @bob\n/copy_metadata !7',
      });
      expect(opened).toMatchObject({ ok: true });
      const { token } = stage.credentialOf(stage.bot) as { token: string };
      const page = `projects/${encodeURIComponent(stage.repository)}/merge_requests/${opened.value.card.number}`;
      const shown = new Request(`https://gitlab.com/api/v4/${page}`, { headers: { 'private-token': token } });
      return ((await (await stage.service.handle(shown)).json()) as { description: string }).description;
    };
    expect(await described('DEMO-1-as-the-account')).toContain('Why\n\\/assign @bob\n\\/copy_metadata !7');
    await stage.saveToken(site, 'alice', id);
    expect(await described('DEMO-1-as-alice')).toContain('Why\n/assign @bob\n/copy_metadata !7');
  });
});

it.each([
  ['/merge', '\\/merge'],
  ['a\r\n  /approve\n\t/label ~x', 'a\r\n  \\/approve\n\t\\/label ~x'],
  ['see /etc and a/b\n/ x\n//x\n/1', 'see /etc and a/b\n/ x\n//x\n/1'],
])('%j is text as %j', (written, text) => {
  expect(withoutCommands(written, commands)).toBe(text);
  expect(withoutCommands(written, undefined)).toBe(written);
});

it('A person’s name is shown and stored within the longest length of a name', () => {
  const pull = {
    repository: 'acme/web',
    number: 1,
    title: 'x',
    url: '',
    state: 'open',
    source: 'x',
    target: 'y',
  } as const;
  expect(pullCard('i', { ...pull, author: 'x'.repeat(100_000) }).author?.length).toBeLessThanOrEqual(255);
});
