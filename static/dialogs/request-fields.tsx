import Checkbox from '@atlaskit/checkbox';
import { lazy, Suspense } from 'react';
import type { IntegrationView, ReviewerView } from '../../src/contract/views';
import type { TextTooLong } from '../../src/domain/request-text';
import { BranchPicker } from '../shared/branch-picker';
import { type ChosenRepository, RepositoryPicker } from '../shared/repository-picker';
import type { SeenCommits } from '../shared/seen-commits';
import { useText } from '../shared/text';
import { BranchDefault, RepositoryDefault } from './field-defaults';
import { WithError } from './field-error';
import { RequestTexts } from './request-texts';
import { ReviewersField } from './reviewers-field';
import type { RequestForm } from './use-request-form';
import type { WriteTools } from './write-dialog';

const RequestExtras = lazy(async () => ({ default: (await import('./request-extras')).RequestExtras }));

/** The person's choices and input. A title they did not touch is absent: it follows the branches. */
export type RequestFieldValues = {
  chosen?: ChosenRepository | undefined;
  source?: string | undefined;
  target?: string | undefined;
  title?: string | undefined;
  description?: string | undefined;
  /** By its name; empty for none. Absent: the one that the service begins with. */
  template?: string | undefined;
  draft?: boolean | undefined;
  reviewers?: ReviewerView[] | undefined;
  assignMe?: boolean | undefined;
  labels?: string[] | undefined;
};

/** Choices in one repository mean nothing in another. */
const afresh = { source: undefined, target: undefined, template: undefined, reviewers: undefined, labels: undefined };

type Props = {
  tools: WriteTools;
  integration: IntegrationView | undefined;
  /** With the branches that the fields show before any choice. */
  values: RequestFieldValues;
  title: string;
  description: string;
  read: RequestForm;
  /** Which text the service would not take. */
  long: TextTooLong | undefined;
  /** The button was pressed: say what is missing. */
  showsMissing: boolean;
  seen: SeenCommits;
  onChange: (change: RequestFieldValues) => void;
};

export function RequestFields(props: Props) {
  const { tools, integration, values, title, description, read, long, showsMissing, seen, onChange } = props;
  const { t, words } = useText();
  const { issue } = tools;
  const { chosen } = values;
  const { source = '', target = '' } = values;
  const keep = () => onChange({ chosen, source, target });
  const missingBranch = (branch: string) =>
    showsMissing && chosen && branch === '' ? t('field.branch.missing') : undefined;
  const repositoryKey = `${chosen?.repository.name ?? ''} ${integration?.attribution.token?.savedAt ?? ''}`;
  return (
    <>
      <RepositoryPicker
        place={{ issueKey: issue.key }}
        integrations={issue.integrations}
        value={chosen}
        problem={showsMissing && !chosen ? t('field.repository.missing') : undefined}
        aside={<RepositoryDefault tools={tools} chosen={chosen} keep={keep} />}
        onChange={(next) => onChange({ chosen: next, ...afresh })}
      />
      <WithError field="source">
        <BranchPicker
          key={`source ${repositoryKey}`}
          label={t('field.source')}
          place={{ issueKey: issue.key }}
          integrations={issue.integrations}
          chosen={chosen}
          value={source}
          problem={missingBranch(source)}
          onChange={(next) => onChange({ source: next })}
          seen={seen}
        />
      </WithError>
      <WithError field="target">
        <BranchPicker
          key={`target ${repositoryKey}`}
          label={t('field.target')}
          place={{ issueKey: issue.key }}
          integrations={issue.integrations}
          chosen={chosen}
          value={target}
          problem={source !== '' && source === target ? t('error.SAME_BRANCH.title') : missingBranch(target)}
          startsWithUsual
          hint={
            integration &&
            lacksCommits(integration, chosen, source, target, seen) && (
              <span className="warning">
                {t('field.noCommits', {
                  source,
                  target,
                  service: integration.serviceName,
                  ...words(integration.provider),
                })}
              </span>
            )
          }
          aside={<BranchDefault tools={tools} chosen={chosen} keep={keep} branch={target} />}
          onChange={(next) => onChange({ target: next })}
          seen={seen}
        />
      </WithError>
      <WithError field="texts">
        <RequestTexts
          {...{ issue, integration, source, target, title, values, description, long, showsMissing, onChange }}
          form={read.form}
          draft={Boolean(values.draft && integration?.capabilities.draftPullRequests)}
        />
      </WithError>
      {integration?.capabilities.reviewers && chosen && (
        <ReviewersField
          key={chosen.repository.name}
          issueKey={issue.key}
          integration={integration}
          repository={chosen.repository.name}
          value={values.reviewers ?? []}
          onChange={(reviewers) => onChange({ reviewers })}
        />
      )}
      {integration?.capabilities.draftPullRequests && (
        <Checkbox
          label={t('field.draft')}
          isChecked={values.draft ?? false}
          onChange={(event) => onChange({ draft: event.currentTarget.checked })}
        />
      )}
      {chosen && target !== '' && integration?.attribution.state === 'person' && (
        <Suspense fallback={null}>
          <RequestExtras key={chosen.repository.name} {...{ integration, read, values, onChange }} />
        </Suspense>
      )}
    </>
  );
}

/** Both branches were listed with the same commit, and the service wants one more of the source. */
function lacksCommits(
  { id, capabilities }: IntegrationView,
  chosen: ChosenRepository | undefined,
  source: string,
  target: string,
  seen: SeenCommits,
): boolean {
  if (capabilities.pullRequestsWithoutCommits || !chosen || source === target) return false;
  const where = { integrationId: id, repository: chosen.repository.name };
  const head = seen.of({ ...where, name: source })?.commit;
  return head !== undefined && head === seen.of({ ...where, name: target })?.commit;
}
