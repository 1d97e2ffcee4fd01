import CheckMarkIcon from '@atlaskit/icon/core/check-mark';
import { useText } from '../shared/text';

const steps = ['service', 'connect', 'options'] as const;
const names = { service: 'add.service', connect: 'add.connect', options: 'options.heading' } as const;

/** Where somebody is on the way to a new integration. */
export function Steps({ current }: { current: (typeof steps)[number] }) {
  const { t } = useText();
  const at = steps.indexOf(current);
  return (
    <ol className="row step-list" aria-label={t('add.steps')}>
      {steps.map((step, index) => (
        <li key={step} className="step" {...(step === current && { 'aria-current': 'step' })}>
          <span className="step-number">
            {index < at ? <CheckMarkIcon label={t('add.steps.done')} size="small" /> : index + 1}
          </span>{' '}
          {t(names[step])}
        </li>
      ))}
    </ol>
  );
}
