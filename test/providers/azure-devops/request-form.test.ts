import { azureDevOps } from '../../../src/providers/azure-devops';
import { templateText } from '../../../rig/templates';
import { azure, door, serving } from '../../support/serving-azure-devops';

const repository = 'Shop/folders';

async function read(target: string, of = repository) {
  const form = await azureDevOps.readRequestForm?.(azure.as('alice'), { repository: of, target });
  if (!form?.ok) throw new Error(JSON.stringify(form));
  return form.value.templates;
}

describe.each(['azure-devops', 'azure-devops-server-2019'] as const)('Templates at %s', (edition) => {
  serving(edition);

  it.each([
    ['main', ['PULL_REQUEST_TEMPLATE', 'hotfix']],
    // The nearest folder of the branch, in any case.
    ['release/1.0', ['1.0', 'PULL_REQUEST_TEMPLATE', 'hotfix']],
    ['release/2.0/beta', ['release', 'PULL_REQUEST_TEMPLATE', 'hotfix']],
    ['LEGACY/x', ['Legacy', 'PULL_REQUEST_TEMPLATE', 'hotfix']],
    ['releases', ['PULL_REQUEST_TEMPLATE', 'hotfix']],
  ])('for %s begin with the one of the branch, then the usual one', async (target, names) => {
    const found = await read(target);
    expect(found.map(({ name }) => name)).toEqual(names);
    expect(found[0]).toEqual({ name: names[0], text: templateText(names[0] ?? ''), isDefault: true });
    expect(found.slice(1).every(({ isDefault }) => isDefault === undefined)).toBe(true);
  });

  it('cost one request where there are none', async () => {
    door.requests.length = 0;
    expect(await read('main', 'Shop/web')).toEqual([]);
    expect(door.requests.filter(({ url }) => new URL(url).pathname.endsWith('/items'))).toHaveLength(1);
  });

  it('hide no other where one cannot be read', async () => {
    const through = globalThis.fetch;
    const isHotfix = (input: Parameters<typeof fetch>[0]) => new Request(input).url.includes('hotfix.md');
    globalThis.fetch = async (input, init) =>
      isHotfix(input) ? Response.json({ message: 'No.' }, { status: 403 }) : through(input, init);
    expect((await read('main')).map(({ name }) => name)).toEqual(['PULL_REQUEST_TEMPLATE']);
  });
});
