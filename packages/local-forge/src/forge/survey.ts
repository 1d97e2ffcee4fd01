import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

type Dict = Record<string, unknown>;
const isDict = (value: unknown): value is Dict => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The place of each kind of page. */
export const uiModuleTypes = {
  'jira:issueContext': 'issue',
  'jira:issuePanel': 'issue',
  'jira:issueAction': 'issue',
  'jira:issueActivity': 'issue',
  'jira:issueGlance': 'issue',
  'jira:projectPage': 'project',
  'jira:projectSettingsPage': 'project',
  'jira:globalPage': 'site',
  'jira:dashboardGadget': 'site',
  'jira:personalSettingsPage': 'site',
  'jira:adminPage': 'site',
} as const;
const otherTypes = new Set([
  'function',
  'consumer',
  'scheduledTrigger',
  'trigger',
  'preUninstall',
  'devops:developmentInfoProvider',
]);
const topLevel = new Set(['app', 'modules', 'resources', 'permissions', 'translations']);

/** Settings of pages without effect here; the start lists them. */
const ignored: Readonly<Record<string, string>> = {
  allowMultiple: 'the panel is shown once',
  config: 'the panel is not configured',
  connectKeys: 'nothing is migrated',
  dynamicProperties: 'label and status stay as the manifest has them',
  edit: 'the page for editing is not shown',
  keyboardShortcut: 'the key does nothing',
  renderRuntimeType: 'it is Custom UI',
  refreshable: 'nothing refreshes it',
  status: 'the status is not shown',
  thumbnail: 'it is not shown',
  unlicensedAccess: 'everybody has a licence',
  useAsConfig: 'no list of apps leads to it',
  useAsGetStarted: 'no list of apps leads to it',
};

const whyNot: readonly (readonly [RegExp, string])[] = [
  [/^webtrigger$/, 'web triggers have no address here'],
  [/^(confluence:|macro$)/, 'there is no Confluence here'],
  [/^(bitbucket|compass|dashboards|customerServiceManagement|graph|rovo|global):?/, 'its product is not here'],
  [/^jiraServiceManagement:/, 'there is no Jira Service Management here'],
  [/^connect/, 'Connect modules need a server of their own'],
  [/^(remote|endpoint|remotes|providers|services)$/, 'remotes are not modelled'],
  [/^(sql|objectStore|llm)$/, 'this storage or model is not here'],
  [/^(action|automation:)/, 'nothing here calls it'],
];

export type Survey = {
  /** The manifest without the parts that were left out, ready to be read. */
  manifest: unknown;
  /** Parts that can't run here: `name` is the part to leave out. */
  refused: readonly { name: string; why: string }[];
  /** Accepted parts without effect here. */
  notes: readonly string[];
};

/** All module types Forge's own schema has. */
function knownToForge(): ReadonlySet<string> {
  // The package does not export this file, but its main file reads it from here.
  const main = createRequire(import.meta.url).resolve('@forge/manifest');
  const schema = JSON.parse(readFileSync(join(dirname(main), 'schema/manifest-schema.json'), 'utf8')) as {
    definitions: { ModuleSchema: { properties: Dict } };
  };
  return new Set(Object.keys(schema.definitions.ModuleSchema.properties));
}

/** Why a page can't be shown; undefined if it can. */
function refusalOfPage(item: Dict): string | undefined {
  if (item['render'] === 'native') return 'UI Kit (render: native) is not modelled, only Custom UI';
  if (item['function'] !== undefined) return 'UI Kit (function) is not modelled, only Custom UI';
  if (item['resource'] === undefined) return 'it has no resource, so there is no page to show';
  if (isDict(item['resolver']) && item['resolver']['endpoint'] !== undefined)
    return 'remote resolvers are not modelled';
  if (typeof item['resource'] === 'string' && item['resource'].includes('/'))
    return 'entries of a resource are not modelled';
  return undefined;
}

function refusalOfBackground(type: string, item: Dict): string | undefined {
  if (type !== 'function' && item['endpoint'] !== undefined) return 'remote endpoints are not modelled';
  if (type === 'function' && item['providers'] !== undefined) return 'external authentication is not modelled';
  return undefined;
}

/** The page in the shape that is read, and its settings without effect. */
function readyPage(type: string, item: Dict, say: (what: string, effect: string) => void): Dict {
  const ready: Dict = {};
  for (const [name, value] of Object.entries(item)) {
    const effect = ignored[name];
    if (name === 'render' || name === 'layout') continue;
    if (effect !== undefined) say(name, effect);
    else if (name === 'viewportSize' && type !== 'jira:issueAction') say(name, 'the height follows the content');
    else if (name === 'icon' && !/^resource:/.test(String(value))) say(name, 'it is on the internet, and is not shown');
    else if (name.endsWith('__i18n')) ready[name.slice(0, -'__i18n'.length)] = { i18n: value };
    else ready[name] = value;
  }
  return ready;
}

