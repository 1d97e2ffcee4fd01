import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { IntegrationView, IssueView, TokenSaved } from '../../src/contract/views';
import { call } from '../shared/call';
import { ErrorMessage } from '../shared/error-message';
import { NoIntegration } from '../shared/no-integration';
import { useText } from '../shared/text';
import { TokenForm } from '../shared/token-form';
import { tokenSentence } from '../shared/token-sentence';
import { useLoad } from '../shared/use-load';
import { FrameSkeleton } from './frame';

/** What a form inside gets: the issue as it stands now, and the way to the token form and back. */
export type WriteTools = {
  issue: IssueView;
  /** Opens the token form in place of the form, which keeps everything typed. */
  openToken: (integration: IntegrationView) => void;
  /** What was heard after a token was saved, until the next one. */
  notice: { text: string; warns: boolean } | undefined;
  /** Asks again who would be the author: something was decided elsewhere meanwhile. */
  refresh: () => void;
};

type Props = {
  heading: string;
  issueKey: string;
  /** What the opener knew; asked again in the background, because an admin may have decided something since. */
  initial?: IssueView | undefined;
  /** The site's switch for this dialog. */
  allowed: (issue: IssueView) => boolean;
  children: (tools: WriteTools) => ReactNode;
};

/** The part that dialogs which write something share: the issue, states in which nothing can be written, the token form in place. */
export function WriteDialog({ heading, issueKey, initial, allowed, children }: Props) {
  const text = useText();
  const { loaded, reload, change } = useLoad(() => call('issue', 'load-issue', { issueKey }), initial);
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
  function saved(integration: IntegrationView, { token, attribution }: TokenSaved) {
    change((before) => ({
      ...before,
      integrations: before.integrations.map((one) => (one.id === integration.id ? { ...one, attribution } : one)),
    }));
    setNotice({ text: tokenSentence(token, integration, text), warns: token.missingScopes.length > 0 });
    setTokenFor(undefined);
  }

  return (
    <>
      <div hidden={tokenFor !== undefined}>{children({ issue, openToken, notice, refresh: () => void reload() })}</div>
      {tokenFor && (
        <TokenForm
          integration={tokenFor}
          save={(credential, endsOn) =>
            call('issue', 'save-token', { issueKey, integrationId: tokenFor.id, credential, endsOn })
          }
          onSaved={(done) => saved(tokenFor, done)}
          onCancel={() => setTokenFor(undefined)}
        />
      )}
    </>
  );
}

function Shell({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <div className="stack">
      <h1>{heading}</h1>
      {children}
    </div>
  );
}
