import { createHash } from 'node:crypto';
import { cutTo } from '../domain/cut-text';
import type { DevelopmentReport, ReportedPullRequest } from '../domain/development';
import { signOf } from '../domain/editions';
import type { Service } from '../domain/service';

/*
 * Branches and pull requests as Jira takes them ("Store development information", Jira Software Cloud REST 0.10). Jira refuses a whole
 * request for one id with another character than A-Z, a-z, 0-9, `-`, `.`, `_` and `~`, so ids are hashes.
 */

/** Pages of the service, as `providers/links.ts` makes them. */
export type Pages = {
  repository(service: Service, repository: string): string;
  branch(service: Service, repository: string, name: string): string;
  commit(service: Service, repository: string, id: string): string;
};

export type Head = { id: string; message: string; author: string; at: string };

type Context = { service: Service; pages: Pages; report: DevelopmentReport; now: number };

/** Longest texts, in characters; a source branch has 255 in an older description and no limit in the newer. */
const longest = {
  repository: 255,
  branch: 512,
  source: 255,
  url: 2000,
  name: 255,
  message: 1024,
  title: 1024,
} as const;

/** Jira wants a name of everybody. */
const NOBODY = 'Unknown';

function idOf(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 40);
}

/** A repository of an integration: two integrations that have the same one never overwrite each other. */
export function repositoryIdOf(integrationId: string, repository: string): string {
  return idOf(integrationId, repository);
}

/**
 * A branch or pull request of one issue. One that belongs to two issues is two: each is reported when somebody looks at its issue,
 * and a report replaces the associations of the one before.
 */
export function entityIdOf(issueId: string, repository: string, nameOrNumber: string | number): string {
  return idOf(issueId, repository, nameOrNumber);
}

type Association = { associationType: 'issueIdOrKeys'; values: readonly string[] };
type Entity = { id: string; updateSequenceId: number; url: string; associations: readonly Association[] };
export type BranchEntity = Entity & { name: string; lastCommit: object };
export type PullRequestEntity = Entity & { displayId: string; title: string; status: string };
export type RepositoryEntity = {
  id: string;
  name: string;
  url: string;
  updateSequenceId: number;
  branches: BranchEntity[];
  pullRequests: PullRequestEntity[];
};

/** By the issue's id, which outlives a move to another project. */
function ofIssue({ issue }: DevelopmentReport): readonly Association[] {
  return [{ associationType: 'issueIdOrKeys', values: [issue.id] }];
}

/** An address that Jira has no room for leads to the repository. */
function fitting(url: string, otherwise: string): string {
  return url.length <= longest.url ? url : otherwise;
}

function branchUrl({ service, pages }: Context, repository: string, name: string): string {
  return fitting(pages.branch(service, repository, name), pages.repository(service, repository));
}

/** A branch with its last commit, without which Jira refuses it. */
export function branchEntity(context: Context, repository: string, name: string, head: Head): BranchEntity {
  const { service, pages, report, now } = context;
  return {
    id: entityIdOf(report.issue.id, repository, name),
    name: cutTo(name, longest.branch),
    url: branchUrl(context, repository, name),
    updateSequenceId: now,
    associations: ofIssue(report),
    lastCommit: {
      id: head.id,
      displayId: head.id.slice(0, 7),
      message: cutTo(head.message, longest.message) || head.id.slice(0, 7),
      url: fitting(pages.commit(service, repository, head.id), pages.repository(service, repository)),
      author: { name: cutTo(head.author, longest.name) || NOBODY },
      authorTimestamp: head.at,
      // Nobody shows it of a branch's last commit, and it would cost the service a comparison.
      fileCount: 0,
      issueKeys: [report.issue.key],
      updateSequenceId: now,
    },
  };
}

const statuses = { open: 'OPEN', draft: 'OPEN', merged: 'MERGED', closed: 'DECLINED' } as const;

/** Shown beside its branch, for `sourceBranchUrl` is the branch's own address to the letter. */
export function pullRequestEntity(context: Context, pull: ReportedPullRequest): PullRequestEntity & object {
  const { service, pages, report } = context;
  const sign = signOf(service.edition.provider);
  const entity = {
    id: entityIdOf(report.issue.id, pull.repository, pull.number),
    displayId: `${sign}${pull.number}`,
    title: cutTo(pull.title, longest.title) || `${sign}${pull.number}`,
    url: fitting(pull.url, pages.repository(service, pull.repository)),
    status: statuses[pull.state],
    author: { name: cutTo(pull.author ?? '', longest.name) || NOBODY },
    // The lists of the services do not count them.
    commentCount: 0,
    sourceBranch: cutTo(pull.source, longest.source),
    sourceBranchUrl: branchUrl(context, pull.repository, pull.source),
    destinationBranch: cutTo(pull.target, longest.source),
    lastUpdate: pull.updatedAt ?? new Date(report.at).toISOString(),
    updateSequenceId: report.at,
    associations: ofIssue(report),
  };
  return entity;
}

/** A repository with those of its branches and pull requests that there is something to report of. */
export function repositoryEntity(
  { service, pages, report, now }: Context,
  repository: string,
  entities: Pick<RepositoryEntity, 'branches' | 'pullRequests'>,
): RepositoryEntity {
  return {
    id: repositoryIdOf(report.integrationId, repository),
    name: cutTo(repository, longest.repository),
    url: fitting(pages.repository(service, repository), service.webUrl),
    updateSequenceId: now,
    ...entities,
  };
}
