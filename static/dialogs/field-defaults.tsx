import { call } from '../shared/call';
import { at, defaultBranchOf, isSameRepository } from '../shared/defaults';
import type { ChosenRepository } from '../shared/repository-picker';
import { DefaultToggle } from './default-toggle';
import type { WriteTools } from './write-dialog';

type Props = {
  tools: WriteTools;
  chosen: ChosenRepository | undefined;
  /** The values of the fields do not change when the defaults do. */
  keep: () => void;
};

/** *Make default* beside the repository: where this person starts in the issue's project. */
export function RepositoryDefault({ tools: { issue, setDefaults }, chosen, keep }: Props) {
  if (!chosen) return undefined;
  const where = at(chosen);
  return (
    <DefaultToggle
      of="repository"
      name={where.repository}
      isDefault={isSameRepository(issue.defaults.repository, where)}
      make={() => call('issue', 'save-default', { issueKey: issue.key, ...where })}
      clear={() => call('issue', 'clear-default', { issueKey: issue.key, cleared: { of: 'project' } })}
      onChange={(defaults) => {
        keep();
        setDefaults(defaults);
      }}
    />
  );
}

/** *Make default* beside a branch: where this person starts in this repository, for the issue's project. */
export function BranchDefault({ tools: { issue, setDefaults }, chosen, keep, branch }: Props & { branch: string }) {
  if (!chosen) return undefined;
  const where = at(chosen);
  return (
    <DefaultToggle
      of="branch"
      name={branch}
      isDefault={defaultBranchOf(issue.defaults, where) === branch}
      make={() => call('issue', 'save-default', { issueKey: issue.key, ...where, branch })}
      clear={() => call('issue', 'clear-default', { issueKey: issue.key, cleared: { of: 'repository', ...where } })}
      onChange={(defaults) => {
        keep();
        setDefaults(defaults);
      }}
    />
  );
}
