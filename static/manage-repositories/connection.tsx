import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { ConnectionView } from '../../src/contract/views';
import { placeIn, type Offering } from '../../src/domain/offerings';
import { call } from '../shared/call';
import {
  credentialOf,
  emptyDraft,
  typedSituation,
  type CredentialDraft,
  type CredentialKind,
} from '../shared/credential';
import { CredentialFields } from '../shared/credential-fields';
import { ErrorMessage } from '../shared/error-message';
import { Policy } from '../shared/policy';
import { useText } from '../shared/text';
import { inertWhile, useWrite } from '../shared/use-write';
import { AddressField } from './address-field';
import { allowEgress } from './allow-egress';
import { apiOriginOf, hasAddress, namedService, needsApproval } from './services';
import { NewTokenButton } from './new-token-button';
import { Tested } from './tested';

type Props = {
  offering: Offering;
  address: string;
  /** Absent where the address is settled. */
  onAddress?: (address: string) => void;
  draft: CredentialDraft;
  tested: ConnectionView | undefined;
  problem?: string | undefined;
  onDraft: (draft: CredentialDraft) => void;
  onTested: (found: ConnectionView) => void;
};

/** Where the service is, the credential of the integration account, and what the service says to it. */
export function Connection({ offering, address, onAddress, draft, tested, problem, onDraft, onTested }: Props) {
  const { t, words } = useText();
  const [tried, setTried] = useState(false);
  const { working, error, attempt, run, clearError } = useWrite<ConnectionView>(onTested);
  const service = namedService(offering, address, '');

  function test() {
    setTried(true);
    const credential = credentialOf(draft);
    const place = placeIn(offering, address);
    if (!credential || !place.ok) return;
    const { edition } = place.value;
    void run(async () => {
      const reason = needsApproval(edition)
        ? await allowEgress(apiOriginOf(edition, place.value.address), t('add.egress.group'))
        : undefined;
      return reason
        ? { ok: false, error: { code: 'EGRESS_DECLINED', params: { host: service.host, reason } } }
        : call('manage-repositories', 'test-connection', { ...place.value, credential });
    });
  }
  const place = placeIn(offering, address);
  const isTyped = onAddress !== undefined && place.ok && needsApproval(place.value.edition);
  const needs = draft.kind === 'password' ? t('token.needs.password') : t('token.needs', words(service.provider));

  return (
    <div className="stack">
      <div className="stack" {...inertWhile(working)}>
        {onAddress && hasAddress(offering) && (
          <AddressField
            offering={offering}
            value={address}
            showsMissing={tried}
            onEnter={test}
            onChange={(next) => {
              clearError();
              onAddress(next);
            }}
          />
        )}
        {offering.credentials.length > 1 && (
          <CredentialKinds
            kinds={offering.credentials}
            value={draft.kind}
            onChange={(kind) => {
              setTried(false);
              onDraft(emptyDraft(kind));
            }}
          />
        )}
        <CredentialFields
          draft={draft}
          showsMissing={tried}
          problem={problem}
          hint={needs}
          onEnter={test}
          onChange={(next) => {
            clearError();
            onDraft(next);
          }}
        />
      </div>
      <Policy provider={offering.provider} />
      <div className="row">
        <Button appearance={onAddress && !tested ? 'primary' : 'default'} isLoading={working} onClick={test}>
          {t('add.test')}
        </Button>
        {draft.kind !== 'password' && <NewTokenButton offering={offering} address={address} />}
        <span className="subtle" role="status">
          {working && t('add.testing', { service: service.serviceName })}
        </span>
      </div>
      {error && (
        <ErrorMessage
          key={attempt}
          takesFocus
          error={error}
          // Which edition it is, nobody knows yet: the tile's name is right for all of them.
          around={{
            integration: service,
            instead: { service: service.serviceName, ...(isTyped && { typed: 'true', host: service.host }) },
            situation: typedSituation(service, draft.kind),
          }}
          onTryAgain={test}
        />
      )}
      {tested && <Tested found={tested} service={service} kind={draft.kind} />}
    </div>
  );
}

type KindsProps = {
  kinds: readonly CredentialKind[];
  value: CredentialKind;
  onChange: (kind: CredentialKind) => void;
};

function CredentialKinds({ kinds, value, onChange }: KindsProps) {
  const { t } = useText();
  return (
    <fieldset>
      <legend className="legend">{t('add.credential')}</legend>
      <div className="checks">
        {kinds.map((kind) => (
          <label key={kind}>
            <input type="radio" name="credential-kind" checked={kind === value} onChange={() => onChange(kind)} />{' '}
            {t(`add.credential.${kind}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
