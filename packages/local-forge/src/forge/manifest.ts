import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { survey, uiModuleTypes } from './survey.ts';

const key = z.string().regex(/^[a-zA-Z0-9_-]+$/);
const localizedText = z.union([z.string(), z.strictObject({ i18n: z.string() })]);
const keyedFunction = { key, function: key };

/** A page below the module's own: `route` is what its history begins with. */
const subpage = z.strictObject({
  title: localizedText,
  route: z.string(),
  icon: z.string().optional(),
  displayConditions: z.unknown().optional(),
});

const uiModule = z.strictObject({
  key,
  title: localizedText,
  label: localizedText.optional(),
  description: localizedText.optional(),
  icon: z.string().optional(),
  resource: z.string(),
  resolver: z.strictObject({ function: key }).optional(),
  viewportSize: z.union([z.string(), z.strictObject({ width: z.string(), height: z.string() })]).optional(),
  allowMultiple: z.boolean().optional(),
  displayConditions: z.unknown().optional(),
  pages: z.array(subpage).optional(),
  sections: z.array(z.strictObject({ header: localizedText, pages: z.array(subpage) })).optional(),
});

const uiModules = z.array(uiModule).default([]);
const modulesSchema = z.strictObject({
  'jira:issueContext': uiModules,
  'jira:issuePanel': uiModules,
  'jira:issueAction': uiModules,
  'jira:issueActivity': uiModules,
  'jira:issueGlance': uiModules,
  'jira:projectPage': uiModules,
  'jira:projectSettingsPage': uiModules,
  'jira:globalPage': uiModules,
  'jira:dashboardGadget': uiModules,
  'jira:personalSettingsPage': uiModules,
  'jira:adminPage': uiModules,
  function: z
    .array(
      z.strictObject({
        key,
        handler: z.string().regex(/^[\w/-]+\.[\w$]+$/, 'must read file.export'),
        timeoutSeconds: z.number().int().min(1).max(900).optional(),
        runtime: z.strictObject({ memoryMB: z.number().int() }).optional(),
      }),
    )
    .default([]),
  consumer: z
    .array(
      z.union([
        z.strictObject({ ...keyedFunction, queue: key.max(36) }),
        // The older shape: the event arrives as a call to a resolver.
        z
          .strictObject({ key, queue: key.max(36), resolver: z.strictObject({ function: key, method: z.string() }) })
          .transform(({ resolver, ...rest }) => ({ ...rest, ...resolver })),
      ]),
    )
    .default([]),
  // Jira shows the app's branches and pull requests there. No function of the module runs here.
  'devops:developmentInfoProvider': z
    .array(
      z.strictObject({
        key,
        name: z.strictObject({ value: z.string().min(1).max(255) }),
        homeUrl: z
          .string()
          .max(255)
          .regex(/^https?:\/\//),
        logoUrl: z.string().max(255).optional(),
        documentationUrl: z
          .string()
          .max(255)
          .regex(/^https?:\/\//)
          .optional(),
      }),
    )
    .default([]),
  scheduledTrigger: z
    .array(z.strictObject({ ...keyedFunction, interval: z.enum(['fiveMinute', 'hour', 'day', 'week']) }))
    .max(5)
    .default([]),
  trigger: z.array(z.strictObject({ ...keyedFunction, events: z.array(z.string().regex(/^avi:/)).min(1) })).default([]),
  preUninstall: z.array(z.strictObject(keyedFunction)).default([]),
});

/** Limits: docs page "Defining custom entities". */
const entity = z.strictObject({
  name: z.string().min(3).max(60),
  attributes: z.record(z.string(), z.strictObject({ type: z.enum(['string', 'integer', 'float', 'boolean', 'any']) })),
  indexes: z
    .array(
      z
        .union([
          z.string().transform((name) => ({ name, range: [name], partition: [] as string[] })),
          z.strictObject({
            name: z.string(),
            range: z.array(z.string()).length(1),
            partition: z.array(z.string()).default([]),
          }),
        ])
        .transform(({ name, partition, range: [range = ''] }) => ({ name, partition, range })),
    )
    .max(7)
    .default([]),
});

/** Hosts, as texts or with their purpose. */
const addresses = z
  .array(
    z.union([
      z.string().transform((address) => ({ address })),
      z.strictObject({ address: z.string(), inScopeEUD: z.boolean().optional(), category: z.string().optional() }),
    ]),
  )
  .default([]);

const manifestSchema = z.strictObject({
  app: z.strictObject({
    id: z.string(),
    storage: z.strictObject({ entities: z.array(entity).max(20).default([]) }).optional(),
    name: z.string().optional(),
    runtime: z.strictObject({
      name: z.enum(['nodejs18.x', 'nodejs20.x', 'nodejs22.x', 'nodejs24.x']),
      memoryMB: z.number().int().min(128).max(1024).default(512),
      architecture: z.enum(['x86_64', 'arm64']).optional(),
    }),
  }),
  modules: modulesSchema,
  resources: z
    .array(z.strictObject({ key, path: z.string(), entry: z.record(z.string(), z.string()).optional() }))
    .default([]),
  translations: z
    .strictObject({
      resources: z.array(z.strictObject({ key: z.string(), path: z.string() })),
      fallback: z.strictObject({ default: z.string() }).catchall(z.array(z.string())),
    })
    .optional(),
  permissions: z
    .strictObject({
      content: z
        .strictObject({ scripts: z.array(z.string()), styles: z.array(z.string()) })
        .partial()
        .optional(),
      scopes: z.array(z.string()).default([]),
      external: z
        .strictObject({
          fetch: z
            .strictObject({
              backend: addresses,
              client: addresses,
            })
            .optional(),
          // The resources that pages may load: `@forge/csp` makes the policy from it.
          fonts: addresses,
          frames: addresses,
          images: addresses,
          media: addresses,
          navigation: addresses,
          scripts: addresses,
          styles: addresses,
          configurable: z.strictObject({ enabled: z.boolean() }).optional(),
        })
        .optional(),
    })
    .optional(),
});

/** A text of the manifest: plain, or the key of a sentence in the translations. */
export type LocalizedText = z.output<typeof localizedText>;
export type UiModuleType = keyof typeof uiModuleTypes;
const uiTypes = Object.keys(uiModuleTypes) as UiModuleType[];
export type UiModule = z.output<typeof uiModule> & { type: UiModuleType };
export type AppFunction = { key: string; handler: string; timeoutSeconds: number | undefined };
export type EntityDefinition = z.output<typeof entity>;
export type Resource = { key: string; path: string; entry?: Record<string, string> | undefined };
type Modules = z.output<typeof modulesSchema>;

export type Manifest = {
  appId: string;
  runtime: { name: string; memoryMB: number };
  /** All modules with a page, in the order of the manifest's kinds. */
  uiModules: readonly UiModule[];
  functions: ReadonlyMap<string, AppFunction>;
  consumers: Modules['consumer'];
  scheduledTriggers: Modules['scheduledTrigger'];
  triggers: Modules['trigger'];
  preUninstall: Modules['preUninstall'];
  /** Custom entities of the store, by name. */
  entities: ReadonlyMap<string, EntityDefinition>;
  /** Paths are relative to the app's folder. */
  resources: readonly Resource[];
  scopes: readonly string[];
  /** Addresses the backend may call, as written: `https://api.github.com`, `https://*.example.com`, `*`. */
  egress: readonly string[];
  /** Whether an admin may approve more addresses per installation. */
  configurableEgress: boolean;
  /** The sentence a person reads. A language without it falls back as the manifest says. Throws for an unknown key. */
  text(value: LocalizedText, locale?: string): string;
  /** Sentences about accepted parts without effect here, and about parts that were left out. */
  notes: readonly string[];
  /** The parsed manifest without the parts that were left out, for packages that read it themselves (`@forge/csp`). */
  raw: unknown;
};

const describe = (error: z.ZodError): string =>
  error.issues
    .map((issue) => {
      const where = issue.path.map(String).join('.') || 'the top level';
      return issue.code === 'unrecognized_keys'
        ? `${where}: it is not modelled here: ${issue.keys.map((name) => `"${name}"`).join(', ')}`
        : `${where}: ${issue.message}`;
    })
    .join('\n  ');

function sentenceIn(messages: unknown, path: string): string | undefined {
  const flat = (messages as Record<string, unknown>)[path];
  const found =
    flat ??
    path.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], messages);
  return typeof found === 'string' ? found : undefined;
}

