import Button from '@atlaskit/button/new';
import { useEffect, useMemo, useState } from 'react';
import type {
  Capabilities,
  IssueView,
  ProviderKind,
  PullRequestCreated,
  RepositoryAt,
  ReviewerView,
} from '../../src/contract/views';
import { tooLong, withLink } from '../../src/domain/request-text';
import { compareUrl } from '../shared/addresses';
import { call } from '../shared/call';
import { isSameRepository, startBranch } from '../shared/defaults';
import type { RequestPreset } from '../shared/dialogs';
import { draftOf } from '../shared/draft';
import { tellChange } from '../shared/issue-events';
import { openExternal } from '../shared/links';
import { NewTab } from '../shared/new-tab';
import { onlyOne, onlyProvider } from '../shared/only-one';
import { useSeenCommits } from '../shared/seen-commits';
import { requestTitle } from '../shared/request-title';
import { useText } from '../shared/text';
import { useWrite } from '../shared/use-write';
import { RequestFields, type RequestFieldValues } from './request-fields';
import { useRepository } from './use-repository';
import { startingText } from './starting-text';
import { useRequestForm } from './use-request-form';
import type { WriteTools } from './write-dialog';
import { WriteForm } from './write-form';

type Props = {
  tools: WriteTools;
  accountId: string;
  preset: RequestPreset | undefined;
  onDone: (created: PullRequestCreated, service: string, provider: ProviderKind | undefined) => void;
};

export function CreateRequestForm({ tools, accountId, preset, onDone }: Props) {
  const text = useText();
  const { t } = text;
  const { issue } = tools;
  const draft = useMemo(
    () => draftOf<RequestFieldValues>('create-pull-request', issue.key, accountId),
    [issue.key, accountId],
  );
  const [fields, setFields] = useState<RequestFieldValues>(() => startingWith(draft.read(), preset));
  const [invalidAttempt, setInvalidAttempt] = useState(0);
  const [asIntegration, setAsIntegration] = useState(false);
  useEffect(() => draft.write(fields), [draft, fields]);
  const seen = useSeenCommits();
  const start = preset ?? branchOfIssue(issue);
  const usual = useRepository(issue.key, fields.chosen ? undefined : (start ?? issue.defaults.repository));

  const integration = issue.integrations.find(({ id }) => id === (fields.chosen ?? usual)?.integrationId);
  const chosen = integration && (fields.chosen ?? usual);
  const ofStart = fields.chosen === undefined ? start?.branch : undefined;
  const source = (chosen && (fields.source ?? ofStart)) ?? '';
  const target = (chosen && (fields.target ?? startBranch(issue.defaults, chosen))) ?? '';
  const values = { ...fields, chosen, source, target };
  const read = useRequestForm(integration, {
    ...{ issueKey: issue.key, repository: chosen?.repository.name, target },
  });
  const description =
    fields.description ?? startingText(read.form, fields.template, issue.link, integration?.capabilities);
  const isDraft = Boolean(fields.draft && integration?.capabilities.draftPullRequests);
  const title = requestTitle(
    { title: fields.title, draft: isDraft },
    { issue, integrationId: integration?.id, source, target },
    integration?.capabilities,
    t,
  );
  const sent = { title: title.trim(), description: withLink(description, issue.link), draft: isDraft };
  const long = integration && tooLong(sent, integration.capabilities);
  const acting = integration ?? onlyOne(issue.integrations);
  const words = text.words(acting?.provider ?? onlyProvider(issue));
  const { reviewers = [] } = fields;
  const submit = useWrite<PullRequestCreated>((created) => {
    draft.clear();
    tellChange({ issueKey: issue.key, change: 'made', card: created.card });
    onDone(
      withLogins(created, reviewers),
      integration?.serviceName ?? t('fallback.service'),
      integration?.provider ?? onlyProvider(issue),
    );
  });

  function write(actAs?: 'integration') {
    if (!chosen || source === '' || target === '' || source === target || title.trim() === '' || long !== undefined)
      return setInvalidAttempt((count) => count + 1);
    setAsIntegration(actAs !== undefined);
    const { integrationId, repository } = chosen;
    void submit.run(async () => {
      const answer = await call('issue', 'create-pull-request', {
        issueKey: issue.key,
        integrationId,
        repository: repository.name,
        sourceBranch: source,
        targetBranch: target,
        title: title.trim(),
        description,
        draft: isDraft,
        ...besides(values, integration.capabilities),
        ...(actAs && { actAs }),
      });
      if (!answer.ok) tools.refresh();
      return answer;
    });
  }

  const preview =
    chosen && chosen.repository.url && source && target
      ? compareUrl(integration.provider, chosen.repository.url, source, target)
      : undefined;
  return (
    <WriteForm
      heading={t('request.heading', words)}
      submitLabel={t('request.submit', words)}
      workingLabel={t('request.working', words)}
      tools={tools}
      integration={acting}
      submit={submit}
      names={{
        source,
        target,
        branch: source,
        issue: issue.key,
        project: issue.projectKey,
        ...(chosen && { repository: chosen.repository.name }),
      }}
      look={chosen?.repository.url}
      asIntegration={asIntegration}
      invalidAttempt={invalidAttempt}
      fields={['source', 'target', 'texts']}
      onSubmit={() => write(asIntegration ? 'integration' : undefined)}
      onContinueAsIntegration={() => write('integration')}
      secondary={
        <Button isDisabled={!preview} iconAfter={NewTab} onClick={() => preview && void openExternal(preview)}>
          {t('request.preview')}
        </Button>
      }
    >
      <RequestFields
        tools={tools}
        integration={integration}
        values={values}
        title={title}
        description={description}
        read={read}
        long={long}
        showsMissing={invalidAttempt > 0}
        seen={seen}
        onChange={(change) => {
          if (change.chosen && change.chosen !== chosen) setAsIntegration(false);
          setFields((before) => ({ ...before, ...change }));
        }}
      />
    </WriteForm>
  );
}

