import Checkbox from '@atlaskit/checkbox';
import { useEffect, useMemo, useState } from 'react';
import type { ProviderKind } from '../../src/contract/views';
import { branchNameProblem } from '../../src/domain/branch-name';
import { call } from '../shared/call';
import { at, startBranch } from '../shared/defaults';
import type { BranchDone } from '../shared/dialogs';
import { draftOf } from '../shared/draft';
import { tellChange } from '../shared/issue-events';
import { onlyOne, onlyProvider } from '../shared/only-one';
import { type ChosenRepository, RepositoryPicker } from '../shared/repository-picker';
import { freshCommit, useSeenCommits } from '../shared/seen-commits';
import { sourceFields, type StartKind } from '../shared/starts';
import { useText } from '../shared/text';
import { useWrite } from '../shared/use-write';
import { BranchNameField } from './branch-name-field';
import { RepositoryDefault } from './field-defaults';
import { SourceField } from './source-field';
import { startWork } from './start-work';
import { StartWorkFields, useStartChoice } from './start-work-fields';
import { requestAlong } from './starting-text';
import { useNameCheck } from './use-name-check';
import { useRepository } from './use-repository';
import { useRequestForm } from './use-request-form';
import { useSuggestedName } from './use-suggested-name';
import type { WriteTools } from './write-dialog';
import { WriteForm } from './write-form';

/** The person's choices and input. A field they did not touch is absent: it follows their defaults. */
type Fields = {
  chosen?: ChosenRepository | undefined;
  source?: string | undefined;
  /** Of the source, where it is no branch. */
  sourceKind?: StartKind | undefined;
  name?: string | undefined;
  withRequest?: boolean | undefined;
};

type Props = {
  tools: WriteTools;
  accountId: string;
  onWrite: () => void;
  onDone: (created: BranchDone, service: string, provider: ProviderKind | undefined) => void;
};

