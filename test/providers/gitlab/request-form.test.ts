import { openGitLab } from '../../../sandbox/services/gitlab/open-gitlab';
import { gitLabService } from '../../../sandbox/world/world';
import { gitlab } from '../../../src/providers/gitlab';
import { tokens } from '../../support/gitlab-world';
import { servedDirectly } from '../../support/served-directly';

const folder = '.gitlab/merge_request_templates';
/** More than two of the service's pages. */
const labels = Array.from({ length: 230 }, (_, n) => `label ${String(n).padStart(3, '0')}`);
const world = (premium: boolean) =>
  gitLabService.parse({
    kind: 'gitlab',
    premium,
    accounts: [{ login: 'alice', name: 'Alice', email: 'alice@acme.example' }],
    groups: [{ path: 'acme', members: { alice: 'developer' } }],
    projects: [
      {
        path: 'acme/web',
        mergeRequestsTemplate: 'As the project says, to %{target_branch}.',
        files: { [`${folder}/default.md`]: 'The usual', [`${folder}/Bug.md`]: 'Broken', [`${folder}/old/x.md`]: 'No' },
      },
      {
        path: 'acme/governed',
        labels,
        files: { CODEOWNERS: '* @acme/shop @bob\n' },
        approvalRules: [
          { name: 'Everybody', count: 2, users: ['bob', 'eve'], branches: [] },
          { name: 'Releases', count: 1, users: [], branches: ['release/*'] },
        ],
      },
      { path: 'acme/some', files: { [`${folder}/Bug.md`]: 'Broken', [`${folder}/Blank.md`]: ' \n' } },
    ],
    tokens: [{ account: 'alice', value: tokens.alice, scopes: ['api'] }],
  });

describe.each([
  ['free', false],
  ['paid', true],
])('Templates on GitLab, in a %s plan', (_, premium) => {
  const served = servedDirectly('gitlab.com', 'https://gitlab.com', (options) => openGitLab(world(premium), options));
  const read = async (repository: string) => {
    const form = await gitlab.readRequestForm?.(served().connection(tokens.alice), { repository, target: 'next' });
    return form?.ok === true ? form.value.templates : form;
  };

  it('begin with the project’s setting where there is one, or else with Default', async () => {
    const ofProject = { name: 'acme/web', text: 'As the project says, to next.', isDefault: true };
    const usual = { name: 'default', text: 'The usual', ...(!premium && { isDefault: true }) };
    const bug = { name: 'Bug', text: 'Broken' };
    expect(await read('acme/web')).toEqual(premium ? [ofProject, bug, usual] : [usual, bug]);
  });

  it('are to choose from where none is the usual one, and none of them is blank', async () => {
    expect(await read('acme/some')).toEqual([{ name: 'Bug', text: 'Broken' }]);
  });

  it('come with all labels, however many there are, and with whose approval the plan will want', async () => {
    const ask = async (target: string) =>
      gitlab.readRequestForm?.(served().connection(tokens.alice), { repository: 'acme/governed', target });
    const all = { kind: 'approvals', people: ['bob', 'eve'], count: 2 };
    const releases = { kind: 'approvals', people: [], count: 1 };
    const owners = { kind: 'code-owners', people: ['@acme/shop', '@bob'] };
    expect(await ask('main')).toMatchObject({ value: { labels, rules: premium ? [all, owners] : [] } });
    const ofRelease = (await ask('release/1.0'))?.ok === true ? await ask('release/1.0') : undefined;
    expect(ofRelease).toMatchObject({ value: { rules: premium ? [all, releases] : [] } });
  });
});
