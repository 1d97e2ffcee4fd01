import Button from '@atlaskit/button/new';
import { useEffect, useMemo, useState } from 'react';
import type { ProviderKind, PullRequestCreated } from '../../src/contract/views';
import { compareUrl } from '../shared/addresses';
import { call } from '../shared/call';
import type { RequestPreset } from '../shared/dialogs';
import { draftOf } from '../shared/draft';
import { openExternal } from '../shared/links';
import { onlyOne, onlyProvider } from '../shared/only-one';
import { requestTitle } from '../shared/request-title';
import { useText } from '../shared/text';
import { RequestFields, type RequestFieldValues } from './request-fields';
import { usePresetRepository } from './use-preset-repository';
import { useSubmit } from './use-submit';
import type { WriteTools } from './write-dialog';
import { WriteForm } from './write-form';

type Props = {
  tools: WriteTools;
  accountId: string;
  preset: RequestPreset | undefined;
  onDone: (created: PullRequestCreated, service: string, provider: ProviderKind) => void;
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
  usePresetRepository(issue.key, preset, (chosen) =>
    setFields((before) =>
      before.chosen?.repository.name === preset?.repository
        ? { ...before, chosen, target: before.target ?? chosen.repository.defaultBranch }
        : before,
    ),
  );

  const integration = issue.integrations.find(({ id }) => id === fields.chosen?.integrationId);
  const chosen = integration && fields.chosen;
  const values = { ...fields, chosen };
  const source = (chosen && fields.source) ?? '';
  const target = (chosen && fields.target) ?? '';
  const title = requestTitle(fields.title, { issue: issue.key, source, target }, t);
  const acting = integration ?? onlyOne(issue.integrations);
  const words = text.words(acting?.provider ?? onlyProvider(issue));
  const submit = useSubmit<PullRequestCreated>((created) => {
    draft.clear();
    onDone(created, integration?.serviceName ?? t('fallback.service'), integration?.provider ?? onlyProvider(issue));
  });

  function write(actAs?: 'integration') {
    if (!chosen || source === '' || target === '' || source === target || title.trim() === '')
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
        description: fields.description ?? '',
        draft: Boolean(fields.draft && integration.capabilities.draftPullRequests),
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
      asIntegration={asIntegration}
      invalidAttempt={invalidAttempt}
      onSubmit={() => write(asIntegration ? 'integration' : undefined)}
      onContinueAsIntegration={() => write('integration')}
      secondary={
        <Button isDisabled={!preview} onClick={() => preview && void openExternal(preview)}>
          {t('request.preview')}
        </Button>
      }
    >
      <RequestFields
        issue={issue}
        integration={integration}
        values={values}
        title={title}
        showsMissing={invalidAttempt > 0}
        onChange={(change) => {
          if (change.chosen) setAsIntegration(false);
          setFields((before) => ({ ...before, ...change }));
        }}
      />
    </WriteForm>
  );
}

/** The draft, unless it was about another branch than the one asked for now. */
function startingWith(draft: RequestFieldValues, preset: RequestPreset | undefined): RequestFieldValues {
  if (!preset) return draft;
  if (draft.chosen?.repository.name === preset.repository && draft.source === preset.branch) return draft;
  const { integrationId, repository, branch } = preset;
  return { chosen: { integrationId, repository: { name: repository, url: '' } }, source: branch };
}
