import TextArea from '@atlaskit/textarea';
import Textfield from '@atlaskit/textfield';
import type { IntegrationView, IssueView, RequestFormView } from '../../src/contract/views';
import { mentionsIssue } from '../../src/domain/issue-key';
import { descriptionRoom, lengthOf, titleRoom, type TextTooLong } from '../../src/domain/request-text';
import { Field } from '../shared/field';
import { usualTitle } from '../shared/request-title';
import { useText } from '../shared/text';
import { TemplateField } from './template-field';
import { templateOf } from './starting-text';

type Texts = { title?: string | undefined; description?: string | undefined; template?: string | undefined };

type Props = {
  issue: IssueView;
  integration: IntegrationView | undefined;
  source: string;
  target: string;
  /** The title in the field, and the person's own input. */
  title: string;
  values: Texts;
  /** The description in the field: the person's input, or else the template. */
  description: string;
  form: RequestFormView | undefined;
  draft: boolean;
  /** Which of them the service would not take. */
  long: TextTooLong | undefined;
  showsMissing: boolean;
  onChange: (change: Texts) => void;
};

/** Title and description of a pull request, with what the service takes of them. */
export function RequestTexts(props: Props) {
  const { issue, integration, source, target, title, values, description, form, draft } = props;
  const { long, showsMissing, onChange } = props;
  const { t } = useText();
  const { templates = [] } = form ?? {};
  const template = templateOf(form, values.template);
  const isTemplate = template !== undefined && values.description === undefined;
  const { capabilities, serviceName: service = '' } = integration ?? {};
  const room = capabilities && {
    title: titleRoom({ title: title.trim(), draft }, capabilities),
    description: descriptionRoom(issue.link, capabilities),
  };
  const usual = usualTitle({ issue, integrationId: integration?.id, source, target }, t);
  const wasCut = values.title === undefined && title !== '' && title !== usual;
  const isNamed = mentionsIssue(title, issue.key) || mentionsIssue(source, issue.key);
  const tooLong = (field: TextTooLong['field'], text: string) =>
    capabilities && room && long?.field === field
      ? t(`field.${field}.long`, {
          service,
          max: room[field],
          count: lengthOf(text.trim(), capabilities),
          issue: issue.key,
        })
      : undefined;
  return (
    <>
      <Field
        label={t('field.title')}
        problem={tooLong('title', title) ?? (showsMissing && title.trim() === '' ? t('field.title.empty') : undefined)}
        hint={
          <>
            {wasCut && room && <div>{t('field.title.cut', { service, max: room.title })}</div>}
            {title !== '' && !isNamed && <div className="warning">{t('field.title.key', { issue: issue.key })}</div>}
          </>
        }
      >
        {({ id, describedBy, invalid }) => (
          <Textfield
            id={id}
            value={title}
            onChange={(event) => onChange({ title: event.currentTarget.value })}
            aria-describedby={describedBy}
            isInvalid={invalid}
            autoComplete="off"
          />
        )}
      </Field>
      <div className={capabilities?.requestTemplates ? 'with-template' : undefined}>
        {(templates.length > 1 ||
          (template === undefined && templates.length > 0) ||
          values.template !== undefined) && (
          <TemplateField
            templates={templates}
            value={template}
            onChange={(next) =>
              onChange({ template: next?.name ?? '', description: typedWith(values.description, next) })
            }
          />
        )}
        <Field
          label={t('field.description')}
          problem={tooLong('description', description)}
          hint={
            <>
              {isTemplate && (
                <div className="template-told">
                  {room && description !== template.text
                    ? t('field.description.cut', { template: template.name, max: room.description })
                    : t('field.description.template', { template: template.name })}
                </div>
              )}
              <div>{t('field.description.hint', { issue: issue.key })}</div>
            </>
          }
        >
          {({ id, describedBy, invalid }) => (
            <TextArea
              id={id}
              value={description}
              onChange={(event) => onChange({ description: event.currentTarget.value })}
              minimumRows={3}
              resize="vertical"
              aria-describedby={describedBy}
              isInvalid={invalid}
            />
          )}
        </Field>
      </div>
    </>
  );
}

/** The person's input is never removed: a template that is chosen then follows it. Without input the template is alone. */
function typedWith(typed: string | undefined, template: { text: string } | undefined): string | undefined {
  if (typed === undefined || typed.trim() === '') return undefined;
  return template === undefined ? typed : `${typed.trimEnd()}\n\n${template.text}`;
}
