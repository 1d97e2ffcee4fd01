import type { BranchData, PullRequestData, RepositoryData } from './rest/development.ts';

/** A branch or pull request that an app sent to Jira. */
export type DevelopmentEntity = {
  siteId: string;
  repository: RepositoryData;
  issueIds: readonly string[];
  properties: Readonly<Record<string, string>>;
  /** Whether Jira's triggers may act on it. */
  preventTransitions: boolean;
} & ({ kind: 'branch'; data: BranchData } | { kind: 'pull_request'; data: PullRequestData });

type Place = Pick<DevelopmentEntity, 'siteId' | 'repository' | 'properties' | 'preventTransitions'>;
type Told = { issueIds: readonly string[] } & (
  { kind: 'branch'; data: BranchData } | { kind: 'pull_request'; data: PullRequestData }
);

export type DevelopmentState = {
  /** The development information of an issue, or of all. */
  development(siteId: string, issueId?: string): readonly DevelopmentEntity[];
  /** An entry that is not newer than the stored one changes nothing. */
  putDevelopment(place: Place, told: readonly Told[]): void;
  /** Only entries that are not newer than `until`. */
  dropDevelopment(siteId: string, which: (entity: DevelopmentEntity) => boolean, until: number): void;
  clearDevelopment(): void;
  /** Issues whose development information answers a search; undefined for another search. */
  searchDevelopment(siteId: string, jql: string): readonly string[] | undefined;
};

const COUNT = /^\s*development\[pullrequests\]\.(all|open)\s*(>=|=|>)\s*(\d+)\s*$/i;

/** The information that apps sent to the Jira sites of a world, in memory. */
export function createDevelopment(): DevelopmentState {
  const entities = new Map<string, DevelopmentEntity>();
  const development: DevelopmentState['development'] = (siteId, issueId) =>
    [...entities.values()].filter(
      (one) => one.siteId === siteId && (issueId === undefined || one.issueIds.includes(issueId)),
    );
  return {
    development,
    putDevelopment(place, told) {
      for (const one of told) {
        const key = [place.siteId, place.repository.id, one.kind, one.data.id].join('\n');
        const before = entities.get(key);
        if (before === undefined || before.data.updateSequenceId < one.data.updateSequenceId)
          entities.set(key, { ...place, ...one });
      }
    },
    dropDevelopment(siteId, which, until) {
      for (const [key, one] of entities)
        if (one.siteId === siteId && one.data.updateSequenceId <= until && which(one)) entities.delete(key);
    },
    clearDevelopment: () => entities.clear(),
    searchDevelopment(siteId, jql) {
      const [, which, operator, number] = COUNT.exec(jql) ?? [];
      if (which === undefined) return undefined;
      const pulls = development(siteId).filter(
        (one) => one.kind === 'pull_request' && (which.toLowerCase() === 'all' || one.data.status === 'OPEN'),
      );
      const counts = new Map<string, number>();
      for (const issueId of pulls.flatMap((one) => one.issueIds)) counts.set(issueId, (counts.get(issueId) ?? 0) + 1);
      const wanted = Number(number);
      const answers = (count: number) =>
        operator === '=' ? count === wanted : operator === '>' ? count > wanted : count >= wanted;
      return [...counts].filter(([, count]) => answers(count)).map(([issueId]) => issueId);
    },
  };
}
