import type { TokenView } from '../../src/contract/views';
import { hasBegun } from '../../src/domain/token-rules';
import { SOON_DAYS } from '../../src/domain/token';
import type { Text } from './text';

const DAY_MS = 86_400_000;

type Ruled = Pick<TokenView, 'against'>;

/** The rules of an admin's that a token breaks or will break, and the end of its grace; nothing when it breaks none. */
export function againstRule({ against }: Ruled, { t, longDate }: Pick<Text, 't' | 'longDate'>): string | undefined {
  if (against === undefined) return undefined;
  const reasons = against.breaks.map((one) => t(`rules.break.${one}`)).join(', ');
  if (Date.parse(against.until) <= Date.now()) return t('rules.against.over', { reasons });
  const date = longDate(against.until);
  return hasBegun(against, Date.now()) ? t('rules.against', { reasons, date }) : t('rules.against.later', { date });
}

/** Whether that needs its owner now or soon. */
export function isAgainstRule({ against }: Ruled): boolean {
  return hasBegun(against, Date.now() + SOON_DAYS * DAY_MS);
}
