import Textfield from '@atlaskit/textfield';
import { useState } from 'react';
import { Copyable } from '../shared/copyable';
import { Field } from '../shared/field';
import { useText } from '../shared/text';
import { announcement, type Announced } from './announcement-text';

/** A text for people: what is coming and what to do, to be copied into a message of the admin's. */
export function Announcement({ integrations }: { integrations: Announced }) {
  const text = useText();
  const [day, setDay] = useState('');
  return (
    <details>
      <summary>{text.t('announce.heading')}</summary>
      <div className="stack-tight">
        <Field label={text.t('announce.day')} hint={text.t('announce.day.hint')}>
          {({ id, describedBy }) => (
            <Textfield
              id={id}
              type="date"
              value={day}
              onChange={(event) => setDay(event.currentTarget.value)}
              aria-describedby={describedBy}
            />
          )}
        </Field>
        <Copyable text={announcement(integrations, day, text)} />
      </div>
    </details>
  );
}
