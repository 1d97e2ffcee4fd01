import type { Card } from '../contract/views';
import { isRepositoryOf, ownersOf } from '../domain/integration';
import type { IssuePlace } from '../jira/issues';
import type { ProjectPlace } from '../store/opening';
import { listWork } from '../store/work';
import type { OpenIntegration } from './open';

/** The repositories in which an issue's work is searched: those of the issue's and the project's work, and the person's defaults. `made`: cards of work that was made here. */
export async function scopeOf({
  integration,
  issue,
  place: { defaults, recent },
}: Pick<OpenIntegration, 'integration'> & { issue: IssuePlace; place: ProjectPlace }): Promise<{
  owners: readonly string[];
  repositories: readonly string[];
  made: Card[];
  /** Where the issue was worked on and where the person starts, others of the project aside. */
  theirs: readonly string[];
}> {
  const made = await listWork(issue.id);
  const chosen = [...(defaults.repository ? [defaults.repository] : []), ...defaults.branches];
  const used = [...made, ...recent, ...chosen].filter(
    (item) => item.integrationId === integration.id && isRepositoryOf(integration, item.repository),
  );
  return {
    owners: ownersOf(integration),
    repositories: [...new Set(used.map((item) => item.repository))],
    made,
    theirs: [...made, ...chosen].map((item) => item.repository),
  };
}
