import Button from '@atlaskit/button/new';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type {
  DefaultsView,
  IntegrationView,
  ProjectView,
  RepositoryAt,
  UserSettingsView,
} from '../../src/contract/views';
import { compareText } from '../../src/domain/order';
import { call } from '../shared/call';
import { ErrorMessage } from '../shared/error-message';
import { useText } from '../shared/text';
import { inertWhile, useHeld, useWrite } from '../shared/use-write';
import { DefaultForm } from './default-form';

export type DefaultRow = { projectKey: string; at: RepositoryAt; branch?: string };

type Props = {
  settings: UserSettingsView;
  onToken: (integration: IntegrationView) => void;
  onChange: (projectKey: string, defaults: DefaultsView) => void;
};

/** Where a person starts: a repository in each project, and a branch in each of their repositories. */
export function Defaults(props: Props) {
  const { t } = useText();
  const { settings } = props;
  const byProject = [...settings.defaults].sort((a, b) => compareText(a.projectKey, b.projectKey));
  const repositories = byProject.flatMap(({ projectKey, repository }): DefaultRow[] =>
    repository ? [{ projectKey, at: repository }] : [],
  );
  const branches = byProject.flatMap(({ projectKey, branches: ofProject }) =>
    ofProject.map(({ branch, ...at }): DefaultRow => ({ projectKey, at, branch })),
  );
  return (
    <>
      <Section kind="repository" rows={repositories} {...props}>
        <th role="columnheader">{t('settings.column.project')}</th>
        <th role="columnheader">{t('settings.column.repository')}</th>
      </Section>
      <Section kind="branch" rows={branches} {...props}>
        <th role="columnheader">{t('settings.column.repository')}</th>
        <th role="columnheader">{t('settings.column.project')}</th>
        <th role="columnheader">{t('settings.column.branch')}</th>
      </Section>
    </>
  );
}

type SectionProps = Props & { kind: 'repository' | 'branch'; rows: readonly DefaultRow[]; children: ReactNode };

function Section({ kind, rows, settings, onToken, onChange, children }: SectionProps) {
  const { t } = useText();
  const [editing, setEditing] = useState<Partial<DefaultRow>>();
  const isHeld = useHeld();
  /** The form or the row that had the focus is gone: it goes back to this row, or to the button that adds one. */
  const [left, setLeft] = useState<{ row?: string }>();
  const add = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (left && left.row === undefined) add.current?.focus();
  }, [left]);
  function leave(row?: Partial<DefaultRow>) {
    setEditing(undefined);
    setLeft(row?.at ? { row: keyOf(row as DefaultRow) } : {});
  }
  const { error, attempt, run } = useWrite<{ projectKey: string; defaults: DefaultsView }>((done) => {
    onChange(done.projectKey, done.defaults);
    setLeft({});
  });
  const [cleared, setCleared] = useState<DefaultRow>();
  function clear(row: DefaultRow) {
    const { projectKey, at } = row;
    setCleared(row);
    const which = kind === 'repository' ? { of: 'project' as const } : { of: 'repository' as const, ...at };
    void run(async () => {
      const answer = await call('user-settings', 'clear-default', { projectKey, cleared: which });
      return answer.ok ? { ok: true, value: { projectKey, ...answer.value } } : answer;
    });
  }
  return (
    <section className="stack" aria-labelledby={`default-${kind}`}>
      <h2 id={`default-${kind}`}>{t(`settings.${kind}.heading`)}</h2>
      <p className="subtle">{t(`settings.${kind}.intro`)}</p>
      {error && <ErrorMessage key={attempt} error={error} takesFocus onTryAgain={cleared && (() => clear(cleared))} />}
      {rows.length > 0 ? (
        <table className="table" role="table" aria-label={t(`settings.${kind}.table`)} {...inertWhile(isHeld)}>
          <thead role="rowgroup">
            <tr role="row">
              {children}
              <th role="columnheader">{t('settings.column.actions')}</th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {rows.map((row) => (
              <Row
                key={keyOf(row)}
                takesFocus={left?.row === keyOf(row) ? left : undefined}
                kind={kind}
                row={row}
                settings={settings}
                onEdit={() => setEditing(row)}
                onClear={() => clear(row)}
              />
            ))}
          </tbody>
        </table>
      ) : (
        <p>{t('settings.default.none')}</p>
      )}
      {editing ? (
        <DefaultForm
          key={`${editing.projectKey} ${editing.at?.repository}`}
          kind={kind}
          start={editing}
          settings={settings}
          onToken={onToken}
          onSaved={(projectKey, defaults) => {
            onChange(projectKey, defaults);
            leave(editing);
          }}
          onCancel={() => leave(editing)}
        />
      ) : (
        settings.projects.length > 0 && (
          <div>
            <Button ref={add} isDisabled={isHeld} onClick={() => setEditing({})}>
              {t(`settings.${kind}.add`)}
            </Button>
          </div>
        )
      )}
    </section>
  );
}

type RowProps = {
  kind: 'repository' | 'branch';
  row: DefaultRow;
  settings: UserSettingsView;
  /** Another one each time somebody comes back to the row. */
  takesFocus: object | undefined;
  onEdit: () => void;
  onClear: () => void;
};

function Row({ kind, row: { projectKey, at, branch }, settings, takesFocus, onEdit, onClear }: RowProps) {
  const { t } = useText();
  const change = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (takesFocus) change.current?.focus();
  }, [takesFocus]);
  const project = projectName(settings.projects, projectKey);
  const integration = settings.integrations.find(({ id }) => id === at.integrationId);
  const name = kind === 'repository' ? projectKey : t('settings.branch.of', { ...at, project: projectKey });
  const projectCell = (
    <td role="cell" key="project">
      {project ? t('settings.project', project) : projectKey}
    </td>
  );
  const repositoryCell = (
    <td role="cell" key="repository">
      <strong>{at.repository}</strong>
      <div className="small subtle">{integration?.name}</div>
    </td>
  );
  return (
    <tr role="row">
      {kind === 'repository' ? [projectCell, repositoryCell] : [repositoryCell, projectCell]}
      {branch !== undefined && <td role="cell">{branch}</td>}
      <td role="cell" className="actions-cell">
        <div className="row">
          <Button
            ref={change}
            spacing="compact"
            aria-label={t('settings.default.change.of', { name })}
            onClick={onEdit}
          >
            {t('settings.default.change')}
          </Button>
          <Button spacing="compact" aria-label={t('settings.default.clear.of', { name })} onClick={onClear}>
            {t('settings.default.clear')}
          </Button>
        </div>
      </td>
    </tr>
  );
}

function keyOf({ projectKey, at }: DefaultRow): string {
  return `${projectKey} ${at.integrationId} ${at.repository}`;
}

function projectName(projects: readonly ProjectView[], key: string): ProjectView | undefined {
  return projects.find((project) => project.key === key);
}
