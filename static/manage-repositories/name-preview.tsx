import Textfield from '@atlaskit/textfield';
import { useState } from 'react';
import type { BranchNameRule } from '../../src/domain/branch-name-rule';
import { branchNameFor } from '../../src/domain/branch-template';
import { Field } from '../shared/field';
import { useText } from '../shared/text';

/** Types of issue as Jira names them at first. */
const examples = [
  { key: 'DEMO-1', type: 'Bug', summary: 'template.example.bug', component: 'Checkout', fixVersion: '2.1.0' },
  { key: 'DEMO-2', type: 'Story', summary: 'template.example.story' },
  { key: 'DEMO-3', type: 'Task', summary: 'template.example.task', parentKey: 'DEMO-2' },
] as const;
/** The person who creates it, and the source. */
const person = { displayName: 'Alice Developer', login: 'alice-dev', sourceBranch: 'release/2.1' };
/** The limit of the strictest service. */
const limits = { bytes: 244 };

/** The names that branches would have. `rule` is absent while it cannot be used; the lines keep their place. */
export function NamePreview({ rule }: { rule: BranchNameRule | undefined }) {
  const { t } = useText();
  const [own, setOwn] = useState('');
  const rows = [
    ...examples.map((example) => ({ ...example, summary: t(example.summary) })),
    ...(own.trim() === '' ? [] : [{ key: 'DEMO-4', type: 'Bug', summary: own }]),
  ];
  return (
    <section className="stack-tight" aria-label={t('template.preview')}>
      <h2>{t('template.preview')}</h2>
      <table className="table" role="table">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader">{t('template.example.type')}</th>
            <th role="columnheader">{t('template.example.summary')}</th>
            <th role="columnheader">{t('template.example.name')}</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((issue) => (
            <tr key={issue.key} role="row">
              <td role="cell">{issue.type}</td>
              <td role="cell">{issue.summary}</td>
              <td role="cell">
                <code aria-live="polite">{rule ? branchNameFor({ ...issue, ...person }, limits, rule) : '—'}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Field label={t('template.own')} hint={rule ? undefined : t('template.preview.none')}>
        {({ id, describedBy }) => (
          <Textfield
            id={id}
            value={own}
            onChange={(event) => setOwn(event.currentTarget.value)}
            aria-describedby={describedBy}
            maxLength={255}
            autoComplete="off"
          />
        )}
      </Field>
    </section>
  );
}
