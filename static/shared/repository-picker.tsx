import { type ReactNode, useState } from 'react';
import type { IntegrationView, RepositoryView } from '../../src/contract/views';
import { Field } from './field';
import { LazySearchSelect } from './lazy-search-select';
import { listedOf } from './listed';
import { listRepositories, type Place } from './place';
import { repositoryHints } from './repository-hints';
import { useText } from './text';
import { useDebounced } from './use-debounced';
import { usePages } from './use-pages';

/** A repository and the integration it is reached through. */
export type ChosenRepository = { integrationId: string; repository: RepositoryView };

type Props = {
  place: Place;
  integrations: readonly IntegrationView[];
  value: ChosenRepository | undefined;
  onChange: (value: ChosenRepository) => void;
  problem?: string | undefined;
  aside?: ReactNode;
  label?: string;
};

/** Searches every integration of the issue at once; one that fails says so below the field and hides none of the others. */
export function RepositoryPicker({ place, integrations, value, onChange, problem, aside, label }: Props) {
  const text = useText();
  const [search, setSearch] = useState('');
  const asked = useDebounced(search, 300);
  const ids = integrations.map(({ id }) => id);
  // A token saved meanwhile may see more, or be accepted where the old one was not.
  const tokens = integrations.map(({ attribution }) => attribution.token?.savedAt ?? '').join(' ');
  const { sources, loadMore, retry } = usePages<RepositoryView>(
    ids,
    `${Object.values(place).join()} ${asked} ${tokens}`,
    (integrationId, cursor) => listRepositories(place, { integrationId, search: asked, cursor }),
  );
  const groups = integrations.map(({ id, name }) => ({
    label: name,
    options: (sources[id]?.items ?? []).map((repository) => option({ integrationId: id, repository })),
  }));
  return (
    <Field
      label={label ?? text.t('field.repository')}
      problem={problem}
      aside={aside}
      hint={repositoryHints({ integrations, sources, retry })}
    >
      {({ id, describedBy, invalid }) => (
        <LazySearchSelect<ChosenRepository>
          id={id}
          describedBy={describedBy}
          invalid={invalid}
          value={value && option(value)}
          groups={groups}
          isLoading={ids.some((source) => sources[source]?.loading) || asked !== search}
          placeholder={text.t('field.repository.placeholder')}
          nothing={text.t('field.repository.none')}
          leftOut={listedOf({ integrations, sources }, text)}
          loadingText={text.t('list.loading')}
          search={search}
          onSearch={setSearch}
          onChange={onChange}
          onScrolledToEnd={loadMore}
        />
      )}
    </Field>
  );
}

function option(data: ChosenRepository) {
  return { label: data.repository.name, value: `${data.integrationId} ${data.repository.name}`, data };
}