/** The people without a requested review, by login. */
function withLogins(created: PullRequestCreated, chosen: readonly ReviewerView[]): PullRequestCreated {
  if (!created.unasked) return created;
  const { reviewers, error } = created.unasked;
  const logins = reviewers.map((id) => chosen.find((person) => person.id === id)?.login ?? id);
  return { ...created, unasked: { reviewers: logins, error } };
}

/** The draft, unless it was about another branch than the one of this dialog. */
function startingWith(draft: RequestFieldValues, preset: RequestPreset | undefined): RequestFieldValues {
  if (!preset) return draft;
  const about: RepositoryAt | undefined = draft.chosen && {
    integrationId: draft.chosen.integrationId,
    repository: draft.chosen.repository.name,
  };
  const isSame =
    (about === undefined || isSameRepository(about, preset)) && (draft.source ?? preset.branch) === preset.branch;
  return isSame ? draft : {};
}

/** The newest branch made for the issue that no pull request was opened from: most likely the one that is meant. */
function branchOfIssue({ cards, integrations }: IssueView): RequestPreset | undefined {
  const known = cards.filter(({ integrationId }) => integrations.some(({ id }) => id === integrationId));
  const requested = known.filter(({ kind }) => kind === 'pull-request');
  return known.find(
    (card) =>
      card.kind === 'branch' &&
      !requested.some((request) => isSameRepository(request, card) && request.branch === card.branch),
  );
}

/** What it gets besides, as far as the service has it. */
function besides({ reviewers = [], assignMe, labels }: RequestFieldValues, capabilities: Capabilities) {
  return {
    reviewers: capabilities.reviewers ? reviewers.map(({ id }) => id) : [],
    ...(capabilities.requestExtras && { assignMe, labels }),
  };
}
