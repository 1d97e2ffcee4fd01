import WarningIcon from '@atlaskit/icon/core/status-warning';
import { createContext, type ReactNode, useContext, useEffect, useId, useLayoutEffect, useState } from 'react';
import type { PageError } from '../../src/contract/errors';
import type { IntegrationView } from '../../src/contract/views';
import { errors } from '../../src/domain/errors';
import { errorButtons } from './error-buttons';
import { errorText, type ErrorText } from './error-text';
import { NewTab } from './new-tab';
import { press } from './press';
import { useText } from './text';
import { isTokenDead } from './token-dead';
import type { MessageKey } from './translate';

/** The actions of the page around a list when a service gives none. */
type Around = {
  /** Opens the form for the person's token. */
  onToken?: (integration: IntegrationView) => void;
  mayManage?: boolean;
  /** Whether the page itself shows a problem already, so that no list repeats it. */
  tells?: (problem: string, action: ErrorText['action']) => boolean;
  /** The service turned the token away, which the page does not know yet. */
  onDeadToken?: () => void;
};

/** A list that failed, in the order they came. */
type Failed = { id: string; problem: string; name: string; retry: () => void };

type Told = Around & { failed: readonly Failed[]; join: (failed: Failed) => () => void };

const ToldContext = createContext<Told>({ failed: [], join: () => () => undefined });

/** What makes two errors one problem: the same trouble at the same integration, or everywhere. */
export function problemOf({ code }: Pick<PageError, 'code'>, integrationId: string | undefined): string {
  return errors[code].everywhere ? code : `${code} ${integrationId}`;
}

/** Lists that fail for the same reason tell of it once, and are tried again together. */
export function AskedInVainProvider({ value, children }: { value: Around; children: ReactNode }) {
  const [failed, setFailed] = useState<readonly Failed[]>([]);
  const [join] = useState(() => (one: Failed) => {
    setFailed((before) => [...before, one]);
    return () => setFailed((before) => before.filter((other) => other !== one));
  });
  return <ToldContext.Provider value={{ ...value, failed, join }}>{children}</ToldContext.Provider>;
}

type Props = {
  /** Says what is missing here, and `{title}` why. */
  sentence: Extract<
    MessageKey,
    | 'panel.failed'
    | 'panel.partly'
    | 'field.repository.failed'
    | 'field.repository.partly'
    | 'field.branch.failed'
    | 'field.reviewers.failed'
    | 'field.labels.failed'
  >;
  integration: IntegrationView;
  error: PageError;
  onTryAgain: () => void;
  repository?: string | undefined;
};

/** One line about a service that gave no list, with the button that mends it, where one does. */
export function AskedInVain({ sentence, integration, error, onTryAgain, repository }: Props) {
  const text = useText();
  const { onToken, mayManage, tells, onDeadToken, failed, join } = useContext(ToldContext);
  const isNews = errors[error.code].rejectsCredential && !isTokenDead(integration);
  useEffect(() => {
    if (isNews) onDeadToken?.();
    // Once for each answer that says so.
  }, [isNews]);
  const id = useId();
  const problem = problemOf(error, integration.id);
  const { name } = integration;
  useLayoutEffect(() => join({ id, problem, name, retry: onTryAgain }), [join, id, problem, name]);
  // Without a token of the person's, whatever is seen is seen as the integration account.
  const own = integration.attribution.state === 'person' ? 'own-token' : 'integration-account';
  const around = { integration, situation: own, params: repository === undefined ? {} : { repository } } as const;
  const told = errorText(error, text, around);
  const same = failed.filter((one) => one.problem === problem);
  const isUnseen = error.code === 'TOKEN_REQUIRED';
  const isTold = tells?.(problem, told.action) ?? false;
  // Why a list is empty is said beside it all the same.
  if (same[0]?.id !== id || (isTold && !isUnseen)) return undefined;
  const ways = {
    onTryAgain: () => {
      for (const { retry } of same) retry();
    },
    mayManage,
    onToken: isTold ? undefined : onToken && (() => onToken(integration)),
  };
  const [button] = errorButtons(error, told, text, ways);
  const names = [...new Set(same.map((one) => one.name))].join(', ');
  return (
    <div className="row small">
      <span className="icon-text">
        <span className="warning">
          <WarningIcon label="" size="small" />
        </span>
        <span>
          {isUnseen
            ? text.t('list.unseen', { integration: name, ...text.words(integration.provider) })
            : text.t(sentence, { integration: names, title: told.title })}{' '}
          {!button && !isUnseen && told.next}
        </span>
      </span>
      {button && (
        <button type="button" className="link-button" onClick={() => press(button)}>
          {button.label}
          {'opens' in button && (
            <span className="link-icon">
              <NewTab />
            </span>
          )}
        </button>
      )}
    </div>
  );
}
