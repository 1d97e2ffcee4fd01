import { type ReactNode, useEffect, useState } from 'react';
import type { BranchView, Capabilities, IntegrationView } from '../../src/contract/views';
import { AskedInVain } from './asked-in-vain';
import { Field } from './field';
import { LazySearchSelect } from './lazy-search-select';
import { listBranches, type Place } from './place';
import type { ChosenRepository } from './repository-picker';
import type { SeenCommits } from './seen-commits';
import { startsIn, type StartKind } from './starts';
import { useText } from './text';
import { useDebounced } from './use-debounced';
import { usePages } from './use-pages';
import { usualBranch } from './usual-branch';

type Props = {
  label: string;
  place: Place;
  integrations: readonly IntegrationView[];
  /** Without one there is nothing to choose from yet. */
  chosen: ChosenRepository | undefined;
  value: string;
  /** Of the value, where it is no branch. */
  kind?: StartKind | undefined;
  onChange: (name: string, kind?: StartKind) => void;
  /** What else than a branch may be typed. */
  startsAt?: Capabilities['startsAt'];
  /** In place of *No branch found*. */
  nothing?: string | undefined;
  problem?: string | undefined;
  aside?: ReactNode;
  /** Below the field, when there is nothing more urgent to say. */
  hint?: ReactNode;
  /** Gets the commits of the listed branches. */
  seen?: SeenCommits;
  /** Chooses the usual branch itself where the service does not name the default one. */
  startsWithUsual?: boolean;
};

type Picked = { name: string; kind: StartKind | undefined };

/** Searches the branches of one repository. */
export function BranchPicker(props: Props) {
  const { label, place, chosen, value, onChange, problem, aside, hint, seen, startsWithUsual } = props;
  const text = useText();
  const [search, setSearch] = useState('');
  const asked = useDebounced(search, 300);
  const repository = chosen?.repository.name ?? '';
  const sourceIds = chosen ? [chosen.integrationId] : [];
  const { sources, loadMore, retry } = usePages<BranchView>(
    sourceIds,
    `${repository} ${asked}`,
    async (integrationId, cursor) => {
      const askedAt = performance.now();
      const answer = await listBranches(place, { integrationId, repository, search: asked, cursor });
      if (answer.ok) seen?.note({ integrationId, repository }, answer.value.items, askedAt);
      return answer;
    },
  );
  const source = chosen && sources[chosen.integrationId];
  const error = source?.error;
  const integration = props.integrations.find(({ id }) => id === chosen?.integrationId);
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
  const isLoading = Boolean(source?.loading) || asked !== search;
  // Before the answer nobody knows whether a branch is called so: Enter must not take a tag in its place.
  const others = isLoading ? [] : startsIn(search, props.startsAt);
  const option = (name: string, kind?: StartKind) => ({
    label: kind ? text.t(`field.source.${kind}`, { name }) : name,
    value: `${kind ?? ''} ${name}`,
    data: { name, kind },
  });
  const isEmpty =
    source && !source.loading && !error && asked === '' && source.items.length === 0 && source.next === undefined;
  return (
    <Field
      label={label}
      problem={problem}
      aside={aside}
      hint={
        error && integration ? (
          <AskedInVain
            sentence="field.branch.failed"
            {...{ integration, error, repository }}
            onTryAgain={() => retry(integration.id)}
          />
        ) : (
          (isEmpty && <span className="warning">{text.t('field.branch.empty', { repository })}</span>) || hint
        )
      }
    >
      {({ id, describedBy, invalid }) => (
        <LazySearchSelect<Picked>
          id={id}
          describedBy={describedBy}
          invalid={invalid}
          isDisabled={!chosen}
          value={value === '' ? undefined : option(value, props.kind)}
          groups={[
            { label, options: (source?.items ?? []).map(({ name }) => option(name)) },
            ...(others.length > 0
              ? [{ label: text.t('field.source.others'), options: others.map((kind) => option(search.trim(), kind)) }]
              : []),
          ]}
          isLoading={isLoading}
          placeholder={text.t(chosen ? 'field.branch.placeholder' : 'field.branch.first')}
          nothing={props.nothing ?? text.t('field.branch.none')}
          loadingText={text.t('list.loading')}
          search={search}
          onSearch={setSearch}
          onChange={({ name, kind }) => onChange(name, kind)}
          onScrolledToEnd={loadMore}
        />
      )}
    </Field>
  );
}
