import type { Capabilities } from '../../src/contract/views';
import { cutTo } from '../../src/domain/cut-text';
import { titleRoom } from '../../src/domain/request-text';
import type { Translate } from './translate';

export type TitleParts = { issue: string; source: string; target: string };

/**
 * The title of a pull request: what the person made of it, or the usual one kept in step with the branches and cut to what the
 * service takes. Empty while a branch is still to be chosen. A title typed back to nothing stays the person's own.
 */
export function requestTitle(
  { title, draft = false }: { title?: string | undefined; draft?: boolean | undefined },
  parts: TitleParts,
  capabilities: Capabilities | undefined,
  t: Translate,
): string {
  if (title !== undefined) return title;
  if (parts.source === '' || parts.target === '') return '';
  const usual = t('request.title', parts);
  return capabilities === undefined ? usual : cutTo(usual, titleRoom({ title: usual, draft }, capabilities));
}
