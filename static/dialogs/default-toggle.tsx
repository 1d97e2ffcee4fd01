import { useState } from 'react';
import type { PageError } from '../../src/contract/errors';
import type { DefaultsView, Result } from '../../src/contract/views';
import { errorText } from '../shared/error-text';
import { useText } from '../shared/text';

type Answer = Promise<Result<{ defaults: DefaultsView }, PageError>>;

const labels = {
  repository: { make: 'default.make.repository', clear: 'default.clear.repository' },
  branch: { make: 'default.make.branch', clear: 'default.clear.branch' },
} as const;

type Props = {
  of: 'repository' | 'branch';
  /** The present choice; without it there is nothing to make a default of. */
  name: string;
  isDefault: boolean;
  make: () => Answer;
  clear: () => Answer;
  onChange: (defaults: DefaultsView) => void;
};

/** *Make default* and *Clear default* beside a field, for the next time. The present choice does not change. */
export function DefaultToggle({ of, name, isDefault, make, clear, onChange }: Props) {
  const text = useText();
  const { t } = text;
  const [working, setWorking] = useState(false);
  const [error, setError] = useState<PageError>();
  if (name === '') return undefined;
  async function toggle() {
    if (working) return;
    setWorking(true);
    const answer = await (isDefault ? clear() : make());
    setWorking(false);
    setError(answer.ok ? undefined : answer.error);
    if (answer.ok) onChange(answer.value.defaults);
  }
  const label = labels[of][isDefault ? 'clear' : 'make'];
  return (
    <span className="row small" role="group" aria-label={t('default.group', { name })}>
      <span role="status" className={error ? 'danger' : 'subtle'}>
        {error ? t('default.failed', { title: errorText(error, text).title }) : isDefault && t('default.is')}
      </span>
      <button type="button" className="link-button" aria-label={`${t(label)}: ${name}`} onClick={() => void toggle()}>
        {t(label)}
      </button>
    </span>
  );
}
