import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readManifest, type Manifest } from 'local-forge';

const folder = mkdtempSync(join(tmpdir(), 'manifest-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Reads a manifest with a given app, functions and resources. */
function read(more: string, without: string[] = []): Manifest {
  const modules = more.includes('modules:') ? '' : withModules('');
  const text = `app: { id: a, runtime: { name: nodejs24.x } }\nresources: [{ key: main, path: build }]\n${modules}${more}`;
  writeFileSync(join(folder, 'manifest.yml'), text);
  return readManifest(folder, without);
}

const withModules = (text: string): string =>
  `modules:\n  function: [{ key: f, handler: index.run }]\n${text.replace(/^/gm, '  ')}\n`;

describe('a part that can’t run here', () => {
  it.each([
    ['UI Kit', 'jira:globalPage: [{ key: x, title: X, resource: main, render: native }]', 'jira:globalPage:x: UI Kit'],
    ['the first UI Kit', 'jira:issuePanel: [{ key: x, title: X, function: f }]', 'jira:issuePanel:x: UI Kit'],
    [
      'a remote resolver',
      'jira:adminPage: [{ key: x, title: X, resource: main, resolver: { endpoint: e } }]',
      'remote',
    ],
    ['Confluence', 'confluence:contextMenu: [{ key: x, title: X, function: f }]', 'confluence:contextMenu:x'],
    ['dashboards', 'dashboards:widget: [{ key: x, title: X, resource: main }]', 'dashboards:widget:x: its product'],
    ['a web trigger', 'webtrigger: [{ key: x, function: f }]', 'webtrigger:x: web triggers'],
    ['Rovo', 'rovo:agent: [{ key: x, name: X, prompt: hello }]', 'rovo:agent:x'],
    ['SQL', 'sql: [{ key: x, engine: mysql }]', 'sql:x'],
    [
      'a custom field',
      'jira:customField: [{ key: x, name: X, type: string }]',
      'jira:customField:x: it is not modelled',
    ],
    [
      'a schedule of a remote',
      'scheduledTrigger: [{ key: x, endpoint: e, interval: day }]',
      'scheduledTrigger:x: remote',
    ],
    ['a typing error', 'jira:issuePanels: [{ key: x }]', 'jira:issuePanels:x: Forge has no such module'],
  ])('is named: %s', (_, module, named) => {
    expect(() => read(withModules(module))).toThrow(named);
    const [, name = ''] = /--without (\S+)$/.exec(refusalOf(withModules(module))) ?? [];
    expect(read(withModules(module), [name]).notes).toContain(`${name} was left out.`);
  });

  it('is named together, at the top as well', () => {
    const text = `${withModules('webtrigger: [{ key: x, function: f }]')}remotes: [{ key: r, baseUrl: https://r.example }]\n`;
    expect(refusalOf(text)).toContain('--without remotes --without webtrigger:x');
  });
});

describe('a part that runs', () => {
  it.each([
    ['jira:issueContext', '{ label: L, status: { type: badge } }'],
    ['jira:issuePanel', '{ allowMultiple: true, viewportSize: large, icon: "https://icons.example/a.svg" }'],
    ['jira:issueGlance', '{ label: L }'],
    ['jira:issueActivity', '{ unlicensedAccess: [anonymous] }'],
    ['jira:projectPage', '{ layout: native, pages: [{ title: One, route: one }] }'],
    ['jira:projectSettingsPage', '{ layout: basic }'],
    ['jira:globalPage', '{ sections: [{ header: H, pages: [{ title: One, route: one }] }] }'],
    ['jira:dashboardGadget', '{ description: D, thumbnail: "https://icons.example/a.png", edit: { resource: main } }'],
    ['jira:adminPage', '{ render: default, useAsConfig: true }'],
  ])('is a page of %s, even with settings without effect', (type, more) => {
    const item = `{ key: x, title: X, resource: main, resolver: { function: f }, ${more.slice(1)}`;
    const { uiModules, notes } = read(withModules(`${type}: [${item}]`));
    expect(uiModules).toMatchObject([{ type, key: 'x', resource: 'main' }]);
    for (const name of [
      'status',
      'allowMultiple',
      'viewportSize',
      'icon',
      'unlicensedAccess',
      'thumbnail',
      'edit',
      'useAsConfig',
    ])
      expect(notes.some((note) => note.startsWith(`${name} of ${type}:x has no effect`))).toBe(
        more.includes(`${name}:`),
      );
  });

  it('names all other parts without effect', () => {
    const trigger =
      'trigger: [{ key: t, function: f, filter: { ignoreSelf: true }, events: [{ eventType: "avi:jira:updated:issue", filter: {} }] }]';
    const manifest = read(
      withModules(`${trigger}\njira:globalPage: [{ key: x, title__i18n: a.b, resource: main }]`).replace(
        /^/,
        'translations: { resources: [], fallback: { default: en-US } }\npermissions: { enforcement: strict }\n',
      ),
    );
    expect(manifest.triggers).toMatchObject([{ events: ['avi:jira:updated:issue'] }]);
    expect(manifest.notes).toEqual([
      'filter of trigger:t has no effect here: nothing is filtered.',
      'permissions.enforcement has no effect here.',
    ]);
    expect(() => manifest.text({ i18n: 'a.b' })).toThrow('a.b');
  });

  it.each([
    ['addresses as texts', 'permissions: { external: { fetch: { backend: ["https://a.example"] } } }'],
    [
      'addresses with a reason',
      'permissions: { external: { fetch: { backend: [{ address: "https://a.example" }] } } }',
    ],
  ])('reads %s', (_, text) => expect(read(text).egress).toEqual(['https://a.example']));

  it.each([
    ['a list', 'permissions: { scopes: ["read:jira-work"] }'],
    ['a map', 'permissions: { scopes: { "read:jira-work": { allowImpersonation: true } } }'],
  ])('reads scopes as %s', (_, text) => expect(read(text).scopes).toEqual(['read:jira-work']));

  it('reads anchors, handlers in folders, and consumers of the older shape', () => {
    const consumer = 'consumer: [{ key: c, queue: q, resolver: { function: f, method: work } }]';
    const pages = 'jira:adminPage:\n  - &a { key: x, title: X, resource: main }\n  - { <<: *a, key: y }';
    const text = withModules(`${consumer}\n${pages}`).replace('index.run', 'resolvers/deep.run');
    const { uiModules, functions, consumers } = read(text);
    expect(uiModules.map(({ key, title }) => [key, title])).toEqual([
      ['x', 'X'],
      ['y', 'X'],
    ]);
    expect(functions.get('f')?.handler).toBe('resolvers/deep.run');
    expect(consumers).toEqual([{ key: 'c', queue: 'q', function: 'f', method: 'work' }]);
  });

  it('does without egress to a remote that was left out', () => {
    const text =
      'remotes: [{ key: r, baseUrl: https://r.example }]\npermissions: { external: { fetch: { backend: [{ remote: r }] } } }';
    expect(read(text, ['remotes']).egress).toEqual([]);
  });
});

function refusalOf(text: string): string {
  try {
    read(text);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
