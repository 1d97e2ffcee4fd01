import type { PullRequestCreated } from '../../src/contract/views';
import { errorText } from './error-text';
import type { Text } from './text';

/** The people without a requested review, and why, although the pull request exists. */
export function unaskedText(
  { reviewers, error }: NonNullable<PullRequestCreated['unasked']>,
  service: string,
  text: Text,
): string {
  const { why, said = '' } = errorText(error, text, { params: { service } });
  return text.t('flag.unasked', { reviewers: reviewers.join(', '), why: `${why} ${said}`.trim() });
}

/** What it did not get, and why, although the pull request is there. */
export function undoneText(
  { assignee, labels, error }: NonNullable<PullRequestCreated['undone']>,
  service: string,
  text: Text,
): string {
  const { why, said = '' } = errorText(error, text, { params: { service } });
  const params = { labels: labels?.join(', ') ?? '', why: `${why} ${said}`.trim() };
  if (!labels) return text.t('flag.undone.assignee', params);
  return text.t(assignee ? 'flag.undone.both' : 'flag.undone.labels', params);
}

/** Both, as far as there is anything to tell. */
export function missingTexts(
  { unasked, undone }: Pick<PullRequestCreated, 'unasked' | 'undone'>,
  service: string,
  text: Text,
): string[] {
  return [
    ...(unasked ? [unaskedText(unasked, service, text)] : []),
    ...(undone ? [undoneText(undone, service, text)] : []),
  ];
}
