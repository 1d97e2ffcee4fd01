import Button from '@atlaskit/button/new';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { DefaultsView, IntegrationView, IssueView } from '../../src/contract/views';
import { call } from '../shared/call';
import { ErrorMessage } from '../shared/error-message';
import { NoIntegration } from '../shared/no-integration';
import { useText } from '../shared/text';
import { useLoad } from '../shared/use-load';
import { closeDialog } from './close';
import { FrameSkeleton } from './frame';
import { IssueToken, type TokenNotice } from './issue-token';

/** The parts of a form inside: the issue as it is now, and the way to the token form and back. */
export type WriteTools = {
  issue: IssueView;
  /** Opens the token form in place of the form, which loses no input. */
  openToken: (integration: IntegrationView) => void;
  /** The message after a token was saved or removed, until something else is done or chosen. */
  notice: (TokenNotice & { integrationId: string }) | undefined;
  forgetNotice: () => void;
  setDefaults: (defaults: DefaultsView) => void;
  /** Asks again who would be the author: something was decided elsewhere meanwhile. */
  refresh: () => void;
};

type Props = {
  heading: string;
  issueKey: string;
  /** The opener's data; requested again in the background, because an admin may have decided something since. */
  initial?: IssueView | undefined;
  /** Whether the dialog suggests a branch name, which takes the issue's present summary. */
  named?: boolean;
  /** Whether something it suggests takes more of the issue than is known. */
  lacks?: (issue: IssueView) => boolean;
  /** The site's switch for this dialog. */
  allowed: (issue: IssueView) => boolean;
  children: (tools: WriteTools) => ReactNode;
};

/** The part that dialogs which write something share: the issue, states in which nothing can be written, the token form in place. */
export function WriteDialog({ heading, issueKey, initial, named = false, lacks, allowed, children }: Props) {
  const { loaded, reload, change } = useLoad(async () => {
    const isNamed = named || (initial !== undefined && lacks?.(initial) === true);
    const answer = await call('issue', 'load-issue', { issueKey, named: isNamed });
    return answer.ok && lacks?.(answer.value) ? call('issue', 'load-issue', { issueKey, named: true }) : answer;
  }, initial);
  const [tokenFor, setTokenFor] = useState<IntegrationView>();
  const [notice, setNotice] = useState<WriteTools['notice']>();
  const opener = useRef<Element | null>(null);
  const issue = loaded.value;

  useEffect(() => {
    if (!tokenFor && opener.current instanceof HTMLElement) opener.current.focus();
  }, [tokenFor]);

  if (!issue) {
    return loaded.state === 'failed' ? (
      <Shell heading={heading}>
        <ErrorMessage error={loaded.error} around={{ params: { issue: issueKey } }} onTryAgain={() => void reload()} />
      </Shell>
    ) : (
      <FrameSkeleton />
    );
  }
  if (!allowed(issue)) {
    return (
      <Shell heading={heading}>
        <ErrorMessage error={{ code: 'ACTION_SWITCHED_OFF', params: {} }} />
      </Shell>
    );
  }
  if (issue.integrations.length === 0) {
    return (
      <Shell heading={heading}>
        <NoIntegration isAdmin={issue.isAdmin} />
      </Shell>
    );
  }

  function openToken(integration: IntegrationView) {
    opener.current = document.activeElement;
    setNotice(undefined);
    setTokenFor(integration);
  }
  function tokenChanged(updated: IntegrationView, told: TokenNotice) {
    change((before) => ({
      ...before,
      integrations: before.integrations.map((one) => (one.id === updated.id ? updated : one)),
    }));
    setNotice({ ...told, integrationId: updated.id });
    setTokenFor(undefined);
  }

  return (
    <>
      <div hidden={tokenFor !== undefined}>
        {children({
          issue,
          openToken,
          notice,
          forgetNotice: () => setNotice(undefined),
          setDefaults: (defaults) => change((before) => ({ ...before, defaults })),
          refresh: () => void reload(),
        })}
      </div>
      {tokenFor && (
        <IssueToken
          issueKey={issueKey}
          integration={tokenFor}
          onChange={tokenChanged}
          onCancel={() => setTokenFor(undefined)}
        />
      )}
    </>
  );
}

/** A dialog in which nothing can be written. */
function Shell({ heading, children }: { heading: string; children: ReactNode }) {
  const { t } = useText();
  return (
    <div className="stack">
      <h1>{heading}</h1>
      {children}
      <div className="row dialog-footer dialog-end">
        <div className="row push">
          <Button onClick={() => closeDialog()}>{t('action.close')}</Button>
        </div>
      </div>
    </div>
  );
}
