import type { TokenView } from '../../src/contract/views';
import type { Text } from './text';

/** Which rules of an admin's a token breaks, and until when it is used all the same; nothing when it keeps them. */
export function againstRule(
  { against }: Pick<TokenView, 'against'>,
  { t, longDate }: Pick<Text, 't' | 'longDate'>,
): string | undefined {
  if (against === undefined) return undefined;
  const reasons = against.breaks.map((one) => t(`rules.break.${one}`)).join(', ');
  return Date.parse(against.until) <= Date.now()
    ? t('rules.against.over', { reasons })
    : t('rules.against', { reasons, date: longDate(against.until) });
}
