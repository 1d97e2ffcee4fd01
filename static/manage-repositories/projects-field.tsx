import Checkbox from '@atlaskit/checkbox';
import { lazy, Suspense } from 'react';
import type { ManagedSiteView } from '../../src/contract/views';
import { Field } from '../shared/field';
import { useText } from '../shared/text';

const ProjectSelect = lazy(async () => ({ default: (await import('./project-select')).ProjectSelect }));

type Props = {
  site: ManagedSiteView;
  value: 'all' | string[];
  showsMissing: boolean;
  onChange: (value: 'all' | string[]) => void;
};

/** All projects, or those chosen by name. */
export function ProjectsField({ site, value, showsMissing, onChange }: Props) {
  const { t } = useText();
  return (
    <div className="checks">
      <Checkbox
        label={t('options.projects.all')}
        isChecked={value === 'all'}
        onChange={(event) => onChange(event.currentTarget.checked ? 'all' : [])}
      />
      {value !== 'all' && (
        <Field
          label={t('options.projects.chosen')}
          problem={showsMissing && value.length === 0 ? t('options.projects.empty') : undefined}
        >
          {(ids) => (
            <Suspense fallback={<div className="skeleton skeleton-field" />}>
              <ProjectSelect
                {...ids}
                site={site}
                value={value}
                placeholder={t('options.projects.placeholder')}
                onChange={onChange}
              />
            </Suspense>
          )}
        </Field>
      )}
    </div>
  );
}
