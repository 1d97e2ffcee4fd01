import { removeDevelopment } from '../jira/development';
import { repositoryIdOf } from '../jira/development-entities';
import { forgetReportedBy, reportedBy } from '../store/development';
import { changeWork } from '../store/work';

/**
 * Takes a person whose account was closed out of the reports to Jira, and out of the cards of their pull requests. The next look at an
 * issue reports it again, with what the service says. False when Jira does not answer, or `deadline` (ms since the epoch) came first: the rest is due the next day.
 */
export async function eraseFromDevelopment(accountId: string, deadline: number): Promise<boolean> {
  for (let some = await reportedBy(accountId); some.length > 0; some = await reportedBy(accountId)) {
    for (const { reported, ...at } of some) {
      if (Date.now() > deadline) return false;
      const { integrationId, issueId, entityId } = at;
      const { kind, repository, name: branch = '', number } = reported;
      const repositoryId = repositoryIdOf(integrationId, repository);
      const removed = await removeDevelopment(kind, { repositoryId, id: entityId, until: Date.now() });
      if (!removed.ok && removed.error.code !== 'not-allowed') return false;
      const made = { kind, integrationId, repository, branch, ...(number !== undefined && { number }) };
      await changeWork(issueId, { ...made, title: '', url: '' }, ({ author: _, ...kept }) => kept);
      await forgetReportedBy(accountId, at);
    }
  }
  return true;
}
