import type { Capabilities } from './editions';

/** A text of a pull request that a service does not take, and how long it may be there. */
export type TextTooLong = { field: 'title' | 'description'; limit: number };

type Limits = Pick<Capabilities, 'longestTitle' | 'longestDescription' | 'countsUtf16' | 'draftPrefix'>;
type Request = { title: string; description: string; draft: boolean };

/** A call to the backend carries 500 KB (Forge, "Platform quotas and limits"), and JSON needs up to three bytes for a UTF-16 unit. */
const CARRIED = 150_000;

/** As long as the service counts it. */
export function lengthOf(text: string, { countsUtf16 }: Limits): number {
  return countsUtf16 ? text.length : [...text].length;
}

/** The title as the service gets it: some know a draft by the beginning of its title alone (docs "Draft merge requests" of GitLab). */
export function sentTitle({ title, draft }: Pick<Request, 'title' | 'draft'>, { draftPrefix }: Limits): string {
  const saysSo = /^\s*(draft:|\[draft\]|\(draft\))/i.test(title);
  return draft && draftPrefix !== undefined && !saysSo ? `${draftPrefix}${title}` : title;
}

/** How long a title may be that a person types. */
export function titleRoom(request: Pick<Request, 'title' | 'draft'>, limits: Limits): number {
  return limits.longestTitle - (sentTitle(request, limits).length - request.title.length);
}

/** How long a description may be that a person types, for the link to the issue follows it. */
export function descriptionRoom(link: string, limits: Limits): number {
  return Math.min(limits.longestDescription, CARRIED) - lengthOf(withLink('x', link), limits) + 1;
}

/** A description with the line that leads back to the issue. */
export function withLink(description: string, link: string): string {
  return description.trim() === '' ? link : `${description.trim()}\n\n---\n${link}`;
}

/** That line. A key and an origin hold nothing that Markdown would read (`contract/fields.ts`, `resolvers/surface.ts`). */
export function linkTo(issueKey: string, siteOrigin: string | undefined): string {
  const issue = siteOrigin === undefined ? issueKey : `[${issueKey}](${siteOrigin}/browse/${issueKey})`;
  return `${issue} · created with Undersigned for Jira`;
}

/** Which text the service would not take; `description` is the whole of it. */
export function tooLong(request: Request, limits: Limits): TextTooLong | undefined {
  const { longestTitle, longestDescription } = limits;
  if (lengthOf(sentTitle(request, limits), limits) > longestTitle) return { field: 'title', limit: longestTitle };
  const limit = Math.min(longestDescription, CARRIED);
  return lengthOf(request.description, limits) > limit ? { field: 'description', limit } : undefined;
}

/** A description in which every line is text, also one that the service would carry out. `commands`: how it finds where one begins. */
export function withoutCommands(description: string, commands: RegExp | undefined): string {
  return commands === undefined ? description : description.replace(commands, '\\$&');
}
