import Textfield from '@atlaskit/textfield';
import { useState } from 'react';
import type { ManagedIntegrationView } from '../../src/contract/views';
import {
  LONGEST_PATTERN,
  titleOf,
  titleProblem,
  titleVariables,
  type TitleProblem,
} from '../../src/domain/request-title';
import { Field } from '../shared/field';
import { useText } from '../shared/text';

/** As they are typed; empty for none. */
export type TitleDrafts = { requestTitle: string; requestTitles: Readonly<Record<string, string>> };

type Props = {
  integrations: readonly ManagedIntegrationView[];
  value: TitleDrafts;
  reason: (problem: TitleProblem) => string;
  onChange: (change: Partial<TitleDrafts>) => void;
};

const variable = (name: string) => `\${${name}}`;

/** Why a typed pattern cannot be used; nothing for none. */
export function draftProblem(pattern: string): TitleProblem | undefined {
  return pattern.trim() === '' ? undefined : titleProblem(pattern.trim());
}

/** How the titles of pull requests are made: for the site, and for integrations that differ. */
export function TitlePatterns({ integrations, value, reason, onChange }: Props) {
  const { t } = useText();
  const { requestTitle, requestTitles } = value;
  const usual = { issue: variable('issuekey'), source: variable('sourcebranch'), target: variable('targetbranch') };
  const ofSite = requestTitle.trim() === '' ? t('request.title', usual) : requestTitle;
  const hint = t('title.hint', { variables: titleVariables.map(variable).join(' ') });
  const [isOpen, setOpen] = useState(Object.keys(requestTitles).length > 0);
  return (
    <div>
      <Pattern
        label={t('title.field')}
        hint={hint}
        value={requestTitle}
        usual={t('request.title', usual)}
        reason={reason}
        onChange={(next) => onChange({ requestTitle: next })}
      />
      {integrations.length > 0 && (
        <details className="titles" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{t('title.own')}</summary>
          <p className="small subtle">{t('title.own.hint')}</p>
          {integrations.map(({ id, name }) => (
            <Pattern
              key={id}
              label={t('title.own.field', { integration: name })}
              value={requestTitles[id] ?? ''}
              usual={ofSite}
              reason={reason}
              onChange={(next) => {
                const { [id]: _, ...others } = requestTitles;
                onChange({ requestTitles: next === '' ? others : { ...others, [id]: next } });
              }}
            />
          ))}
        </details>
      )}
    </div>
  );
}

type PatternProps = {
  label: string;
  hint?: string;
  value: string;
  /** Used where the field is empty. */
  usual: string;
  reason: Props['reason'];
  onChange: (pattern: string) => void;
};

function Pattern({ label, hint, value, usual, reason, onChange }: PatternProps) {
  const { t } = useText();
  const problem = draftProblem(value);
  const example = {
    ...{ key: 'DEMO-1', type: 'Bug', summary: t('template.example.bug'), component: 'Checkout', fixVersion: '2.1.0' },
    ...{ sourceBranch: 'DEMO-1-fix', targetBranch: 'main' },
  };
  const isOwn = value.trim() !== '' && problem === undefined;
  return (
    <Field
      label={label}
      hint={
        <>
          {hint && <div>{hint}</div>}
          {isOwn && <div>{t('title.preview', { title: titleOf(value.trim(), example) })}</div>}
        </>
      }
      problem={problem && reason(problem)}
    >
      {({ id, describedBy, invalid }) => (
        <Textfield
          id={id}
          value={value}
          placeholder={usual}
          onChange={(event) => onChange(event.currentTarget.value)}
          aria-describedby={describedBy}
          isInvalid={invalid}
          isMonospaced
          maxLength={LONGEST_PATTERN}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
      )}
    </Field>
  );
}
