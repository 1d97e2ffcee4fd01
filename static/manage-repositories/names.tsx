import type { PersonTokenView } from '../../src/contract/views';
import { useText } from '../shared/text';

type Props = { rows: readonly PersonTokenView[]; title: (count: number) => string };

/** Names that are shown; a CSV or *People and tokens* has all of them. */
const NAMED = 10;

/** How many people, and some of them by name. Nothing for none. */
export function Names({ rows, title }: Props) {
  const { t } = useText();
  const names = [...new Map(rows.map(({ person }) => [person.accountId, person.name ?? person.accountId])).values()];
  if (names.length === 0) return null;
  return (
    <p>
      {title(names.length)} {names.slice(0, NAMED).join(', ')}
      {names.length > NAMED && ` ${t('coverage.more', { count: names.length - NAMED })}`}
    </p>
  );
}
