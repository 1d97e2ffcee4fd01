import Checkbox from '@atlaskit/checkbox';
import { useEffect, useId, useState } from 'react';
import { choiceOf } from '../shared/draft';
import type { Step } from '../shared/start-work';
import { useText } from '../shared/text';
import { chosenStep, type StartChoice } from './start-work';

/** This person's last choice in the project, and the way to choose anew. */
export function useStartChoice(projectKey: string, accountId: string): [StartChoice, (choice: StartChoice) => void] {
  const [stored] = useState(() => choiceOf<StartChoice>('start-work', projectKey, accountId));
  const [choice, setChoice] = useState<StartChoice>(() => stored.read());
  const choose = (next: StartChoice) => {
    setChoice(next);
    stored.write(next);
  };
  return [choice, choose];
}

type Props = { issueKey: string; value: StartChoice; onChange: (choice: StartChoice) => void };

/** *Assign to me* and *Move to …*, both off until somebody wants them. The steps are requested of Jira only then. */
export function StartWorkFields({ issueKey, value, onChange }: Props) {
  const { t } = useText();
  const id = useId();
  const [steps, setSteps] = useState<readonly Step[] | 'unknown'>();
  const wanted = Boolean(value.move);
  useEffect(() => {
    if (!wanted || steps !== undefined) return;
    void import('../shared/start-work')
      .then(({ listSteps }) => listSteps(issueKey))
      .then((found) => setSteps(found ?? 'unknown'))
      .catch(() => setSteps('unknown'));
  }, [wanted, steps, issueKey]);
  const known = steps === 'unknown' ? [] : (steps ?? []);
  const to = chosenStep(value.to, known);
  useEffect(() => {
    if (wanted && known.length > 0 && to !== undefined && to !== value.to) onChange({ ...value, to });
    // Once for what Jira said: `onChange` is a new function at each drawing.
  }, [wanted, to, known.length]);
  const problem = steps === 'unknown' ? 'start.unknown' : steps?.length === 0 ? 'start.none' : undefined;
  return (
    <fieldset className="start-work">
      <legend className="field-label">{t('start.legend')}</legend>
      <Checkbox
        label={t('start.assign')}
        isChecked={Boolean(value.assign)}
        onChange={(event) => onChange({ ...value, assign: event.currentTarget.checked })}
      />
      <div className="row">
        <Checkbox
          label={t('start.move')}
          isChecked={wanted}
          onChange={(event) => onChange({ ...value, move: event.currentTarget.checked })}
        />
        {wanted && known.length > 0 && (
          <select
            id={id}
            className="native-select"
            aria-label={t('start.to')}
            value={to}
            onChange={(event) => onChange({ ...value, to: event.currentTarget.value })}
          >
            {to === '' && <option value="">{t('start.choose')}</option>}
            {known.map((step) => (
              <option key={step.id} value={step.id}>
                {step.name}
              </option>
            ))}
          </select>
        )}
        <span className="subtle small" role="status">
          {wanted && problem && t(problem)}
        </span>
      </div>
    </fieldset>
  );
}
