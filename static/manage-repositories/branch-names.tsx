import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import type { FormEvent } from 'react';
import type { PageError } from '../../src/contract/errors';
import {
  defaultBranchNameRule,
  nameBytes,
  separators,
  templateProblem,
  lowerKey,
  templateVariables,
  type BranchNameRule,
  type TemplateProblem,
} from '../../src/domain/branch-template';
import { titleProblem, type TitleProblem } from '../../src/domain/request-title';
import { call } from '../shared/call';
import { ErrorMessage } from '../shared/error-message';
import type { Around } from '../shared/error-text';
import { Field } from '../shared/field';
import { useText, type Text } from '../shared/text';
import { inertWhile, useWrite } from '../shared/use-write';
import { NamePreview } from './name-preview';
import { TitlePattern } from './title-pattern';
import { useTell } from './use-tell';

const separatorNames = {
  '-': 'template.separator.dash',
  _: 'template.separator.underscore',
  '.': 'template.separator.dot',
} as const;
/** As it is typed: the length may be no number yet. */
export type NamesDraft = Pick<BranchNameRule, 'template' | 'separator'> & { length: string; requestTitle: string };

type Props = {
  stored: BranchNameRule;
  /** Absent: as it is stored. */
  draft: NamesDraft | undefined;
  onDraft: (draft: NamesDraft | undefined) => void;
  onSaved: (rule: BranchNameRule) => void;
};

const draftOf = ({ template, separator, maxBytes, requestTitle = '' }: BranchNameRule): NamesDraft => ({
  template,
  separator,
  length: String(maxBytes),
  requestTitle,
});

function isSame(draft: NamesDraft, stored: BranchNameRule): boolean {
  const { template, separator, length, requestTitle } = draftOf(stored);
  const isSameName = draft.template === template && draft.separator === separator && draft.length === length;
  return isSameName && draft.requestTitle === requestTitle;
}

/** The names of new branches. Problems are shown while the template is typed; nothing takes effect before *Update*. */
export function BranchNames({ stored, draft, onDraft, onSaved }: Props) {
  const text = useText();
  const { t } = text;
  const tell = useTell();
  const { template, separator, length, requestTitle } = draft ?? draftOf(stored);
  const change = (part: Partial<NamesDraft>) => {
    const next = { template, separator, length, requestTitle, ...part };
    onDraft(isSame(next, stored) ? undefined : next);
  };
  const { working, error, attempt, run, clearError } = useWrite<{ branchName: BranchNameRule }>((saved) => {
    onDraft(undefined);
    onSaved(saved.branchName);
    tell.success(t('template.saved'));
  });
  const maxBytes = Number(length);
  const pattern = requestTitle.trim();
  const rule: BranchNameRule = {
    ...{ template: template.trim(), separator, maxBytes },
    ...(pattern !== '' && { requestTitle: pattern }),
  };
  const titleIsWrong = pattern === '' ? undefined : titleProblem(pattern);
  const lengthIsRight = /^\d+$/.test(length) && maxBytes >= nameBytes.least && maxBytes <= nameBytes.most;
  const problem = templateProblem({ ...rule, maxBytes: lengthIsRight ? maxBytes : nameBytes.most });
  const changed = JSON.stringify(rule) !== JSON.stringify(stored);

  function show(next: BranchNameRule) {
    onDraft(isSame(draftOf(next), stored) ? undefined : draftOf(next));
    clearError();
  }
  function submit(event?: FormEvent) {
    event?.preventDefault();
    if (problem || titleIsWrong || !lengthIsRight) return;
    void run(() => call('manage-repositories', 'save-branch-name-rule', rule));
  }
  return (
    <form className="stack" onSubmit={submit} noValidate autoComplete="off">
      <p className="subtle">{t('template.text')}</p>
      {error && (
        <ErrorMessage
          key={attempt}
          error={error}
          around={aroundOf(error, text)}
          takesFocus
          onTryAgain={() => submit()}
        />
      )}
      <div className="stack" {...inertWhile(working)}>
        <div>
          <Field
            label={t('template.field')}
            hint={t('template.hint')}
            problem={problem && templateReason(problem, text)}
          >
            {({ id, describedBy, invalid }) => (
              <Textfield
                id={id}
                value={template}
                onChange={(event) => change({ template: event.currentTarget.value })}
                aria-describedby={describedBy}
                isInvalid={invalid}
                isMonospaced
                maxLength={300}
                autoComplete="off"
                autoCapitalize="off"
                spellCheck={false}
              />
            )}
          </Field>
          <div className="field-row">
            <fieldset>
              <legend className="legend">{t('template.separator')}</legend>
              <div className="row">
                {separators.map((one) => (
                  <label key={one}>
                    <input
                      type="radio"
                      name="separator"
                      checked={one === separator}
                      onChange={() => change({ separator: one })}
                    />{' '}
                    {t(separatorNames[one])}
                  </label>
                ))}
              </div>
            </fieldset>
            <Length value={length} isRight={lengthIsRight} onChange={(next) => change({ length: next })} />
          </div>
        </div>
        <NamePreview rule={problem || !lengthIsRight ? undefined : rule} />
        <TitlePattern
          value={requestTitle}
          problem={titleIsWrong && templateReason(titleIsWrong, text)}
          onChange={(next) => change({ requestTitle: next })}
        />
      </div>
      <div className="row form-end">
        <Button
          type="submit"
          appearance="primary"
          isDisabled={!changed || !lengthIsRight || problem !== undefined || titleIsWrong !== undefined}
          isLoading={working}
        >
          {t('admin.update')}
        </Button>
        <Button appearance="subtle" isDisabled={!changed || working} onClick={() => show(stored)}>
          {t('action.cancel')}
        </Button>
        <Button appearance="subtle" isDisabled={working} onClick={() => show(defaultBranchNameRule)}>
          {t('template.reset')}
        </Button>
        <span className="small subtle" role="status">
          {working ? t('admin.working') : changed && t('admin.unsaved')}
        </span>
      </div>
      <Variables />
    </form>
  );
}

