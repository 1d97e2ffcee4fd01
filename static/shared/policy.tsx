import { codeCommitPolicy } from '../../src/domain/codecommit-policy';
import { Copyable } from './copyable';
import { useText } from './text';

/** The policy that gives an access key what it needs, to copy. */
export function Policy() {
  const { t } = useText();
  return (
    <details>
      <summary>{t('policy.show')}</summary>
      <div className="stack-tight">
        <p className="small subtle">{t('policy.text')}</p>
        <Copyable text={codeCommitPolicy()} />
      </div>
    </details>
  );
}
