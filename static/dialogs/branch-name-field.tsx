import Textfield from '@atlaskit/textfield';
import { useRef } from 'react';
import { branchNameProblem, byteLength, fixBranchName } from '../../src/domain/branch-name';
import { nameForRule } from '../../src/domain/branch-rule';
import { nameBeside } from '../../src/domain/branch-conflict';
import { mentionsIssue } from '../../src/domain/issue-key';
import { Field } from '../shared/field';
import { nextName } from '../shared/free-name';
import { useText } from '../shared/text';
import { WithError } from './field-error';

/** From here on the length of a name is worth a line: it is nearly as long as can be. */
const NEARLY = 0.8;

type Props = {
  value: string;
  onChange: (name: string) => void;
  issueKey: string;
  /** The longest name in bytes, and whose rule that is. */
  maxBytes: number;
  service: string;
  /** The branch that is in the way of this name: one of the same name, a part of it, or one below it. */
  conflict: string | undefined;
  /** The form says already what is in the way. */
  isTold: boolean;
  repository: string;
  /** The pattern of the rule that the service has just refused a name for. */
  rule: string | undefined;
};

/** The name of the new branch: what is wrong with it, while it is typed, with a name that would do. */
export function BranchNameField({
  value,
  onChange,
  issueKey,
  maxBytes,
  service,
  conflict,
  isTold,
  repository,
  rule,
}: Props) {
  const { t } = useText();
  const input = useRef<HTMLInputElement>(null);
  const limits = { bytes: maxBytes };
  const name = value.trim();
  const problem = branchNameProblem(name, limits);
  const suggestion =
    problem && problem !== 'empty'
      ? fixBranchName(name, limits)
      : conflict
        ? (nameBeside(name, conflict) ?? nextName(name, issueKey))
        : rule && nameForRule(name, rule);
  const bytes = byteLength(name);
  const count = t('field.name.bytes', { bytes, max: maxBytes });
  const use = suggestion && suggestion !== name && branchNameProblem(suggestion, limits) === undefined && (
    <button
      type="button"
      className="link-button"
      onClick={() => {
        onChange(suggestion);
        // The button goes with what was wrong.
        input.current?.focus();
      }}
    >
      {t('field.name.use', { name: suggestion })}
    </button>
  );
  return (
    <WithError field="name">
      <Field
        label={t('field.name')}
        problem={
          problem ? (
            <>
              {t(`name.${problem}`, { service })} <span className="subtle">{problem.endsWith('long') && count}</span>{' '}
              {use}
            </>
          ) : (
            conflict &&
            !isTold && (
              <>
                {t(conflict === name ? 'name.taken' : 'name.conflict', { conflict, repository })} {use}
              </>
            )
          )
        }
        hint={
          <>
            {!problem && (!conflict || isTold) && use}
            {bytes > NEARLY * maxBytes && <div>{count}</div>}
            {!mentionsIssue(name, issueKey) && (
              <div className="warning">{t('field.name.key', { issue: issueKey })}</div>
            )}
          </>
        }
      >
        {({ id, describedBy, invalid }) => (
          <Textfield
            ref={input}
            id={id}
            value={value}
            onChange={(event) => onChange(event.currentTarget.value)}
            aria-describedby={describedBy}
            isInvalid={invalid}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
          />
        )}
      </Field>
    </WithError>
  );
}