export function CreateBranchForm({ tools, accountId, onWrite, onDone }: Props) {
  const { t, words } = useText();
  const { issue } = tools;
  const draft = useMemo(() => draftOf<Fields>('create-branch', issue.key, accountId), [issue.key, accountId]);
  const [fields, setFields] = useState<Fields>(() => draft.read());
  const [invalidAttempt, setInvalidAttempt] = useState(0);
  const [asIntegration, setAsIntegration] = useState(false);
  const seen = useSeenCommits();
  const [start, setStart] = useStartChoice(issue.projectKey, accountId);
  useEffect(() => draft.write(fields), [draft, fields]);

  const usual = useRepository(issue.key, fields.chosen ? undefined : issue.defaults.repository);
  const integration = issue.integrations.find(({ id }) => id === (fields.chosen ?? usual)?.integrationId);
  const chosen = integration && (fields.chosen ?? usual);
  const source = (chosen && (fields.source ?? startBranch(issue.defaults, chosen))) ?? '';
  const { sourceKind } = fields;
  const acting = integration ?? onlyOne(issue.integrations);
  const suggested = useSuggestedName(issue, { sourceBranch: source, login: acting?.attribution.token?.login });
  const name = (fields.name ?? suggested).trim();
  const maxBytes = (integration ?? issue.integrations[0])?.capabilities.branchNameBytes ?? 244;
  const isValid = branchNameProblem(name, { bytes: maxBytes }) === undefined;
  const inTheWay = useNameCheck(issue.key, chosen, isValid ? name : '');
  const service = integration?.serviceName ?? t('fallback.service');
  const mayRequest = Boolean(
    integration?.capabilities.pullRequestsWithoutCommits && issue.actions.pullRequests && !sourceKind,
  );
  const along = mayRequest && fields.withRequest ? integration : undefined;
  const { form } = useRequestForm(along, { issueKey: issue.key, repository: chosen?.repository.name, target: source });
  const submit = useWrite<BranchDone>((created) => {
    draft.clear();
    tellChange({ issueKey: issue.key, change: 'made', card: created.card });
    if (created.request?.ok) tellChange({ issueKey: issue.key, change: 'made', card: created.request.value.card });
    onDone(created, service, integration?.provider ?? onlyProvider(issue));
  });

  const isTaken = submit.error?.code === 'BRANCH_EXISTS';
  const keep = () => setFields((before) => ({ ...before, chosen, source }));

  function write(actAs?: 'integration') {
    if (!integration || !chosen || source === '' || !isValid) return setInvalidAttempt((count) => count + 1);
    setAsIntegration(actAs !== undefined);
    onWrite();
    void submit.run(async () => {
      const where = { issueKey: issue.key, ...at(chosen), ...(actAs && { actAs }) };
      const commit = !sourceKind && freshCommit(seen.of({ ...at(chosen), name: source }));
      const from = { ...sourceFields(source, sourceKind), ...commit };
      const answer = await call('issue', 'create-branch', { ...where, ...from, name });
      if (!answer.ok) {
        tools.refresh();
        return answer;
      }
      // The branch is there, so the outcome for the issue and for the request is shown beside it.
      const starting = startWork(issue.key, accountId, start);
      if (!mayRequest || !fields.withRequest) return { ok: true, value: { ...answer.value, started: await starting } };
      const ends = requestAlong({ issue, source: name, target: source }, form, integration, t);
      const request = await call('issue', 'create-pull-request', { ...where, ...ends });
      return { ok: true, value: { ...answer.value, request, started: await starting } };
    });
  }

  return (
    <WriteForm
      heading={t('branch.heading')}
      submitLabel={t('branch.submit')}
      workingLabel={t('branch.working')}
      {...{ tools, submit, asIntegration, invalidAttempt }}
      integration={acting}
      names={{
        branch: name,
        source,
        issue: issue.key,
        project: issue.projectKey,
        ...(chosen && { repository: chosen.repository.name }),
      }}
      look={chosen?.repository.url}
      fields={['source', 'name']}
      onSubmit={() => write(asIntegration ? 'integration' : undefined)}
      onContinueAsIntegration={() => write('integration')}
    >
      <RepositoryPicker
        place={{ issueKey: issue.key }}
        integrations={issue.integrations}
        value={chosen}
        problem={invalidAttempt > 0 && !chosen ? t('field.repository.missing') : undefined}
        aside={<RepositoryDefault tools={tools} chosen={chosen} keep={keep} />}
        onChange={(next) => {
          setAsIntegration(false);
          setFields({ ...fields, chosen: next, source: undefined, sourceKind: undefined });
        }}
      />
      <SourceField
        key={`${chosen?.repository.name ?? ''} ${integration?.attribution.token?.savedAt ?? ''}`}
        {...{ tools, integration, chosen, keep, seen }}
        value={source}
        kind={sourceKind}
        problem={invalidAttempt > 0 && chosen && source === '' ? t('field.branch.missing') : undefined}
        onChange={(next, kind) => setFields({ ...fields, source: next, sourceKind: kind })}
      />
      <BranchNameField
        value={fields.name ?? suggested}
        onChange={(next) => {
          if (isTaken) submit.clearError();
          setFields({ ...fields, name: next === suggested ? undefined : next });
        }}
        issueKey={issue.key}
        maxBytes={maxBytes}
        service={service}
        conflict={isTaken ? name : inTheWay}
        isTold={isTaken || submit.error?.code === 'BRANCH_NAME_CONFLICT'}
        repository={chosen?.repository.name ?? ''}
        rule={submit.error?.code === 'BRANCH_NAME_RULE' ? submit.error.params.pattern : undefined}
      />
      <StartWorkFields issueKey={issue.key} value={start} onChange={setStart} />
      {integration && mayRequest && source !== '' && (
        <Checkbox
          label={t('field.withRequest', { ...words(integration.provider), target: source })}
          isChecked={fields.withRequest ?? false}
          onChange={(event) => setFields({ ...fields, withRequest: event.currentTarget.checked })}
        />
      )}
    </WriteForm>
  );
}
