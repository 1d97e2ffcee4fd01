import Button from '@atlaskit/button/new';
import { type FormEvent, useState } from 'react';
import type { ConnectionView, ManagedIntegrationView, ManagedSiteView } from '../../src/contract/views';
import { call } from '../shared/call';
import { ErrorMessage } from '../shared/error-message';
import { useText } from '../shared/text';
import { Connection } from './connection';
import { isComplete, OptionFields, type Options } from './option-fields';
import { PageHead } from './page-head';
import { gitHub } from './services';
import { useFocusOnProblem, useSave } from './use-save';

type Props = { site: ManagedSiteView; onAdded: (integration: ManagedIntegrationView) => void; onCancel: () => void };

const { serviceName, provider, edition } = gitHub;

/** A new integration: which service, the account it uses, then what people may do with it. */
export function AddIntegration({ site, onAdded, onCancel }: Props) {
  const { t } = useText();
  const [token, setToken] = useState('');
  const [tested, setTested] = useState<ConnectionView>();
  const [options, setOptions] = useState<Options>({ name: '', requireUserPat: false, projects: 'all', owners: [] });
  const save = useSave(onAdded);
  const { form, attempt, missing } = useFocusOnProblem();
  const service = { ...gitHub, name: options.name || serviceName };

  function submit(event?: FormEvent) {
    event?.preventDefault();
    if (!tested || !isComplete(options)) return missing();
    void save.run(() =>
      call('manage-repositories', 'add-integration', {
        edition,
        credential: { kind: 'token', token: token.trim() },
        ...options,
        name: options.name.trim(),
      }),
    );
  }
  return (
    <>
      <PageHead heading={t('add.heading')} />
      <form ref={form} className="stack form-narrow" onSubmit={submit} noValidate autoComplete="off">
        {save.error && (
          <ErrorMessage
            key={save.attempt}
            error={save.error}
            around={{ integration: service, situation: 'new-token' }}
            takesFocus
            onTryAgain={() => submit()}
          />
        )}
        <section className="stack-tight">
          <h2>{t('add.service')}</h2>
          <p>
            <strong>{serviceName}</strong> <span className="subtle">{service.host}</span>
          </p>
        </section>
        <section className="stack">
          <div className="stack-tight">
            <h2>{t('add.connect')}</h2>
            <p className="subtle">{t('add.connect.text')}</p>
          </div>
          <Connection
            service={service}
            token={token}
            tested={tested}
            problem={attempt > 0 && !tested ? t('add.testFirst') : undefined}
            onToken={(next) => {
              setToken(next);
              setTested(undefined);
            }}
            onTested={(found) => {
              setTested(found);
              setOptions({ ...options, owners: [...found.owners], name: options.name || freeName(site, found) });
            }}
          />
        </section>
        {tested && tested.owners.length > 0 && (
          <section className="stack">
            <h2>{t('options.heading')}</h2>
            <OptionFields
              site={site}
              value={options}
              owners={tested.owners}
              showsMissing={attempt > 0}
              onChange={setOptions}
            />
          </section>
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

/** A name to start from: the one organization's, or the service's, with a number when it is taken. */
function freeName({ integrations }: ManagedSiteView, { owners }: ConnectionView): string {
  const base = owners.length === 1 && owners[0] ? `${owners[0]}-${provider}` : serviceName;
  const isTaken = (name: string) => integrations.some((one) => one.name.toLowerCase() === name.toLowerCase());
  const numbers = Array.from({ length: integrations.length + 1 }, (_, index) =>
    index === 0 ? base : `${base} ${index + 1}`,
  );
  return numbers.find((name) => !isTaken(name)) ?? base;
}