function translator(root: string, translations: z.output<typeof manifestSchema>['translations']): Manifest['text'] {
  const files = new Map(
    translations?.resources.map(({ key: locale, path }) => [
      locale,
      JSON.parse(readFileSync(join(root, path), 'utf8')) as unknown,
    ]),
  );
  return (value, locale = 'en-US') => {
    if (typeof value === 'string') return value;
    for (const language of [locale.replace('_', '-'), translations?.fallback.default]) {
      const sentence = language === undefined ? undefined : sentenceIn(files.get(language) ?? {}, value.i18n);
      if (sentence !== undefined) return sentence;
    }
    throw new Error(`manifest.yml: no translation has "${value.i18n}".`);
  };
}

/** References to parts that do not exist: nobody would notice them before a person clicks. */
function danglingReferences(modules: Modules, resources: readonly Resource[]): string[] {
  const functions = new Set(modules.function.map((item) => item.key));
  const resourceKeys = new Set(resources.map((item) => item.key));
  const ui = uiTypes.flatMap((type) => modules[type]);
  const background = [...modules.consumer, ...modules.scheduledTrigger, ...modules.trigger, ...modules.preUninstall];
  const seen = new Set<string>();
  return [
    ...background
      .filter((item) => !functions.has(item.function))
      .map((item) => `${item.key}: no function "${item.function}"`),
    ...ui.flatMap((item) =>
      item.resolver === undefined || functions.has(item.resolver.function)
        ? []
        : [`${item.key}: no function "${item.resolver.function}"`],
    ),
    ...ui
      .filter((item) => !resourceKeys.has(item.resource.split('/')[0] ?? ''))
      .map((item) => `${item.key}: no resource "${item.resource}"`),
    ...[...ui, ...background].flatMap((item) =>
      seen.has(item.key) ? [`two modules are called "${item.key}"`] : (seen.add(item.key), []),
    ),
  ];
}

