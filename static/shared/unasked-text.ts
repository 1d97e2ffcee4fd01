import type { PageError } from '../../src/contract/errors';
import type { PullRequestCreated } from '../../src/contract/views';
import { errorText } from './error-text';
import type { Text } from './text';

/** The people without a requested review, and why, although the pull request exists. */
export function unaskedText(
  { reviewers, error }: NonNullable<PullRequestCreated['unasked']>,
  service: string,
  text: Text,
): string {
  return text.t('flag.unasked', { reviewers: reviewers.join(', '), why: whyOf(error, service, text) });
}

/** What it did not get, and why, although the pull request is there. */
export function undoneText(
  { assignee, labels, error }: NonNullable<PullRequestCreated['undone']>,
  service: string,
  text: Text,
): string {
  const params = { labels: labels?.join(', ') ?? '', why: whyOf(error, service, text) };
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

/** A trouble of its own is named first: what follows speaks of it. */
function whyOf(error: PageError, service: string, text: Text): string {
  const { title, why, said } = errorText(error, text, { params: { service } });
  const isOwn = !/REVIEWER|^EXTRAS/.test(error.code);
  return [isOwn && `${title}.`, why, said].filter(Boolean).join(' ');
}
