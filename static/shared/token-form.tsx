import Button from '@atlaskit/button/new';
import { type FormEvent, lazy, type ReactNode, Suspense, useEffect, useId, useRef, useState } from 'react';
import type { PageError } from '../../src/contract/errors';
import type { IntegrationView, Result, TokenSaved } from '../../src/contract/views';
import type { PastedCredential } from '../../src/domain/credential';
import { needsEnd } from '../../src/domain/token-rules';
import { credentialOf, emptyDraft, personalKind, typedSituation } from './credential';
import { CredentialFields } from './credential-fields';
import { ErrorMessage } from './error-message';
import { openExternal } from './links';
import { NewTab } from './new-tab';
import { doubtAbout } from './paste-check';
import { type Text, useText } from './text';
import { TokenRulesTold } from './token-rules';
import { inertWhile, useWrite } from './use-write';

const EndsOn = lazy(async () => ({ default: (await import('./ends-on')).EndsOn }));
const TokenHelp = lazy(async () => ({ default: (await import('./token-help')).TokenHelp }));

type Props = {
  integration: IntegrationView;
  /** Has the backend check and store the token; the form shows a failure. */
  save: (credential: PastedCredential, endsOn?: string) => Promise<Result<TokenSaved, PageError>>;
  onSaved: (saved: TokenSaved) => void;
  onCancel: () => void;
  /** Offered when a token is stored. */
  onRemove?: () => void;
  /** Has the service replace the stored token; offered where it can. */
  renew: () => Promise<Result<TokenSaved, PageError>>;
};

/** The one form for a person's token, the same from everywhere. The token is in the field and in the call, nowhere else. */
export function TokenForm({ integration, save, onSaved, onCancel, onRemove, renew }: Props) {
  const text = useText();
  const { t } = text;
  const kind = personalKind(integration.provider);
  const [draft, setDraft] = useState(() => emptyDraft(kind));
  const [endsOn, setEndsOn] = useState('');
  const [empty, setEmpty] = useState(false);
  const [helpOpen, setHelpOpen] = useState(false);
  const [renewing, setRenewing] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const heading = useId();
  const { working, error, attempt, run } = useWrite<TokenSaved>((saved) => {
    setDraft(emptyDraft(kind));
    onSaved(saved);
  });
  useEffect(() => input.current?.focus(), []);
  const isEndWrong = error?.code === 'INVALID_INPUT' && error.params.field === 'endsOn';
  useEffect(() => {
    if (isEndWrong) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [isEndWrong, attempt]);
  const { serviceName: service, host, provider, attribution, tokenRules } = integration;
  const named = text.words(provider);

  function submit(event?: FormEvent) {
    event?.preventDefault();
    const credential = credentialOf(draft);
    setEmpty(!credential);
    if (!credential) return input.current?.focus();
    setRenewing(false);
    void run(() => save(credential, endsOn === '' ? undefined : endsOn));
  }
  function submitRenewal() {
    setRenewing(true);
    void run(renew);
  }

  return (
    <form ref={form} className="stack" onSubmit={submit} autoComplete="off" noValidate aria-labelledby={heading}>
      <h1 id={heading}>{t(kind === 'access-key' ? 'token.heading.access-key' : 'token.heading')}</h1>
      <p>
        <strong>{integration.name}</strong>
        <br />
        <span className="subtle">{t('token.where', { service, host })}</span>
      </p>
      {error && !isEndWrong && (
        <ErrorMessage
          key={attempt}
          error={error}
          around={{ integration, ...(!renewing && { situation: typedSituation(integration, kind) }) }}
          takesFocus
          onTryAgain={renewing ? submitRenewal : () => submit()}
        />
      )}
      <TokenRulesTold integration={integration} />
      <StoredToken integration={integration} isTold={error?.code === 'TOKEN_RENEWAL_UNFINISHED'} />
      <div className="stack" {...inertWhile(working)}>
        {attribution.token?.renewable && (
          <Renewal service={service} isLoading={working && renewing} onRenew={submitRenewal} />
        )}
        <CredentialFields
          draft={draft}
          onChange={setDraft}
          inputRef={input}
          showsMissing={empty}
          hint={
            <>
              {kind === 'token' && doubt(draft.first, integration, text)}
              <div>{t('token.needs', named)}</div>
            </>
          }
        />
        {integration.capabilities.tokenEndUntold && (
          <Suspense fallback={<div className="skeleton skeleton-field" />}>
            <EndsOn
              value={endsOn}
              onChange={setEndsOn}
              service={service}
              isNeeded={tokenRules !== undefined && needsEnd(tokenRules)}
              isWrong={isEndWrong}
            />
          </Suspense>
        )}
        <div className="row">
          <Button iconAfter={NewTab} onClick={() => void openExternal(integration.newTokenUrl)}>
            {t('token.new', named)}
          </Button>
          <button type="button" className="link-button" aria-expanded={helpOpen} onClick={() => setHelpOpen(!helpOpen)}>
            {t('token.howTo')}
          </button>
        </div>
        {helpOpen && (
          <Suspense fallback={<div className="skeleton message-skeleton" />}>
            <TokenHelp integration={integration} />
          </Suspense>
        )}
      </div>
      <div className="row dialog-footer dialog-end">
        <span className="subtle" role="status">
          {working && t(renewing ? 'token.renewing' : 'token.checking', { service })}
        </span>
        <div className="row">
          {onRemove && attribution.token && (
            <Button appearance="subtle" isDisabled={working} onClick={onRemove}>
              {t('token.remove')}
            </Button>
          )}
        </div>
        <div className="row push">
          <Button appearance="subtle" isDisabled={working} onClick={onCancel}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" appearance="primary" isLoading={working && !renewing} isDisabled={renewing && working}>
            {t('token.update')}
          </Button>
        </div>
      </div>
    </form>
  );
}

function Renewal(props: { service: string; isLoading: boolean; onRenew: () => void }) {
  const { t } = useText();
  return (
    <div className="stack-tight">
      <p className="small subtle">{t('token.renew.text', { service: props.service })}</p>
      <div className="row">
        <Button isLoading={props.isLoading} onClick={props.onRenew}>
          {t('token.renew')}
        </Button>
      </div>
    </div>
  );
}

/** Whose token is stored. `isTold`: the form says already that a renewal of it is unfinished. */
function StoredToken({ integration, isTold }: { integration: IntegrationView; isTold: boolean }) {
  const { t, words } = useText();
  const { token } = integration.attribution;
  if (!token) return undefined;
  return (
    <>
      <p className="subtle">{t('token.stored', { login: token.login, ...words(integration.provider) })}</p>
      {token.renewalUnfinished && !isTold && <p className="warning">{t('token.renewalUnfinished')}</p>}
    </>
  );
}

function doubt(token: string, { provider, serviceName }: IntegrationView, { t }: Text): ReactNode {
  const found = doubtAbout(token, provider);
  if (!found) return undefined;
  return (
    <div className="warning">{t(found.key, { service: serviceName, ...(found.other && { other: found.other }) })}</div>
  );
}