type LengthProps = { value: string; isRight: boolean; onChange: (value: string) => void };

function Length({ value, isRight, onChange }: LengthProps) {
  const { t } = useText();
  return (
    <Field
      label={t('template.length')}
      hint={t('template.length.hint', nameBytes)}
      problem={isRight ? undefined : t('template.length.problem', nameBytes)}
    >
      {({ id, describedBy, invalid }) => (
        <Textfield
          id={id}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          aria-describedby={describedBy}
          isInvalid={invalid}
          inputMode="numeric"
          maxLength={4}
          width="small"
          autoComplete="off"
        />
      )}
    </Field>
  );
}

function aroundOf(error: PageError, text: Text): Around {
  return error.code === 'BRANCH_TEMPLATE_INVALID'
    ? { instead: { reason: templateReason(error.params.reason, text) } }
    : {};
}

/** A sentence about templates, or the one about every name it would give. */
function templateReason(problem: TemplateProblem | TitleProblem, { t, has }: Text): string {
  const own = `template.problem.${problem}`;
  const ofName = `name.${problem}`;
  return has(own) ? t(own) : t(has(ofName) ? ofName : 'fallback.reason');
}

function Variables() {
  const { t } = useText();
  return (
    <section className="stack-tight">
      <h2>{t('template.variables')}</h2>
      <dl className="definitions small">
        {templateVariables.map((variable) => (
          <div key={variable}>
            <dt>
              <code>{`\${${variable}}`}</code>
            </dt>
            <dd>{t(`template.variable.${variable}`)}</dd>
          </div>
        ))}
        <div>
          <dt>
            <code>{lowerKey}</code>
          </dt>
          <dd>{t('template.variable.lower')}</dd>
        </div>
        <div>
          <dt>
            <code>{t('template.example.mapping')}</code>
          </dt>
          <dd>{t('template.variable.mapping')}</dd>
        </div>
      </dl>
    </section>
  );
}
