import type { Translate } from './translate';

export type TitleParts = { issue: string; source: string; target: string };

/**
 * The title of a pull request: what the person made of it, or the usual one kept in step with the branches. Empty while a branch
 * is still to be chosen. A title typed back to nothing stays the person's own.
 */
export function requestTitle(edited: string | undefined, parts: TitleParts, t: Translate): string {
  if (edited !== undefined) return edited;
  return parts.source === '' || parts.target === '' ? '' : t('request.title', parts);
}
