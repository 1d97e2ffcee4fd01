import Checkbox from '@atlaskit/checkbox';
import Textfield from '@atlaskit/textfield';
import { useId, useState } from 'react';
import type { ConnectionView, ManagedIntegrationView, ManagedSiteView } from '../../src/contract/views';
import { editions } from '../../src/domain/editions';
import { Field } from '../shared/field';
import { useText } from '../shared/text';
import { Impact } from './impact';
import { ProjectsField } from './projects-field';
import { RequireAnyway } from './require-anyway';

export type Options = {
  name: string;
  requireUserPat: boolean;
  projects: 'all' | string[];
  owners: ConnectionView['owners'];
};

type Props = {
  site: ManagedSiteView;
  value: Options;
  /** Owners that may be ticked; a service may know none. */
  owners: Options['owners'];
  /** The integration as it is stored; a new one has no people with tokens. */
  stored?: ManagedIntegrationView;
  /** What *Test connection* found. */
  detected?: ConnectionView;
  showsMissing: boolean;
  onChange: (value: Options) => void;
};

/** What an admin decides about one integration; the same when adding and when editing. */
export function OptionFields({ site, value, owners, stored, detected, showsMissing, onChange }: Props) {
  const { t } = useText();
  const legend = useId();
  const { name, requireUserPat, projects } = value;
  const change = (part: Partial<Options>) => onChange({ ...value, ...part });
  const service = detected ?? stored;
  const [asking, setAsking] = useState(false);
  const ticked = typeof value.owners === 'string' ? [] : value.owners;
  const missingOwners = showsMissing && value.owners.length === 0;
  return (
    <>
      <Field
        label={t('options.name')}
        hint={t('options.name.hint')}
        problem={showsMissing && name.trim() === '' ? t('options.name.empty') : undefined}
      >
        {({ id, describedBy, invalid }) => (
          <Textfield
            id={id}
            value={name}
            onChange={(event) => change({ name: event.currentTarget.value })}
            maxLength={80}
            aria-describedby={describedBy}
            isInvalid={invalid}
            autoComplete="off"
          />
        )}
      </Field>
      <div>
        <Checkbox
          label={t('options.require')}
          isChecked={requireUserPat}
          onChange={(event) => {
            const wanted = event.currentTarget.checked;
            const impossible = wanted && service !== undefined && !service.capabilities.userTokens;
            setAsking(impossible);
            if (!impossible) change({ requireUserPat: wanted });
          }}
        />
        <p className="small subtle check-hint">
          {t(site.settings.requireUserPat ? 'options.require.site' : 'options.require.hint')}
        </p>
      </div>
      {asking && service && (
        <RequireAnyway
          integrations={[
            { ...service, name: name.trim() || service.serviceName, provider: editions[service.edition].provider },
          ]}
          onAnswer={(anyway) => {
            setAsking(false);
            change({ requireUserPat: anyway });
          }}
        />
      )}
      {stored && requireUserPat && !stored.requireUserPat && !site.settings.requireUserPat && (
        <Impact integrations={[stored]} />
      )}
      {typeof owners !== 'string' && (
        <fieldset aria-labelledby={legend} aria-describedby={`${legend}-hint`}>
          <div id={legend} className="legend">
            {t('options.owners')}
          </div>
          <div className="checks">
            {owners.map((owner) => (
              <Checkbox
                key={owner}
                label={owner}
                isChecked={ticked.includes(owner)}
                isInvalid={missingOwners}
                onChange={(event) =>
                  change({
                    owners: owners.filter((one) =>
                      one === owner ? event.currentTarget.checked : ticked.includes(one),
                    ),
                  })
                }
              />
            ))}
          </div>
          <p id={`${legend}-hint`} className={missingOwners ? 'small danger' : 'small subtle'} aria-live="polite">
            {t(missingOwners ? 'options.owners.empty' : 'options.owners.hint')}
          </p>
        </fieldset>
      )}
      <ProjectsField
        all={site.projects}
        value={projects}
        showsMissing={showsMissing}
        onChange={(next) => change({ projects: next })}
      />
    </>
  );
}

/** Whether everything needed is there. */
export function isComplete({ name, owners, projects }: Options): boolean {
  return name.trim() !== '' && owners.length > 0 && projects.length > 0;
}

/** The options as the backend takes them. */
export function payloadOf({ owners, name, ...rest }: Options) {
  return { ...rest, name: name.trim(), owners: typeof owners === 'string' ? owners : [...owners] };
}
