import { openGitHub } from '../../../sandbox/services/github/open-github';
import { gitHubService } from '../../../sandbox/world/world';
import { github } from '../../../src/providers/github';
import { tokens } from '../../../rig/github-tokens';
import { servedDirectly } from '../../support/served-directly';
import { templateFiles } from '../../../rig/templates';

const repository = (name: string, files: readonly string[]) => ({
  owner: 'acme',
  name,
  collaborators: { alice: 'write' },
  files: templateFiles(files),
});
/** More than two of the service's pages. */
const labels = Array.from({ length: 230 }, (_, n) => `label ${String(n).padStart(3, '0')}`);
const world = (shared: readonly string[]) =>
  gitHubService.parse({
    kind: 'github',
    accounts: [{ login: 'alice', name: 'Alice', email: 'alice@acme.example' }],
    organizations: [{ login: 'acme', members: ['alice'] }],
    repositories: [
      repository('.github', shared),
      repository('root', ['Pull_Request_Template.txt']),
      repository('docs', ['docs/PULL_REQUEST_TEMPLATE.md']),
      repository('several', ['PULL_REQUEST_TEMPLATE/b.md', '.github/pull_request_template/a.txt']),
      repository('plain', []),
      { ...repository('labelled', []), labels },
    ],
    tokens: [{ account: 'alice', value: tokens.alice, scopes: ['repo'] }],
  });

describe.each([
  ['has one', ['.github/pull_request_template.md', 'PULL_REQUEST_TEMPLATE/more.md']],
  ['has none', []],
])('Templates on GitHub, where the organization %s for all', (_, shared) => {
  const served = servedDirectly('github.com', 'https://github.com', (options) => openGitHub(world(shared), options));

  it.each([
    ['root', ['Pull_Request_Template'], true],
    ['docs', ['PULL_REQUEST_TEMPLATE'], true],
    ['several', ['a', 'b'], undefined],
    ['plain', shared.length > 0 ? ['pull_request_template', 'more'] : [], shared.length > 0 || undefined],
  ])('of %s are %j, in one request', async (name, names, isDefault) => {
    const { connection, requests } = served();
    const asked = { repository: `acme/${name}`, target: 'main' };
    const form = await github.readRequestForm?.(connection(tokens.alice), asked);
    const templates = form?.ok === true ? form.value.templates : [];
    expect(templates.map((template) => template.name)).toEqual(names);
    expect(templates[0]?.isDefault).toBe(isDefault);
    expect(requests).toHaveLength(1);
  });

  it('come with all labels, however many there are', async () => {
    const { connection, requests } = served();
    const asked = { repository: 'acme/labelled', target: 'main' };
    expect(await github.readRequestForm?.(connection(tokens.alice), asked)).toMatchObject({ value: { labels } });
    expect(requests).toHaveLength(3);
  });
});
