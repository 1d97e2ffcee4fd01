import { useEffect, useState } from 'react';
import type { Card, IntegrationView } from '../../src/contract/views';
import { AskedInVain } from '../shared/asked-in-vain';
import { call } from '../shared/call';
import { type ChosenRepository, RepositoryPicker } from '../shared/repository-picker';
import { StateLozenge } from '../shared/state-lozenge';
import { useText } from '../shared/text';
import { useDebounced } from '../shared/use-debounced';
import { usePages } from '../shared/use-pages';

type Props = {
  issueKey: string;
  integrations: readonly IntegrationView[];
  /** Words of a title or a branch. Without any and without a repository nothing is searched. */
  search: string;
  value: Card | undefined;
  onChange: (card: Card | undefined) => void;
};

/** Branches and pull requests by words, of all integrations at once or in one repository, to choose one of them. */
export function FoundWork(props: Props) {
  const { t } = useText();
  const [inside, setInside] = useState<ChosenRepository>();
  const everywhere = inside && (
    <button type="button" className="link-button" onClick={() => setInside(undefined)}>
      {t('attach.everywhere')}
    </button>
  );
  return (
    <>
      <RepositoryPicker
        label={t('attach.inside')}
        place={{ issueKey: props.issueKey }}
        integrations={props.integrations}
        value={inside}
        onChange={setInside}
        aside={everywhere}
      />
      <Results {...props} inside={inside} />
    </>
  );
}

type ResultsProps = Props & { inside: ChosenRepository | undefined };

function Results({ issueKey, integrations, search, inside, value, onChange }: ResultsProps) {
  const { t } = useText();
  const asked = useDebounced(search.slice(0, 200), 300);
  const repository = inside?.repository.name;
  const isAsked = search !== '' || repository !== undefined;
  const searched = integrations.filter(({ id }) => isAsked && (inside?.integrationId ?? id) === id);
  // A token saved meanwhile may see more.
  const tokens = searched.map(({ attribution }) => attribution.token?.savedAt ?? '');
  const question = JSON.stringify([asked, inside?.integrationId, repository, tokens]);
  const { sources, loadMore, retry } = usePages<Card>(
    asked === '' && repository === undefined ? [] : searched.map(({ id }) => id),
    question,
    (integrationId, cursor) =>
      call('issue', 'search-work', {
        ...{ issueKey, integrationId, search: asked, among: searched.length },
        ...(repository !== undefined && { repository }),
        ...(cursor !== undefined && { cursor }),
      }),
  );
  const answers = searched.flatMap((integration) => {
    const source = sources[integration.id];
    return source ? [{ integration, source }] : [];
  });
  const isOpen = ({ id }: IntegrationView) => sources[id]?.question !== question || sources[id].loading;
  const isLoading = isAsked && (asked !== search.slice(0, 200) || searched.some(isOpen));
  // What another question found is no answer to this one: nobody chooses from it.
  const found = answers.filter(({ source }) => source.question === question).flatMap(({ source }) => source.items);
  const isThere = found.some(({ url }) => url === value?.url);
  useEffect(() => {
    if (value && !isThere && !isLoading) onChange(undefined);
  }, [value, isThere, isLoading]);
  if (!isAsked) return undefined;
  const more = answers.some(({ source }) => source.next !== undefined);
  const hasFailed = answers.some(({ source }) => source.error !== undefined);
  // Nothing is said to be missing where nobody could look.
  const isNothing = found.length === 0 && !hasFailed;
  const said = isNothing || found.length > 0 ? t('attach.found', { count: found.length }) : '';
  return (
    <div className="stack">
      <div role="status" className="small subtle">
        {isLoading ? t('attach.searching') : said} {!isLoading && isNothing && t('attach.none')}
      </div>
      {answers.map(({ integration, source: { error, withheld } }) => {
        const why = error ?? withheld;
        const onTryAgain = () => retry(integration.id);
        const sentence = error ? 'panel.failed' : 'panel.partly';
        return (
          why && <AskedInVain key={integration.id} error={why} {...{ sentence, integration, onTryAgain, repository }} />
        );
      })}
      {found.length > 0 && (
        <fieldset className="found-work">
          <legend className="legend">{t('attach.results')}</legend>
          {found.map((card) => (
            <Result
              key={card.url}
              card={card}
              provider={integrations.find(({ id }) => id === card.integrationId)?.provider}
              isChosen={card.url === value?.url}
              onChoose={() => onChange(card)}
            />
          ))}
          {more && (
            <button type="button" className="link-button" onClick={loadMore}>
              {t('attach.more')}
            </button>
          )}
        </fieldset>
      )}
    </div>
  );
}

type ResultProps = {
  card: Card;
  provider: IntegrationView['provider'] | undefined;
  isChosen: boolean;
  onChoose: () => void;
};

function Result({ card, provider, isChosen, onChoose }: ResultProps) {
  const text = useText();
  const { repository, branch, author, updatedAt, number, title } = card;
  const isPull = card.kind === 'pull-request';
  return (
    <label className="found-card">
      <input type="radio" name="found-work" checked={isChosen} onChange={onChoose} />
      <span>
        <span className="found-title">
          <StateLozenge state={card.state} /> {isPull ? `${text.words(provider).sign}${number} ${title}` : branch}
        </span>
        <span className="small subtle">
          {[repository, isPull ? branch : text.t('card.branch'), author, updatedAt && text.ago(updatedAt)]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
    </label>
  );
}
