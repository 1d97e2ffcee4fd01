import Button from '@atlaskit/button/new';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { DefaultsView, IntegrationView, ProjectView, UserSettingsView } from '../../src/contract/views';
import { AskedInVainProvider, problemOf } from '../shared/asked-in-vain';
import { BranchPicker } from '../shared/branch-picker';
import { call } from '../shared/call';
import { at } from '../shared/defaults';
import { ErrorMessage } from '../shared/error-message';
import { Field } from '../shared/field';
import { LazySearchSelect } from '../shared/lazy-search-select';
import { type ChosenRepository, RepositoryPicker } from '../shared/repository-picker';
import { useText } from '../shared/text';
import { useProjects } from '../shared/use-projects';
import { inertWhile, useWrite } from '../shared/use-write';
import type { DefaultRow } from './defaults';

type Props = {
  kind: 'repository' | 'branch';
  /** The row that is changed; empty for a new one. */
  start: Partial<DefaultRow>;
  settings: UserSettingsView;
  /** Opens the form for the person's token. */
  onToken: (integration: IntegrationView) => void;
  onSaved: (projectKey: string, defaults: DefaultsView) => void;
  onCancel: () => void;
};

/** Chooses a default: project first, because it decides which repositories there are. */
export function DefaultForm({ kind, start, settings, onToken, onSaved, onCancel }: Props) {
  const { t } = useText();
  const [projectKey, setProjectKey] = useState(start.projectKey ?? '');
  const [chosen, setChosen] = useState<ChosenRepository | undefined>(
    () => start.at && { integrationId: start.at.integrationId, repository: { name: start.at.repository, url: '' } },
  );
  const [branch, setBranch] = useState(start.branch ?? '');
  const [showsMissing, setShowsMissing] = useState(false);
  const { working, error, attempt, run } = useWrite<{ defaults: DefaultsView }>(({ defaults }) =>
    onSaved(projectKey, defaults),
  );
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // The first field arrives a moment later, so the form takes the focus for it.
    form.current?.focus();
  }, []);
  const place = { projectKey };
  const integration = settings.integrations.find(({ id }) => id === chosen?.integrationId);

  function submit(event?: FormEvent) {
    event?.preventDefault();
    const isBranch = kind === 'branch';
    setShowsMissing(true);
    if (projectKey === '' || !chosen || (isBranch && branch === '')) return;
    void run(() => call('user-settings', 'save-default', { projectKey, ...at(chosen), ...(isBranch && { branch }) }));
  }

  return (
    <form ref={form} tabIndex={-1} className="panel-box" onSubmit={submit} aria-label={t(`settings.${kind}.add`)}>
      {error && (
        <ErrorMessage
          key={attempt}
          error={error}
          around={{ integration }}
          takesFocus
          onTryAgain={() => submit()}
          onToken={integration && (() => onToken(integration))}
        />
      )}
      <AskedInVainProvider
        value={{ onToken, tells: (problem) => problem === (error && problemOf(error, chosen?.integrationId)) }}
      >
        <div {...inertWhile(working)}>
          <ProjectField
            settings={settings}
            value={projectKey}
            problem={showsMissing && projectKey === '' ? t('settings.project.missing') : undefined}
            onChange={(next) => {
              setProjectKey(next);
              setChosen(undefined);
              setBranch('');
            }}
          />
          {projectKey !== '' && (
            <RepositoryPicker
              key={projectKey}
              place={place}
              integrations={settings.integrations}
              value={chosen}
              problem={showsMissing && !chosen ? t('field.repository.missing') : undefined}
              onChange={(next) => {
                setChosen(next);
                setBranch('');
              }}
            />
          )}
          {kind === 'branch' && chosen && (
            <BranchPicker
              key={chosen.repository.name}
              label={t('settings.column.branch')}
              place={place}
              integrations={settings.integrations}
              chosen={chosen}
              value={branch}
              problem={showsMissing && branch === '' ? t('field.branch.missing') : undefined}
              onChange={setBranch}
            />
          )}
        </div>
      </AskedInVainProvider>
      <div className="row">
        <span className="subtle" role="status">
          {working && t('settings.default.working')}
        </span>
        <div className="row push">
          <Button appearance="subtle" isDisabled={working} onClick={onCancel}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" appearance="primary" isLoading={working}>
            {t('settings.default.save')}
          </Button>
        </div>
      </div>
    </form>
  );
}

type ProjectFieldProps = {
  settings: UserSettingsView;
  value: string;
  problem: string | undefined;
  onChange: (projectKey: string) => void;
};

function ProjectField({ settings, value, problem, onChange }: ProjectFieldProps) {
  const { t } = useText();
  const projects = useProjects(settings, (asked) => call('user-settings', 'list-projects', asked));
  const names = useRef(new Map<string, ProjectView>());
  for (const project of [...settings.projects, ...projects.found]) names.current.set(project.key, project);
  const label = t('settings.column.project');
  const optionOf = (key: string) => {
    const project = names.current.get(key);
    return { label: project ? t('settings.project', project) : key, value: key, data: key };
  };
  return (
    <Field label={label} problem={problem}>
      {({ id, describedBy, invalid }) => (
        <LazySearchSelect<string>
          id={id}
          describedBy={describedBy}
          invalid={invalid}
          value={value === '' ? undefined : optionOf(value)}
          groups={[{ label, options: projects.found.map(({ key }) => optionOf(key)) }]}
          isLoading={projects.isLoading}
          placeholder={t('settings.project.placeholder')}
          nothing={t('settings.project.none')}
          leftOut={[t('listed.projects')]}
          loadingText={t('list.loading')}
          search={projects.search}
          onSearch={projects.setSearch}
          onChange={onChange}
          onScrolledToEnd={projects.loadMore}
        />
      )}
    </Field>
  );
}
