import type { RequestTemplate } from './provider';

/** As many as a person would look through, each no longer than most services take of a description. */
const MOST = 20;
const LONGEST = 65_536;

/** Templates as pages get them: the default first, none that is blank, no name twice, and none of a size that no description has. */
export function usableTemplates(found: readonly RequestTemplate[]): RequestTemplate[] {
  const written = found.filter(({ text }) => text.trim() !== '' && text.length <= LONGEST);
  const ordered = [...written.filter(({ isDefault }) => isDefault), ...written.filter(({ isDefault }) => !isDefault)];
  return [...new Map(ordered.map((template) => [template.name, template] as const).reverse()).values()]
    .reverse()
    .slice(0, MOST);
}
