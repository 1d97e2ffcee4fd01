import { useEffect, useState } from 'react';
import type { BranchView } from '../../src/contract/views';
import { call } from './call';
import { errorText } from './error-text';
import { Field } from './field';
import { LazySearchSelect } from './lazy-search-select';
import type { ChosenRepository } from './repository-picker';
import { useText } from './text';
import { useDebounced } from './use-debounced';
import { usePages } from './use-pages';
import { usualBranch } from './usual-branch';

type Props = {
  label: string;
  issueKey: string;
  /** Without one there is nothing to choose from yet. */
  chosen: ChosenRepository | undefined;
  value: string;
  onChange: (branch: string) => void;
  problem?: string | undefined;
  /** Chooses the usual branch itself where the service does not name the default one. */
  startsWithUsual?: boolean;
};

/** Searches the branches of one repository. */
export function BranchPicker({ label, issueKey, chosen, value, onChange, problem, startsWithUsual }: Props) {
  const text = useText();
  const [search, setSearch] = useState('');
  const asked = useDebounced(search, 300);
  const repository = chosen?.repository.name ?? '';
  const sourceIds = chosen ? [chosen.integrationId] : [];
  const { sources, loadMore, retry } = usePages<BranchView>(
    sourceIds,
    `${repository} ${asked}`,
    (integrationId, cursor) =>
      call('issue', 'list-branches', { issueKey, integrationId, repository, search: asked, ...(cursor && { cursor }) }),
  );
  const source = chosen && sources[chosen.integrationId];
  const error = source?.error;
  const isOpen = startsWithUsual && chosen && !chosen.repository.defaultBranch && value === '' && asked === '';
  const usual =
    isOpen && source && !source.loading
      ? usualBranch(
          source.items.map(({ name }) => name),
          source.next === undefined,
        )
      : undefined;
  useEffect(() => {
    if (usual !== undefined) onChange(usual);
    // Once for each branch that is found so: `onChange` is a new function at each drawing.
  }, [usual]);
  return (
    <Field
      label={label}
      problem={problem}
      hint={
        error && chosen ? (
          <div className="row">
            <span>
              {text.t('field.branch.failed', { title: errorText(error, text, { params: { repository } }).title })}
            </span>
            <button type="button" className="link-button" onClick={() => retry(chosen.integrationId)}>
              {text.t('action.try-again')}
            </button>
          </div>
        ) : undefined
      }
    >
      {({ id, describedBy, invalid }) => (
        <LazySearchSelect<string>
          id={id}
          describedBy={describedBy}
          invalid={invalid}
          isDisabled={!chosen}
          value={value === '' ? undefined : option(value)}
          groups={[{ label, options: (source?.items ?? []).map(({ name }) => option(name)) }]}
          isLoading={Boolean(source?.loading) || asked !== search}
          placeholder={text.t(chosen ? 'field.branch.placeholder' : 'field.branch.first')}
          nothing={text.t('field.branch.none')}
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

function option(name: string) {
  return { label: name, value: name, data: name };
}
