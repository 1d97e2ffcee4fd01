import type { PullRequestCreated } from '../../src/contract/views';
import { errorText } from './error-text';
import type { Text } from './text';

/** Who was not asked to review, and why, although the pull request is there. */
export function unaskedText(
  { reviewers, error }: NonNullable<PullRequestCreated['unasked']>,
  service: string,
  text: Text,
): string {
  const { why, said = '' } = errorText(error, text, { params: { service } });
  return text.t('flag.unasked', { reviewers: reviewers.join(', '), why: `${why} ${said}`.trim() });
}
