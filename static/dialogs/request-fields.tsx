import Checkbox from '@atlaskit/checkbox';
import TextArea from '@atlaskit/textarea';
import Textfield from '@atlaskit/textfield';
import type { IntegrationView, IssueView } from '../../src/contract/views';
import { mentionsIssue } from '../../src/domain/issue-key';
import { BranchPicker } from '../shared/branch-picker';
import { Field } from '../shared/field';
import { type ChosenRepository, RepositoryPicker } from '../shared/repository-picker';
import { useText } from '../shared/text';

/** What the person chose and typed. A title they left alone is absent: it follows the branches. */
export type RequestFieldValues = {
  chosen?: ChosenRepository | undefined;
  source?: string | undefined;
  target?: string | undefined;
  title?: string | undefined;
  description?: string | undefined;
  draft?: boolean | undefined;
};

type Props = {
  issue: IssueView;
  integration: IntegrationView | undefined;
  values: RequestFieldValues;
  title: string;
  /** The button was pressed: say what is missing. */
  showsMissing: boolean;
  onChange: (change: RequestFieldValues) => void;
};

export function RequestFields({ issue, integration, values, title, showsMissing, onChange }: Props) {
  const { t } = useText();
  const { chosen } = values;
  const source = (chosen && values.source) ?? '';
  const target = (chosen && values.target) ?? '';
  const missingBranch = (branch: string) =>
    showsMissing && chosen && branch === '' ? t('field.branch.missing') : undefined;
  const repositoryKey = `${chosen?.repository.name ?? ''} ${integration?.attribution.token?.savedAt ?? ''}`;
  const isNamed = mentionsIssue(title, issue.key) || mentionsIssue(source, issue.key);
  return (
    <>
      <RepositoryPicker
        issueKey={issue.key}
        integrations={issue.integrations}
        value={chosen}
        problem={showsMissing && !chosen ? t('field.repository.missing') : undefined}
        onChange={(next) => onChange({ chosen: next, source: undefined, target: next.repository.defaultBranch })}
      />
      <BranchPicker
        key={`source ${repositoryKey}`}
        label={t('field.source')}
        issueKey={issue.key}
        chosen={chosen}
        value={source}
        problem={missingBranch(source)}
        onChange={(next) => onChange({ source: next })}
      />
      <BranchPicker
        key={`target ${repositoryKey}`}
        label={t('field.target')}
        issueKey={issue.key}
        chosen={chosen}
        value={target}
        problem={source !== '' && source === target ? t('error.SAME_BRANCH.title') : missingBranch(target)}
        startsWithUsual
        onChange={(next) => onChange({ target: next })}
      />
      <Field
        label={t('field.title')}
        problem={showsMissing && title.trim() === '' ? t('field.title.empty') : undefined}
        hint={title !== '' && !isNamed && <span className="warning">{t('field.title.key', { issue: issue.key })}</span>}
      >
        {({ id, describedBy, invalid }) => (
          <Textfield
            id={id}
            value={title}
            onChange={(event) => onChange({ title: event.currentTarget.value })}
            maxLength={255}
            aria-describedby={describedBy}
            isInvalid={invalid}
            autoComplete="off"
          />
        )}
      </Field>
      <Field label={t('field.description')} hint={t('field.description.hint', { issue: issue.key })}>
        {({ id, describedBy }) => (
          <TextArea
            id={id}
            value={values.description ?? ''}
            onChange={(event) => onChange({ description: event.currentTarget.value })}
            maxLength={30_000}
            minimumRows={3}
            resize="vertical"
            aria-describedby={describedBy}
          />
        )}
      </Field>
      {integration?.capabilities.draftPullRequests && (
        <Checkbox
          label={t('field.draft')}
          isChecked={values.draft ?? false}
          onChange={(event) => onChange({ draft: event.currentTarget.checked })}
        />
      )}
    </>
  );
}
