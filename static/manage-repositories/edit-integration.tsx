import Button from '@atlaskit/button/new';
import { type FormEvent, useState } from 'react';
import type { ConnectionView, ManagedIntegrationView, ManagedSiteView } from '../../src/contract/views';
import { call } from '../shared/call';
import { credentialOf, emptyDraft, typedSituation } from '../shared/credential';
import { ErrorMessage } from '../shared/error-message';
import { Message } from '../shared/message';
import { useText } from '../shared/text';
import { Connection } from './connection';
import { isComplete, OptionFields, payloadOf, type Options } from './option-fields';
import { PageHead } from './page-head';
import { offeringOf } from './services';
import { useFocusOnProblem, useSave } from './use-save';

type Props = {
  site: ManagedSiteView;
  integration: ManagedIntegrationView;
  onUpdated: (integration: ManagedIntegrationView) => void;
  onCancel: () => void;
};

/** An integration's settings. Nothing takes effect before *Update*. */
export function EditIntegration({ site, integration, onUpdated, onCancel }: Props) {
  const { t } = useText();
  const { id, name, requireUserPat, projects, owners, account, serviceName, status } = integration;
  const [options, setOptions] = useState<Options>({
    name,
    requireUserPat,
    owners,
    projects: projects === 'all' ? 'all' : [...projects],
  });
  const [replacing, setReplacing] = useState(false);
  const offering = offeringOf(integration.edition);
  const [draft, setDraft] = useState(() => emptyDraft(offering.credentials[0] ?? 'token'));
  const [tested, setTested] = useState<ConnectionView>();
  const save = useSave(onUpdated);
  const { form, attempt, missing } = useFocusOnProblem();
  const credential = replacing ? credentialOf(draft) : undefined;

  function submit(event?: FormEvent) {
    event?.preventDefault();
    if (!isComplete(options) || (credential && !tested)) return missing();
    void save.run(() =>
      call('manage-repositories', 'update-integration', {
        id,
        ...payloadOf(options),
        ...(credential && { credential }),
      }),
    );
  }
  return (
    <>
      <PageHead heading={t('edit.heading')} />
      <form ref={form} className="stack form-narrow" onSubmit={submit} noValidate autoComplete="off">
        {save.error && (
          <ErrorMessage
            key={save.attempt}
            error={save.error}
            around={{ integration, situation: typedSituation(integration, draft.kind) }}
            takesFocus
            onTryAgain={() => submit()}
          />
        )}
        {status === 'credential-missing' && (
          <Message appearance="warning" title={t('admin.status.credential-missing')}>
            <p>{t('edit.missing')}</p>
          </Message>
        )}
        <div className="row-between">
          <p>{t('edit.account', { service: serviceName, account })}</p>
          <Button
            spacing="compact"
            onClick={() => {
              setReplacing(!replacing);
              setDraft(emptyDraft(draft.kind));
              setTested(undefined);
            }}
          >
            {t(replacing ? 'edit.replace.cancel' : 'edit.replace')}
          </Button>
        </div>
        {replacing && (
          <Connection
            offering={offering}
            address={integration.address}
            draft={draft}
            tested={tested}
            problem={attempt > 0 && credential && !tested ? t('add.testFirst') : undefined}
            onDraft={(next) => {
              setDraft(next);
              setTested(undefined);
            }}
            onTested={setTested}
          />
        )}
        <OptionFields
          site={site}
          value={options}
          owners={bothOwners(owners, tested?.owners)}
          stored={integration}
          showsMissing={attempt > 0}
          onChange={setOptions}
        />
        <div className="row">
          <Button type="submit" appearance="primary" isLoading={save.working}>
            {t('admin.update')}
          </Button>
          <Button appearance="subtle" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
          <span className="small subtle" role="status">
            {save.working && t('admin.working')}
          </span>
        </div>
      </form>
    </>
  );
}

/** Those that were ticked and those found now. */
function bothOwners(stored: Options['owners'], found: Options['owners'] | undefined): Options['owners'] {
  if (typeof stored === 'string' || typeof found === 'string') return stored;
  return [...new Set([...stored, ...(found ?? [])])];
}