/** Indexes of attributes that their entity lacks. */
const unknownAttributes = (entities: readonly EntityDefinition[]): string[] =>
  entities.flatMap(({ name, attributes, indexes }) =>
    indexes.flatMap((index) =>
      [...index.partition, index.range]
        .filter((attribute) => attributes[attribute] === undefined)
        .map((attribute) => `${name}: no attribute "${attribute}"`),
    ),
  );

function fileOf(root: string): string {
  const found = ['manifest.yml', 'manifest.yaml'].map((name) => join(root, name)).find((file) => existsSync(file));
  if (found === undefined) throw new Error(`${root} has no manifest.yml: it is not the folder of a Forge app.`);
  return readFileSync(found, 'utf8');
}

function parsedYaml(text: string): unknown {
  try {
    return parse(text, { merge: true });
  } catch (error) {
    throw new Error(`manifest.yml is not YAML: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/**
 * Reads `manifest.yml` in the app's folder. Every part that is not modelled is refused with a sentence that names it. So an app never
 * seems to work here because a part of it was skipped. `without` names the parts to leave out (see `survey`).
 */
export function readManifest(root: string, without: readonly string[] = []): Manifest {
  const raw = parsedYaml(fileOf(root));
  const { manifest, refused, notes } = survey(raw, without);
  if (refused.length > 0)
    throw new Error(
      [
        'manifest.yml has what cannot run here:',
        ...refused.map(({ name, why }) => `  ${name}: ${why}.`),
        `To run the rest, leave them out: ${refused.map(({ name }) => `--without ${name}`).join(' ')}`,
      ].join('\n'),
    );
  const result = manifestSchema.safeParse(manifest);
  if (!result.success) throw new Error(`manifest.yml cannot be used here:\n  ${describe(result.error)}`);
  const { app, modules, resources, permissions, translations } = result.data;
  const dangling = [...danglingReferences(modules, resources), ...unknownAttributes(app.storage?.entities ?? [])];
  if (dangling.length > 0) throw new Error(`manifest.yml cannot be used here:\n  ${dangling.join('\n  ')}`);
  return {
    appId: app.id.replace(/^ari:cloud:ecosystem::app\//, ''),
    runtime: { name: app.runtime.name, memoryMB: app.runtime.memoryMB },
    uiModules: uiTypes.flatMap((type) => modules[type].map((item) => ({ ...item, type }))),
    functions: new Map(modules.function.map((item) => [item.key, { ...item, timeoutSeconds: item.timeoutSeconds }])),
    consumers: modules.consumer,
    scheduledTriggers: modules.scheduledTrigger,
    triggers: modules.trigger,
    preUninstall: modules.preUninstall,
    entities: new Map((app.storage?.entities ?? []).map((one) => [one.name, one])),
    resources,
    scopes: permissions?.scopes ?? [],
    egress: (permissions?.external?.fetch?.backend ?? []).map((entry) => entry.address),
    configurableEgress: permissions?.external?.configurable?.enabled ?? false,
    text: translator(root, translations),
    notes,
    raw: manifest,
  };
}
