import type { LocalizedText, Manifest, UiModule, UiModuleType } from '../forge/manifest.ts';
import { displayCondition, type DisplayCondition } from './conditions.ts';

export type ViewportSize = 'small' | 'medium' | 'large' | 'xlarge' | 'max';
const viewportSizes: readonly ViewportSize[] = ['small', 'medium', 'large', 'xlarge', 'max'];

/** A module of the app as the site shows it. */
export type SiteModule = {
  type: UiModuleType;
  key: string;
  title: LocalizedText;
  label: LocalizedText | undefined;
  /** Resource key of the page. */
  resource: string;
  /** The parts of `resource:icons;app.svg`. */
  icon: { resource: string; file: string } | undefined;
  /** Of a module that opens as a modal. */
  viewportSize: ViewportSize;
  /** Pages below it, by the route its history begins with. */
  pages: readonly { title: LocalizedText; route: string }[];
  visible: DisplayCondition;
  /** The module in the manifest. */
  declared: UiModule;
};

/**
 * The visible modules. Throws a sentence for every setting that the stand-in site does not model, so that none is
 * silently without effect.
 */
export function siteModules(manifest: Manifest): SiteModule[] {
  return manifest.uiModules.map((module) => {
    const where = `${module.type} ${module.key}`;
    if (module.resource.includes('/')) throw new Error(`The sandbox does not model resource entries (${where}).`);
    if (module.allowMultiple) throw new Error(`The sandbox shows an issue panel once (${where}).`);
    return {
      type: module.type,
      key: module.key,
      title: module.title,
      label: module.label,
      resource: module.resource,
      icon: iconOf(module, where),
      viewportSize: viewportSizeOf(module, where),
      pages: [...(module.pages ?? []), ...(module.sections ?? []).flatMap(({ pages }) => pages)],
      visible: displayCondition(conditionsOf(module, where), where),
      declared: module,
    };
  });
}

function iconOf(module: UiModule, where: string): SiteModule['icon'] {
  if (module.icon === undefined) return undefined;
  const [, resource, file] = /^resource:([^;]+);([\w./-]+)$/.exec(module.icon) ?? [];
  if (!resource || !file) throw new Error(`The sandbox shows icons of a resource only (${where}).`);
  return { resource, file };
}

/** Medium by default (assumption). Outside a modal the height follows the content. */
function viewportSizeOf(module: UiModule, where: string): ViewportSize {
  if (module.viewportSize === undefined) return 'medium';
  const size = viewportSizes.find((one) => one === module.viewportSize);
  if (!size || module.type !== 'jira:issueAction') {
    throw new Error(`The sandbox does not model the viewportSize of ${where}.`);
  }
  return size;
}

function conditionsOf(module: UiModule, where: string): Record<string, unknown> {
  const conditions = module.displayConditions ?? {};
  if (typeof conditions !== 'object' || Array.isArray(conditions))
    throw new Error(`displayConditions of ${where} are no map.`);
  return conditions as Record<string, unknown>;
}
