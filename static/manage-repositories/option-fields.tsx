import Checkbox from '@atlaskit/checkbox';
import Textfield from '@atlaskit/textfield';
import { useId } from 'react';
import type { ManagedIntegrationView, ManagedSiteView } from '../../src/contract/views';
import { Field } from '../shared/field';
import { useText } from '../shared/text';
import { Impact } from './impact';
import { ProjectsField } from './projects-field';

export type Options = { name: string; requireUserPat: boolean; projects: 'all' | string[]; owners: string[] };

type Props = {
  site: ManagedSiteView;
  value: Options;
  /** Owners that may be ticked. */
  owners: readonly string[];
  /** The integration as it is stored; a new one has no people with tokens. */
  stored?: ManagedIntegrationView;
  showsMissing: boolean;
  onChange: (value: Options) => void;
};

/** What an admin decides about one integration; the same when adding and when editing. */
export function OptionFields({ site, value, owners, stored, showsMissing, onChange }: Props) {
  const { t } = useText();
  const legend = useId();
  const { name, requireUserPat, projects } = value;
  const change = (part: Partial<Options>) => onChange({ ...value, ...part });
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
          onChange={(event) => change({ requireUserPat: event.currentTarget.checked })}
        />
        <p className="small subtle check-hint">
          {t(site.settings.requireUserPat ? 'options.require.site' : 'options.require.hint')}
        </p>
      </div>
      {stored && requireUserPat && !stored.requireUserPat && !site.settings.requireUserPat && (
        <Impact integrations={[stored]} />
      )}
      <fieldset aria-labelledby={legend} aria-describedby={`${legend}-hint`}>
        <div id={legend} className="legend">
          {t('options.owners')}
        </div>
        <div className="checks">
          {owners.map((owner) => (
            <Checkbox
              key={owner}
              label={owner}
              isChecked={value.owners.includes(owner)}
              isInvalid={missingOwners}
              onChange={(event) =>
                change({
                  owners: owners.filter((one) =>
                    one === owner ? event.currentTarget.checked : value.owners.includes(one),
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