/** Events can have filters of their own. */
const eventOf = (event: unknown): unknown => (isDict(event) ? event['eventType'] : event);

function readyBackground(type: string, item: Dict, say: (what: string, effect: string) => void): Dict {
  const { filter, payload, crossVersion, cleanup, ...rest } = item;
  if (type === 'function' && cleanup !== undefined) say('cleanup', 'limits are those of any function');
  if (payload !== undefined) say('payload', 'an event has what it is fired with');
  if (crossVersion !== undefined) say('crossVersion', 'there is one version');
  if (type === 'trigger' && Array.isArray(rest['events'])) {
    if (filter !== undefined || rest['events'].some(isDict)) say('filter', 'nothing is filtered');
    return { ...rest, events: rest['events'].map(eventOf) };
  }
  if (filter !== undefined) say('filter', 'nothing is filtered');
  return rest;
}

/**
 * Searches a manifest for parts that this package does not model, before anything is started. Each one is named: it is
 * refused, or, when `without` names it (`webtrigger`, `webtrigger:hook`, `remotes`), left out. Parts without effect are listed.
 */
export function survey(raw: unknown, without: readonly string[]): Survey {
  if (!isDict(raw)) return { manifest: raw, refused: [], notes: [] };
  const refused: { name: string; why: string }[] = [];
  const notes: string[] = [];
  const isOut = (...names: string[]): boolean => {
    const out = names.find((name) => without.includes(name));
    if (out !== undefined) notes.push(`${names.at(-1)} was left out.`);
    return out !== undefined;
  };
  const reasonFor = (type: string): string => whyNot.find(([kind]) => kind.test(type))?.[1] ?? 'it is not modelled';
  const forge = knownToForge();

  const manifest: Dict = {};
  for (const [name, value] of Object.entries(raw)) {
    if (topLevel.has(name)) manifest[name] = value;
    else if (!isOut(name)) refused.push({ name, why: reasonFor(name) });
  }
  const modules: Dict = {};
  for (const [type, items] of Object.entries(isDict(raw['modules']) ? raw['modules'] : {})) {
    const modelled = type in uiModuleTypes || otherTypes.has(type);
    if (!Array.isArray(items)) {
      modules[type] = items;
      continue;
    }
    modules[type] = (items as unknown[]).flatMap((item) => {
      if (!isDict(item)) return [item];
      const name = `${type}:${String(item['key'])}`;
      if (isOut(type, name)) return [];
      const why = !modelled
        ? forge.has(type)
          ? reasonFor(type)
          : 'Forge has no such module'
        : type in uiModuleTypes
          ? refusalOfPage(item)
          : refusalOfBackground(type, item);
      if (why !== undefined) {
        refused.push({ name, why });
        return [];
      }
      const say = (what: string, effect: string) => notes.push(`${what} of ${name} has no effect here: ${effect}.`);
      if (type in uiModuleTypes) return [readyPage(type, item, say)];
      return [readyBackground(type, item, say)];
    });
    if (!modelled) delete modules[type];
  }
  return { manifest: { ...manifest, modules, ...plain(raw, without, notes) }, refused, notes };
}

/** `app`, `resources` and `permissions` in the one shape that the rest of the code reads. */
function plain(raw: Dict, without: readonly string[], notes: string[]): Dict {
  const ready: Dict = {};
  if (isDict(raw['app'])) {
    const { id, name, runtime, storage, ...others } = raw['app'];
    for (const other of Object.keys(others)) notes.push(`app.${other} has no effect here.`);
    if (runtime === undefined)
      throw new Error('manifest.yml has no app.runtime, and the runtime without a name is no more: name: nodejs24.x');
    ready['app'] = Object.fromEntries(
      Object.entries({ id, name, runtime, storage }).filter(([, value]) => value !== undefined),
    );
  }
  if (Array.isArray(raw['resources']))
    ready['resources'] = (raw['resources'] as unknown[]).map((resource) => {
      if (!isDict(resource)) return resource;
      const { tunnel: _tunnel, bundler: _bundler, ...rest } = resource;
      return rest;
    });
  if (!isDict(raw['permissions'])) return ready;
  const { scopes, enforcement, sandbox, ...permissions } = raw['permissions'];
  for (const [name, value] of Object.entries({ enforcement, sandbox }))
    if (value !== undefined) notes.push(`permissions.${name} has no effect here.`);
  ready['permissions'] = {
    ...permissions,
    // A map says of each scope whether it lets the app act for somebody, which is refused when it happens.
    ...(scopes === undefined || scopes === null ? {} : { scopes: isDict(scopes) ? Object.keys(scopes) : scopes }),
    ...(without.includes('remotes') ? { external: withoutRemotes(permissions['external']) } : {}),
  };
  return ready;
}

/** Egress to a remote that was left out is left out as well. */
function withoutRemotes(value: unknown): unknown {
  if (Array.isArray(value))
    return value.filter((one) => !(isDict(one) && one['remote'] !== undefined)).map(withoutRemotes);
  if (!isDict(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutRemotes(inner)]));
}
