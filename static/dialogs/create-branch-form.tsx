import { useEffect, useMemo, useState } from 'react';
import type { ProviderKind, BranchCreated } from '../../src/contract/views';
import { branchNameProblem } from '../../src/domain/branch-name';
import { BranchPicker } from '../shared/branch-picker';
import { call } from '../shared/call';
import { draftOf } from '../shared/draft';
import { onlyOne, onlyProvider } from '../shared/only-one';
import { type ChosenRepository, RepositoryPicker } from '../shared/repository-picker';
import { createSeenCommits, freshCommit } from '../shared/seen-commits';
import { useText } from '../shared/text';
import { BranchNameField } from './branch-name-field';
import { useSubmit } from './use-submit';
import type { WriteTools } from './write-dialog';
import { WriteForm } from './write-form';

type Fields = { chosen?: ChosenRepository | undefined; source?: string | undefined; name?: string | undefined };

type Props = {
  tools: WriteTools;
  accountId: string;
  onDone: (created: BranchCreated, service: string, provider: ProviderKind) => void;
};

export function CreateBranchForm({ tools, accountId, onDone }: Props) {
  const { t } = useText();
  const { issue } = tools;
  const draft = useMemo(() => draftOf<Fields>('create-branch', issue.key, accountId), [issue.key, accountId]);
  const [fields, setFields] = useState<Fields>(() => draft.read());
  const [invalidAttempt, setInvalidAttempt] = useState(0);
  const [asIntegration, setAsIntegration] = useState(false);
  const [seen] = useState(() => createSeenCommits());
  useEffect(() => draft.write(fields), [draft, fields]);

  const integration = issue.integrations.find(({ id }) => id === fields.chosen?.integrationId);
  const chosen = integration && fields.chosen;
  const source = (chosen && fields.source) ?? '';
  const name = (fields.name ?? issue.branchName).trim();
  const maxBytes = (integration ?? issue.integrations[0])?.capabilities.branchNameBytes ?? 244;
  const service = integration?.serviceName ?? t('fallback.service');
  const submit = useSubmit<BranchCreated>((created) => {
    draft.clear();
    onDone(created, service, integration?.provider ?? onlyProvider(issue));
  });

  function write(actAs?: 'integration') {
    if (!chosen || source === '' || branchNameProblem(name, { bytes: maxBytes }))
      return setInvalidAttempt((count) => count + 1);
    setAsIntegration(actAs !== undefined);
    const { integrationId, repository } = chosen;
    void submit.run(async () => {
      const answer = await call('issue', 'create-branch', {
        issueKey: issue.key,
        integrationId,
        repository: repository.name,
        sourceBranch: source,
        ...freshCommit(seen.of({ integrationId, repository: repository.name, name: source })),
        name,
        ...(actAs && { actAs }),
      });
      if (!answer.ok) tools.refresh();
      return answer;
    });
  }

  return (
    <WriteForm
      heading={t('branch.heading')}
      submitLabel={t('branch.submit')}
      workingLabel={t('branch.working')}
      tools={tools}
      integration={integration ?? onlyOne(issue.integrations)}
      submit={submit}
      names={{
        branch: name,
        source,
        issue: issue.key,
        project: issue.projectKey,
        ...(chosen && { repository: chosen.repository.name }),
      }}
      asIntegration={asIntegration}
      invalidAttempt={invalidAttempt}
      onSubmit={() => write(asIntegration ? 'integration' : undefined)}
      onContinueAsIntegration={() => write('integration')}
    >
      <RepositoryPicker
        issueKey={issue.key}
        integrations={issue.integrations}
        value={chosen}
        problem={invalidAttempt > 0 && !chosen ? t('field.repository.missing') : undefined}
        onChange={(next) => {
          setAsIntegration(false);
          setFields({ ...fields, chosen: next, source: next.repository.defaultBranch });
        }}
      />
      <BranchPicker
        key={`${chosen?.repository.name ?? ''} ${integration?.attribution.token?.savedAt ?? ''}`}
        label={t('field.source')}
        issueKey={issue.key}
        chosen={chosen}
        value={source}
        problem={invalidAttempt > 0 && chosen && source === '' ? t('field.branch.missing') : undefined}
        onChange={(next) => setFields({ ...fields, source: next })}
        seen={seen}
      />
      <BranchNameField
        value={fields.name ?? issue.branchName}
        onChange={(next) => {
          if (submit.error?.code === 'BRANCH_EXISTS') submit.clearError();
          setFields({ ...fields, name: next === issue.branchName ? undefined : next });
        }}
        issueKey={issue.key}
        maxBytes={maxBytes}
        service={service}
        isTaken={submit.error?.code === 'BRANCH_EXISTS'}
      />
    </WriteForm>
  );
}
