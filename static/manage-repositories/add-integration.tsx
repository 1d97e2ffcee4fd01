import Button from '@atlaskit/button/new';
import { type ComponentProps, type FormEvent, useState } from 'react';
import type { ConnectionView, ManagedIntegrationView, ManagedSiteView } from '../../src/contract/views';
import { placeIn, type Offering } from '../../src/domain/offerings';
import { call } from '../shared/call';
import { credentialOf, emptyDraft, typedSituation, type CredentialKind } from '../shared/credential';
import { ErrorMessage } from '../shared/error-message';
import { useText } from '../shared/text';
import { Connection } from './connection';
import { NameField } from './name-field';
import { isComplete, payloadOf, type Options } from './options';
import { OwnersField } from './owners-field';
import { PageHead } from './page-head';
import { ProjectsField } from './projects-field';
import { RequireField } from './require-field';
import { ServiceTiles } from './service-tiles';
import { firstOffering, namedService } from './services';
import { Steps } from './steps';
import { useFocusOnProblem, useSave } from './use-save';

type Props = { site: ManagedSiteView; onAdded: (integration: ManagedIntegrationView) => void; onCancel: () => void };

/** A new integration in three steps, each there as soon as the one before it is done: which service, the account it uses, what people may do with it. */
export function AddIntegration({ site, onAdded, onCancel }: Props) {
  const { t, words } = useText();
  const [offering, setOffering] = useState<Offering>(firstOffering);
  const [address, setAddress] = useState('');
  const [draft, setDraft] = useState(() => emptyDraft(usualKind(offering)));
  const [tested, setTested] = useState<ConnectionView>();
  const [options, setOptions] = useState<Options>({ name: '', requireUserPat: false, projects: 'all', owners: [] });
  const save = useSave(onAdded);
  const { form, attempt, missing } = useFocusOnProblem();
  const service = namedService(offering, address, options.name);

  function submit(event?: FormEvent) {
    event?.preventDefault();
    const credential = credentialOf(draft);
    const place = placeIn(offering, address);
    if (!tested || !isComplete(options) || !credential || !place.ok) return missing();
    void save.run(() =>
      call('manage-repositories', 'add-integration', {
        ...place.value,
        credential,
        ...payloadOf(options),
      }),
    );
  }
  return (
    <>
      <PageHead heading={t('add.heading')} />
      <Steps current={tested && tested.owners.length > 0 ? 'options' : 'connect'} />
      <form ref={form} className="stack form-narrow" onSubmit={submit} noValidate autoComplete="off">
        {save.error && (
          <ErrorMessage
            key={save.attempt}
            error={save.error}
            around={{ integration: service, situation: typedSituation(service, draft.kind) }}
            takesFocus
            onTryAgain={() => submit()}
          />
        )}
        <section className="stack-tight">
          <h2>{t('add.service')}</h2>
          <ServiceTiles
            value={offering}
            onChange={(next) => {
              setOffering(next);
              setAddress('');
              setDraft(emptyDraft(usualKind(next)));
              setTested(undefined);
            }}
          />
        </section>
        <section className="stack">
          <div className="stack-tight">
            <h2>{t('add.connect')}</h2>
            <p className="subtle">{t('add.connect.text', words(offering.provider))}</p>
          </div>
          <Connection
            key={offering.key}
            offering={offering}
            address={address}
            draft={draft}
            tested={tested}
            problem={attempt > 0 && !tested ? t('add.testFirst') : undefined}
            onAddress={(next) => {
              setAddress(next);
              setTested(undefined);
            }}
            onDraft={(next) => {
              setDraft(next);
              setTested(undefined);
            }}
            onTested={(found) => {
              setTested(found);
              setOptions({ ...options, owners: found.owners, name: options.name || freeName(site, found, offering) });
            }}
          />
        </section>
        {tested && tested.owners.length > 0 && (
          <AdminOptions
            site={site}
            service={{ ...service, name: tested.serviceName, capabilities: tested.capabilities }}
            owners={tested.owners}
            value={options}
            showsMissing={attempt > 0}
            onChange={setOptions}
          />
        )}
        <div className="row">
          <Button
            type="submit"
            appearance="primary"
            isDisabled={!tested || tested.owners.length === 0}
            isLoading={save.working}
            aria-describedby="add-hint"
          >
            {t('add.submit')}
          </Button>
          <Button appearance="subtle" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
          <span id="add-hint" className="small subtle" role="status">
            {save.working ? t('add.working') : !tested && t('add.testFirst')}
          </span>
        </div>
      </form>
    </>
  );
}

type AdminOptionsProps = {
  site: ManagedSiteView;
  service: ComponentProps<typeof RequireField>['service'];
  /** Those that the connection reaches. */
  owners: ConnectionView['owners'];
  value: Options;
  showsMissing: boolean;
  onChange: (options: Options) => void;
};

/** What people may do with it. */
function AdminOptions({ site, service, owners, value, showsMissing, onChange }: AdminOptionsProps) {
  const { t } = useText();
  return (
    <section className="stack">
      <h2>{t('options.heading')}</h2>
      <NameField value={value.name} showsMissing={showsMissing} onChange={(name) => onChange({ ...value, name })} />
      <RequireField
        site={site}
        service={service}
        name={value.name}
        value={value.requireUserPat}
        onChange={(requireUserPat) => onChange({ ...value, requireUserPat })}
      />
      <OwnersField
        all={owners}
        value={value.owners}
        showsMissing={showsMissing}
        onChange={(owners) => onChange({ ...value, owners })}
      />
      <ProjectsField
        all={site.projects}
        value={value.projects}
        showsMissing={showsMissing}
        onChange={(projects) => onChange({ ...value, projects })}
      />
    </section>
  );
}

/** A name to start from: the one organization's, or the service's, with a number when it is taken. */
function freeName({ integrations }: ManagedSiteView, { owners }: ConnectionView, { name, provider }: Offering): string {
  const base = typeof owners !== 'string' && owners.length === 1 && owners[0] ? `${owners[0]}-${provider}` : name;
  const isTaken = (name: string) => integrations.some((one) => one.name.toLowerCase() === name.toLowerCase());
  const numbers = Array.from({ length: integrations.length + 1 }, (_, index) =>
    index === 0 ? base : `${base} ${index + 1}`,
  );
  return numbers.find((name) => !isTaken(name)) ?? base;
}

function usualKind({ credentials }: Offering): CredentialKind {
  return credentials[0] ?? 'token';
}
