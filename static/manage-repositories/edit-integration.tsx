import Button from '@atlaskit/button/new';
import { type FormEvent, useState } from 'react';
import type { ConnectionView, ManagedIntegrationView, ManagedSiteView } from '../../src/contract/views';
import { call } from '../shared/call';
import { credentialOf, emptyDraft, typedSituation } from '../shared/credential';
import { ErrorMessage } from '../shared/error-message';
import { Message } from '../shared/message';
import { useText } from '../shared/text';
import { inertWhile, useWrite } from '../shared/use-write';
import { Connection } from './connection';
import { Expiring, needsCredential } from './expiring';
import { NameField } from './name-field';
import { isComplete, payloadOf, type Options } from './options';
import { OwnersField } from './owners-field';
import { PageHead } from './page-head';
import { ProjectsField } from './projects-field';
import { RequireField } from './require-field';
import { SeenField } from './seen-field';
import { offeringOf } from './services';
import { storedNow } from './stored-now';
import { takenOver } from './taken-over';
import { credentialEnd } from './tested';
import { useLeaveQuestion } from '../shared/use-leave-question';
import { useFocusOnProblem } from './use-focus-on-problem';

type Saved = { integration: ManagedIntegrationView };

type Props = {
  site: ManagedSiteView;
  integration: ManagedIntegrationView;
  onUpdated: (integration: ManagedIntegrationView) => void;
  onCancel: () => void;
};

/** An integration's settings. Nothing takes effect before *Update*. */
export function EditIntegration({ site, integration, onUpdated, onCancel }: Props) {
  const { t } = useText();
  const { id, owners, status } = integration;
  const [base, setBase] = useState(integration);
  const [options, setOptions] = useState(() => optionsOf(integration));
  const [replacing, setReplacing] = useState(false);
  const offering = offeringOf(integration.edition);
  const [draft, setDraft] = useState(() => emptyDraft(offering.credentials[0] ?? 'token'));
  const [tested, setTested] = useState<ConnectionView>();
  const save = useWrite<Saved>((saved) => onUpdated(saved.integration));
  const { form, attempt, missing } = useFocusOnProblem();
  const credential = replacing ? credentialOf(draft) : undefined;
  useLeaveQuestion(JSON.stringify(options) !== JSON.stringify(optionsOf(base)) || draft.first !== '');

  function submit(event?: FormEvent) {
    event?.preventDefault();
    if (!isComplete(options) || (credential && !tested)) return missing();
    void save.run(async () => {
      const { revision } = base;
      const payload = { id, ...payloadOf(options), revision, ...(credential && { credential }) };
      const answer = await call('manage-repositories', 'update-integration', payload);
      if (!answer.ok && answer.error.code === 'INTEGRATION_CHANGED') await takeOver();
      return answer;
    });
  }
  /** The values that another admin has stored meanwhile, for the fields that were not touched here. */
  async function takeOver() {
    const stored = (await storedNow())?.integrations.find((one) => one.id === id);
    if (stored === undefined) return;
    setOptions(takenOver(optionsOf(base), optionsOf(stored), options));
    setBase(stored);
  }
  return (
    <>
      <PageHead heading={t('edit.heading')} />
      <p className="subtle">
        {t('edit.of', { integration: integration.name, service: integration.serviceName, host: integration.host })}
      </p>
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
        <Status status={status} />
        <Expiring integrations={[integration]} isOne />
        <div className="stack" {...inertWhile(save.working)}>
          <section className="stack">
            <h2>{t('edit.connection')}</h2>
            <Account
              integration={integration}
              replacing={replacing}
              onReplace={() => {
                setReplacing(!replacing);
                setDraft(emptyDraft(draft.kind));
                setTested(undefined);
              }}
            />
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
            <NameField
              value={options.name}
              showsMissing={attempt > 0}
              onChange={(next) => setOptions({ ...options, name: next })}
            />
            <OwnersField
              provider={integration.provider}
              all={bothOwners(owners, tested?.owners)}
              value={options.owners}
              showsMissing={attempt > 0}
              onChange={(next) => setOptions({ ...options, owners: next })}
            />
          </section>
          <Features site={site} integration={integration} value={options} onChange={setOptions} />
          <section className="stack">
            <h2>{t('edit.projects')}</h2>
            <ProjectsField
              site={site}
              value={options.projects}
              showsMissing={attempt > 0}
              onChange={(next) => setOptions({ ...options, projects: next })}
            />
          </section>
        </div>
        <div className="row form-end">
          <Button type="submit" appearance="primary" isLoading={save.working}>
            {t('admin.update')}
          </Button>
          <Button appearance="subtle" isDisabled={save.working} onClick={onCancel}>
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

type FeaturesProps = Pick<Props, 'site' | 'integration'> & { value: Options; onChange: (options: Options) => void };

/** The requirement for people there, and how much they see without a token. */
function Features({ site, integration, value, onChange }: FeaturesProps) {
  const { t } = useText();
  return (
    <section className="stack">
      <h2>{t('edit.features')}</h2>
      <RequireField
        site={site}
        service={{ ...integration, name: integration.serviceName }}
        name={value.name}
        stored={integration}
        value={value.requireUserPat}
        onChange={(requireUserPat) => onChange({ ...value, requireUserPat })}
      />
      <SeenField
        site={site}
        userTokens={integration.capabilities.userTokens}
        value={value}
        onChange={(seenWithoutToken) => onChange({ ...value, seenWithoutToken })}
      />
    </section>
  );
}

type AccountProps = { integration: ManagedIntegrationView; replacing: boolean; onReplace: () => void };

/** The account of the credential and its expiry, which is said above when it is near, and the button to replace it. */
function Account({ integration, replacing, onReplace }: AccountProps) {
  const text = useText();
  const { account, serviceName: service, expiry } = integration;
  return (
    <div className="row-between">
      <p>
        {text.t('edit.account', { service, account })}{' '}
        {expiry && !needsCredential(integration) && credentialEnd({ ...integration, ...expiry }, text)}
      </p>
      <Button spacing="compact" onClick={onReplace}>
        {text.t(replacing ? 'edit.replace.cancel' : 'edit.replace')}
      </Button>
    </div>
  );
}

function optionsOf({ name, requireUserPat, seenWithoutToken, owners, projects }: ManagedIntegrationView): Options {
  return {
    ...{ name, requireUserPat, owners, projects: projects === 'all' ? 'all' : [...projects] },
    ...(seenWithoutToken && { seenWithoutToken }),
  };
}

/** The reason why people cannot use it, where there is one. */
function Status({ status }: Pick<ManagedIntegrationView, 'status'>) {
  const { t } = useText();
  if (status === 'credential-missing')
    return (
      <Message appearance="warning" title={t('admin.status.credential-missing')}>
        <p>{t('edit.missing')}</p>
      </Message>
    );
  return (
    status === 'disabled' && (
      <Message appearance="information" title={t('admin.status.disabled')}>
        <p>{t('edit.disabled')}</p>
      </Message>
    )
  );
}

/** Those that were ticked and those found now. */
function bothOwners(stored: Options['owners'], found: Options['owners'] | undefined): Options['owners'] {
  if (typeof stored === 'string' || typeof found === 'string') return stored;
  return [...new Set([...stored, ...(found ?? [])])];
}
