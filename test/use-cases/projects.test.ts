import { openInProcess, type InProcessForge, type Site } from 'local-forge';
import { siteNamed } from '../../rig/site';

const COUNT = 10_000;
const usual = siteNamed('acme');
const many: Site['projects'] = Array.from({ length: COUNT }, (_, index) => ({
  id: String(20_000 + index),
  key: `P${index}`,
  name: `Project ${index}`,
  permissions: { BROWSE_PROJECTS: ['ada', 'alice'], VIEW_DEV_TOOLS: ['ada', 'alice'] },
}));

let app: InProcessForge;

beforeAll(async () => {
  const sites = [{ ...usual, projects: [...usual.projects, ...many] }];
  app = await openInProcess({ app: process.cwd(), load: () => import('../../src'), sites, services: [] });
});

afterAll(() => app.close());

const surfaces = [
  ['ada', 'manage-repositories', 'load-site'],
  ['alice', 'user-settings', 'load-user-settings'],
] as const;

describe.each(surfaces)('Of 10,000 projects %s in %s', (as, module, load) => {
  const ask = async (call: string, payload: object) => await app.invoke({ site: 'acme', as, module, call, payload });

  it('gets the first ones at once, and that there are more', async () => {
    const { value } = await ask(load, {});
    expect(value.moreProjects).toBe(true);
    expect(value.projects.length).toBeGreaterThanOrEqual(50);
  });

  it('finds the last one by its name and by its key', async () => {
    for (const search of ['Project 9999', 'p9999']) {
      const { value } = await ask('list-projects', { search });
      expect(value.items).toEqual([{ key: 'P9999', name: 'Project 9999' }]);
      expect(value.next).toBeUndefined();
    }
  });

  it('reaches the last one page by page, and none twice', async () => {
    const seen = new Set<string>();
    let cursor: string | undefined;
    let pages = 0;
    do {
      const { value } = await ask('list-projects', { search: 'project 99', ...(cursor && { cursor }) });
      for (const { key } of value.items) seen.add(key);
      cursor = value.next;
      pages += 1;
    } while (cursor !== undefined);
    expect(seen.size).toBe(111);
    expect(pages).toBe(3);
  });

  it.each(['x', '-1', '1e9', '12345678901'])('can’t use a foreign cursor: %s', async (cursor) => {
    expect((await ask('list-projects', { search: '', cursor })).error.code).toBe('INVALID_INPUT');
  });
});

it('People who see no development details see no projects either', async () => {
  const answer = await app.invoke({ site: 'acme', as: 'carol', module: 'user-settings', call: 'list-projects' });
  expect(answer.error.code).toBe('NO_JIRA_PERMISSION');
});
