import { lazy, Suspense, useEffect, useState } from 'react';
import type { PageError } from '../../src/contract/errors';
import type { IntegrationView, ReviewerView } from '../../src/contract/views';
import { AskedInVain } from '../shared/asked-in-vain';
import { call } from '../shared/call';
import { Field } from '../shared/field';
import { useText } from '../shared/text';
import { useDebounced } from '../shared/use-debounced';

const PeopleSelect = lazy(async () => ({ default: (await import('./people-select')).PeopleSelect }));

type Props = {
  issueKey: string;
  integration: IntegrationView;
  repository: string;
  value: readonly ReviewerView[];
  onChange: (chosen: ReviewerView[]) => void;
};

/** Reviewers. They are searched at the service, once somebody reaches for the field. */
export function ReviewersField({ issueKey, integration, repository, value, onChange }: Props) {
  const text = useText();
  const { t, words } = text;
  const [isOpen, setOpen] = useState(false);
  const [search, setSearch] = useState('');
  const [attempt, setAttempt] = useState(0);
  const asked = useDebounced(search, 300);
  const [found, setFound] = useState<{ asked: string; people: readonly ReviewerView[]; error?: PageError }>();
  const integrationId = integration.id;
  const { reviewers } = integration.capabilities;
  useEffect(() => {
    if (!isOpen) return undefined;
    let wanted = true;
    void call('issue', 'list-reviewers', { issueKey, integrationId, repository, search: asked }).then((answer) => {
      if (!wanted) return;
      setFound(answer.ok ? { asked, people: answer.value.reviewers } : { asked, people: [], error: answer.error });
    });
    return () => void (wanted = false);
  }, [isOpen, issueKey, integrationId, repository, asked, attempt]);
  const named = { service: integration.serviceName, ...words(integration.provider) };
  return (
    <Field
      label={t('field.reviewers')}
      hint={
        found?.error ? (
          <AskedInVain
            sentence="field.reviewers.failed"
            {...{ integration, error: found.error, repository }}
            onTryAgain={() => {
              setFound(undefined);
              setAttempt((count) => count + 1);
            }}
          />
        ) : (
          t('field.reviewers.hint', named)
        )
      }
    >
      {({ id, describedBy }) => (
        <Suspense fallback={<div className="skeleton skeleton-field" />}>
          <PeopleSelect
            id={id}
            describedBy={describedBy}
            value={value}
            people={found?.people ?? []}
            isLoading={isOpen && found?.asked !== search}
            placeholder={t('field.reviewers.placeholder')}
            nothing={t('field.reviewers.none')}
            leftOut={
              found?.error
                ? []
                : [t(reviewers === 'recent' ? 'listed.reviewers.recent' : 'listed.reviewers', { repository })]
            }
            loadingText={t('list.loading')}
            onOpen={() => setOpen(true)}
            search={search}
            onSearch={setSearch}
            onChange={onChange}
          />
        </Suspense>
      )}
    </Field>
  );
}
