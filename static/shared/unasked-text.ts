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
