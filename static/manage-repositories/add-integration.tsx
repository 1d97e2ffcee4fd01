import Button from '@atlaskit/button/new';
import { type ComponentProps, type FormEvent, useEffect, useState } from 'react';
import type { ConnectionView, ManagedIntegrationView, ManagedSiteView } from '../../src/contract/views';
import { placeIn, type Offering } from '../../src/domain/offerings';
import { call } from '../shared/call';
import { credentialOf, emptyDraft, typedSituation } from '../shared/credential';
import { ErrorMessage } from '../shared/error-message';
import { GuideLink } from '../shared/guide-link';
import { guides } from '../shared/guides';
import { useText } from '../shared/text';
import { inertWhile, useHeld, useWrite } from '../shared/use-write';
import { Connection } from './connection';
import { freeName } from './free-name';
import { NameField } from './name-field';
import { isComplete, payloadOf, type Options } from './options';
import { OwnersField } from './owners-field';
import { PageHead } from './page-head';
import { ProjectsField } from './projects-field';
import { RequireField } from './require-field';
import { SeenField } from './seen-field';
import { ChosenService, ServiceTiles } from './service-tiles';
import { namedService } from './services';
import { Steps } from './steps';
import { useLeaveQuestion } from '../shared/use-leave-question';
import { useFocusOnProblem } from './use-focus-on-problem';

type Props = { site: ManagedSiteView; onAdded: (integration: ManagedIntegrationView) => void; onCancel: () => void };

/** A new integration in three steps, each there as soon as the one before it is done: which service, the account it uses, what people may do with it. */
export function AddIntegration({ site, onAdded, onCancel }: Props) {
  const { t } = useText();
  const [offering, setOffering] = useState<Offering>();
  const [isChoosing, setChoosing] = useState(true);
  const [isTested, setTested] = useState(false);
  const isHeld = useHeld();
  return (
    <>
      <PageHead heading={t('add.heading')} />
      <p className="subtle">
        {t('add.text')} <GuideLink guide={guides.connect}>{t('admin.guide.connect')}</GuideLink>
      </p>
      <Steps current={!offering ? 'service' : isTested ? 'options' : 'connect'} />
      <div className="stack form-narrow">
        <section className="stack-tight" {...inertWhile(isHeld)}>
          <h2>{t('add.service')}</h2>
          {offering && !isChoosing ? (
            <ChosenService value={offering} onChange={() => setChoosing(true)} />
          ) : (
            <ServiceTiles
              value={offering}
              onChange={(next) => {
                setChoosing(false);
                if (next.key === offering?.key) return;
                setOffering(next);
                setTested(false);
              }}
            />
          )}
        </section>
        {offering ? (
          <NewIntegration
            key={offering.key}
            site={site}
            offering={offering}
            onTested={setTested}
            onAdded={onAdded}
            onCancel={onCancel}
          />
        ) : (
          <div className="form-end">
            <Button appearance="subtle" onClick={onCancel}>
              {t('action.cancel')}
            </Button>
          </div>
        )}
      </div>
    </>
  );
}

type Saved = { integration: ManagedIntegrationView };

type NewProps = Props & {
  offering: Offering;
  /** Whether the connection is known to work and to reach something. */
  onTested: (isTested: boolean) => void;
};

/** The second and third step, for one service. */
function NewIntegration({ site, offering, onTested, onAdded, onCancel }: NewProps) {
  const { t, words } = useText();
  const [address, setAddress] = useState('');
  const [draft, setDraft] = useState(() => emptyDraft(offering.credentials[0] ?? 'token'));
  const [tested, setTested] = useState<ConnectionView>();
  const [options, setOptions] = useState<Options>({ name: '', requireUserPat: false, projects: 'all', owners: [] });
  const save = useWrite<Saved>((saved) => onAdded(saved.integration));
  const { form, attempt, missing } = useFocusOnProblem();
  const service = namedService(offering, address, options.name);
  useLeaveQuestion(address !== '' || draft.first !== '' || draft.second !== '');
  useEffect(() => form.current?.querySelector('input')?.focus(), [form]);
  const isUsable = tested !== undefined && tested.owners.length > 0;

  function hear(found: ConnectionView | undefined) {
    setTested(found);
    onTested(found !== undefined && found.owners.length > 0);
    if (found)
      setOptions({ ...options, owners: found.owners, name: options.name || freeName(site, found, service, offering) });
  }
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
    <form ref={form} className="stack" onSubmit={submit} noValidate autoComplete="off">
      {save.error && (
        <ErrorMessage
          key={save.attempt}
          error={save.error}
          around={{ integration: service, situation: typedSituation(service, draft.kind) }}
          takesFocus
          onTryAgain={() => submit()}
        />
      )}
      <div className="stack" {...inertWhile(save.working)}>
        <section className="stack">
          <div className="stack-tight">
            <h2>{t('add.connect')}</h2>
            <p className="subtle">{t('add.connect.text', words(offering.provider))}</p>
          </div>
          <Connection
            offering={offering}
            address={address}
            draft={draft}
            tested={tested}
            problem={attempt > 0 && !tested ? t('add.testFirst') : undefined}
            onAddress={(next) => {
              setAddress(next);
              hear(undefined);
            }}
            onDraft={(next) => {
              setDraft(next);
              hear(undefined);
            }}
            onTested={hear}
          />
        </section>
        {isUsable && (
          <AdminOptions
            site={site}
            service={{ ...service, name: tested.serviceName, capabilities: tested.capabilities }}
            owners={tested.owners}
            value={options}
            showsMissing={attempt > 0}
            onChange={setOptions}
          />
        )}
      </div>
      <div className="row form-end">
        <Button
          type="submit"
          appearance={isUsable ? 'primary' : 'default'}
          isDisabled={!isUsable}
          isLoading={save.working}
          aria-describedby="add-hint"
        >
          {t('add.submit')}
        </Button>
        <Button appearance="subtle" isDisabled={save.working} onClick={onCancel}>
          {t('action.cancel')}
        </Button>
        <span id="add-hint" className="small subtle" role="status">
          {save.working ? t('add.working') : !tested && t('add.testFirst')}
        </span>
      </div>
    </form>
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

/** The permissions of people with it. */
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
      <SeenField
        site={site}
        userTokens={service.capabilities.userTokens}
        value={value}
        onChange={(seenWithoutToken) => onChange({ ...value, seenWithoutToken })}
      />
      <OwnersField
        provider={service.provider}
        all={owners}
        value={value.owners}
        showsMissing={showsMissing}
        onChange={(owners) => onChange({ ...value, owners })}
      />
      <ProjectsField
        site={site}
        value={value.projects}
        showsMissing={showsMissing}
        onChange={(projects) => onChange({ ...value, projects })}
      />
    </section>
  );
}
