import type { Capabilities, IssueView } from '../../src/contract/views';
import { cutTo } from '../../src/domain/cut-text';
import { titleRoom } from '../../src/domain/request-text';
import { needsIssue, patternFor, titleWithin } from '../../src/domain/request-title';
import type { Translate } from './translate';

/** `integrationId`: where the pull request will be. */
export type TitleParts = { issue: IssueView; integrationId?: string | undefined; source: string; target: string };

/** The title by the pattern of the integration or the site, or else the usual one in the person's language. Empty while a branch is still to be chosen. */
export function usualTitle(
  { issue, integrationId, source, target }: TitleParts,
  t: Translate,
  longest = Infinity,
): string {
  if (source === '' || target === '') return '';
  const { issue: facts, ...patterns } = issue.requestTitle ?? {};
  const pattern = patternFor(patterns, integrationId);
  const isKnown = pattern !== undefined && (facts !== undefined || !needsIssue(pattern));
  if (!isKnown) return t('request.title', { issue: issue.key, source, target });
  const all = { summary: '', ...facts, key: issue.key, sourceBranch: source, targetBranch: target };
  return titleWithin(pattern, all, longest);
}

/** Whether a pattern takes more of the issue than is known so far. */
export function lacksFacts({ requestTitle }: IssueView): boolean {
  const { issue, pattern, own = {} } = requestTitle ?? {};
  const patterns = [...(pattern === undefined ? [] : [pattern]), ...Object.values(own)];
  return issue === undefined && patterns.some(needsIssue);
}

/**
 * The title of a pull request: the person's own, or the usual one, which follows the branches and is cut to the limit of the
 * service. A title typed back to nothing is still the person's own.
 */
export function requestTitle(
  { title, draft = false }: { title?: string | undefined; draft?: boolean | undefined },
  parts: TitleParts,
  capabilities: Capabilities | undefined,
  t: Translate,
): string {
  if (title !== undefined) return title;
  const usual = usualTitle(parts, t);
  if (capabilities === undefined) return usual;
  const room = titleRoom({ title: usual, draft }, capabilities);
  return cutTo(usualTitle(parts, t, room), room);
}
