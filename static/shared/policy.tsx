import type { ProviderKind } from '../../src/contract/views';
import { factsOf } from '../../src/domain/editions';
import { Copyable } from './copyable';
import { useText } from './text';

/** The policy text that gives a credential its rights, to copy; nothing where a service takes no such text. */
export function Policy({ provider }: { provider: ProviderKind }) {
  const { t } = useText();
  const policy = factsOf(provider).policy?.();
  if (policy === undefined) return null;
  return (
    <details>
      <summary>{t('policy.show')}</summary>
      <div className="stack-tight">
        <p className="small subtle">{t('policy.text')}</p>
        <Copyable text={policy} />
      </div>
    </details>
  );
}
