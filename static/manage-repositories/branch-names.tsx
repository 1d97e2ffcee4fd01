import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import type { FormEvent } from 'react';
import type { PageError } from '../../src/contract/errors';
import type { ManagedIntegrationView } from '../../src/contract/views';
import { defaultBranchNameRule, nameBytes, separators, type BranchNameRule } from '../../src/domain/branch-name-rule';
import { lowerKey, templateProblem, templateVariables, type TemplateProblem } from '../../src/domain/branch-template';
import type { TitleProblem } from '../../src/domain/request-title';
import { call } from '../shared/call';
import { ErrorMessage } from '../shared/error-message';
import type { Around } from '../shared/error-text';
import { Field } from '../shared/field';
import { useText, type Text } from '../shared/text';
import { inertWhile, useWrite } from '../shared/use-write';
import { NamePreview } from './name-preview';
import { storedNow } from './stored-now';
import { takenOver } from './taken-over';
import { draftProblem, type TitleDrafts, TitlePatterns } from './title-pattern';
import { useTell } from './use-tell';

const separatorNames = {
  '-': 'template.separator.dash',
  _: 'template.separator.underscore',
  '.': 'template.separator.dot',
} as const;
/** As it is typed: the length may be no number yet. */
export type NamesDraft = Pick<BranchNameRule, 'template' | 'separator'> & { length: string } & TitleDrafts;

type Props = {
  stored: BranchNameRule;
  integrations: readonly ManagedIntegrationView[];
  /** Absent: as it is stored. */
  draft: NamesDraft | undefined;
  onDraft: (draft: NamesDraft | undefined) => void;
  onSaved: (rule: BranchNameRule) => void;
};

function draftOf({ template, separator, maxBytes, requestTitle = '', requestTitles = {} }: BranchNameRule): NamesDraft {
  return { template, separator, length: String(maxBytes), requestTitle, requestTitles };
}

/** Whether both say the same, whatever the order of their integrations. */
function isSame({ requestTitles: one, ...draft }: NamesDraft, stored: BranchNameRule): boolean {
  const { requestTitles: other, ...rest } = draftOf(stored);
  const ids = new Set([...Object.keys(one), ...Object.keys(other)]);
  return JSON.stringify(draft) === JSON.stringify(rest) && [...ids].every((id) => one[id] === other[id]);
}

/** A draft over what is stored now. Each integration's title is a field of its own. */
function draftOver(before: NamesDraft, now: NamesDraft, typed: NamesDraft): NamesDraft {
  const requestTitles = takenOver(before.requestTitles, now.requestTitles, typed.requestTitles);
  return { ...takenOver(before, now, typed), requestTitles };
}

/** The rule that was typed, and what is wrong with it. */
function ruleOf({ template, separator, length, requestTitle, requestTitles }: NamesDraft) {
  const maxBytes = Number(length);
  const pattern = requestTitle.trim();
  const own = Object.entries(requestTitles).flatMap(([id, typed]) => (typed.trim() === '' ? [] : [[id, typed.trim()]]));
  const rule: BranchNameRule = {
    ...{ template: template.trim(), separator, maxBytes },
    ...(pattern !== '' && { requestTitle: pattern }),
    ...(own.length > 0 && { requestTitles: Object.fromEntries(own) as Record<string, string> }),
  };
  const titleIsWrong = [requestTitle, ...Object.values(requestTitles)].some((one) => draftProblem(one) !== undefined);
  const lengthIsRight = /^\d+$/.test(length) && maxBytes >= nameBytes.least && maxBytes <= nameBytes.most;
  const problem = templateProblem({ ...rule, maxBytes: lengthIsRight ? maxBytes : nameBytes.most });
  return { rule, problem, lengthIsRight, titleIsWrong };
}

/** The names of new branches. Problems are shown while the template is typed; nothing takes effect before *Update*. */
export function BranchNames({ stored, integrations, draft, onDraft, onSaved }: Props) {
  const [text, tell] = [useText(), useTell()];
  const { t } = text;
  const typed = draft ?? draftOf(stored);
  const { template, separator, length, requestTitle, requestTitles } = typed;
  const change = (part: Partial<NamesDraft>) => {
    const next = { ...typed, ...part };
    onDraft(isSame(next, stored) ? undefined : next);
  };
  const { working, error, attempt, run, clearError } = useWrite<{ branchName: BranchNameRule }>((saved) => {
    onDraft(undefined);
    onSaved(saved.branchName);
    tell.success(t('template.saved'));
  });
  const { rule, problem, lengthIsRight, titleIsWrong } = ruleOf(typed);
  const changed = !isSame(draftOf(rule), stored);

  function show(next: BranchNameRule) {
    change(draftOf(next));
    clearError();
  }
  function submit(event?: FormEvent) {
    event?.preventDefault();
    if (problem || titleIsWrong || !lengthIsRight) return;
    void run(async () => {
      const answer = await call('manage-repositories', 'save-branch-name-rule', { ...rule, shown: stored });
      if (!answer.ok && answer.error.code === 'SETTINGS_CHANGED') await takeOver();
      return answer;
    });
  }
  /** What another admin has stored meanwhile, for the fields that were not touched here. */
  async function takeOver() {
    const now = (await storedNow())?.branchName;
    if (now === undefined) return;
    onSaved(now);
    onDraft(draftOver(draftOf(stored), draftOf(now), draftOf(rule)));
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
        <TitlePatterns
          integrations={integrations}
          value={{ requestTitle, requestTitles }}
          reason={(why) => templateReason(why, text)}
          onChange={change}
        />
      </div>
      <div className="row form-end">
        <Button
          type="submit"
          appearance="primary"
          isDisabled={!changed || !lengthIsRight || problem !== undefined || titleIsWrong}
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
