import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { useEffect, useRef, useState } from 'react';
import type { PersonTokenView } from '../../src/contract/views';
import { tokensRemovedAtOnce } from '../../src/domain/token';
import { call } from '../shared/call';
import { ErrorMessage } from '../shared/error-message';
import { Field } from '../shared/field';
import { Message } from '../shared/message';
import { useText } from '../shared/text';
import { useWrite } from '../shared/use-write';
import { useTell } from './use-tell';

type Props = {
  /** At least one, each with a token. */
  rows: readonly PersonTokenView[];
  /** After each part. */
  onRemoved: (rows: readonly PersonTokenView[]) => void;
  onDone: () => void;
};

/** The question before people's tokens are removed: the reason, which each of them sees. Done in parts, with its progress. */
export function RemoveTokens({ rows, onRemoved, onDone }: Props) {
  const { t } = useText();
  const tell = useTell();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const [done, setDone] = useState(0);
  const { working, error, attempt, run } = useWrite<number>((count) => {
    tell.success(t('people.removed', { count }));
    onDone();
  });
  const stopped = useRef(false);
  useEffect(() => () => void (stopped.current = true), []);

  function start() {
    setMissing(reason.trim() === '');
    if (reason.trim() !== '') void run(remove);
  }
  async function remove() {
    stopped.current = false;
    let removed = done;
    for (const part of partsOf(rows.slice(done))) {
      if (stopped.current) break;
      const answer = await call('manage-repositories', 'remove-tokens', {
        integrationId: part[0]?.integrationId ?? '',
        accountIds: part.map(({ person }) => person.accountId),
        reason,
      });
      if (!answer.ok) return answer;
      removed += part.length;
      setDone(removed);
      onRemoved(part);
    }
    return { ok: true as const, value: removed };
  }
  return (
    <Message
      appearance="warning"
      title={t('people.remove.title', { count: rows.length })}
      takesFocus
      actions={
        <>
          <Button appearance="warning" isLoading={working} onClick={start}>
            {t('people.remove', { count: rows.length - done })}
          </Button>
          <Button onClick={() => (working ? (stopped.current = true) : onDone())}>
            {t(working ? 'activity.csv.stop' : 'action.cancel')}
          </Button>
          <span className="small" role="status">
            {working && t('people.remove.progress', { done, count: rows.length })}
          </span>
        </>
      }
    >
      <p>{t('people.remove.text')}</p>
      <Field label={t('people.reason')} hint={t('people.reason.hint')} problem={missing && t('people.reason.missing')}>
        {({ id, describedBy, invalid }) => (
          <Textfield
            id={id}
            value={reason}
            maxLength={200}
            isDisabled={working}
            isInvalid={invalid}
            onChange={(event) => setReason(event.currentTarget.value)}
            aria-describedby={describedBy}
          />
        )}
      </Field>
      {error && <ErrorMessage key={attempt} error={error} takesFocus onTryAgain={start} />}
    </Message>
  );
}

/** Of one integration each, as many as one call takes, in the order they are in. */
function partsOf(rows: readonly PersonTokenView[]): PersonTokenView[][] {
  const parts: PersonTokenView[][] = [];
  for (const row of rows) {
    const last = parts.at(-1);
    if (last && last.length < tokensRemovedAtOnce && last[0]?.integrationId === row.integrationId) last.push(row);
    else parts.push([row]);
  }
  return parts;
}
