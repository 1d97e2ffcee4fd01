/*
 * What Jira's own Development panel, boards, releases and searches learn of branches and pull requests. Facts about an issue at one
 * integration travel in a queue as a report; what becomes of it is decided by what the service says when the queue delivers it.
 */

import type { PullRequest } from './pull-request';

/**
 * `isNew`: it was created a moment ago, so the request is repeated where a service does not know it yet. `by`: as of a pull request. `isDetached`: it
 * is none of the issue's any more, whatever the service says of it.
 */
export type ReportedBranch = { repository: string; name: string; isNew?: true; isDetached?: true; by?: string };

/** `by`: the account of the person who made it here, in their own name. */
export type ReportedPullRequest = PullRequest & { isDetached?: true; by?: string };

export type DevelopmentReport = {
  integrationId: string;
  issue: { id: string; key: string; projectKey: string };
  /** ms since the epoch: when the service said what is in it. */
  at: number;
  /** None of it has happened now: it was there before anybody here looked. Moves no issue, whatever admins chose. */
  isBackfill: boolean;
  branches: readonly ReportedBranch[];
  pullRequests: readonly ReportedPullRequest[];
};

/** The content of a report of a branch or pull request, for comparison: a branch's is its commit. */
export function digestOf({ state, title, source, target }: ReportedPullRequest): string {
  return JSON.stringify([state, title, source, target]);
}

/** Branches and pull requests in one report. Jira takes 400 of a kind in a repository and 1,000 at once; a delivery has 25 s to look at all. */
const IN_ONE_REPORT = 20;

/** A report in parts of a size that one delivery can look at. */
export function partsOf(report: DevelopmentReport): DevelopmentReport[] {
  const { branches, pullRequests } = report;
  const count = Math.ceil(Math.max(branches.length, pullRequests.length) / (IN_ONE_REPORT / 2));
  return Array.from({ length: count }, (_, part) => {
    const [start, end] = [(part * IN_ONE_REPORT) / 2, ((part + 1) * IN_ONE_REPORT) / 2];
    return { ...report, branches: branches.slice(start, end), pullRequests: pullRequests.slice(start, end) };
  });
}

/** Somebody's look at an issue brought something to light: the queue looks for itself, where they looked. */
export type DevelopmentLook = {
  integrationId: string;
  issue: { id: string; key: string; projectKey: string; formerKeys: readonly string[] };
  repositories: readonly string[];
  /** A digest of the findings that Jira did not know. */
  news: string;
};

/** Work of the queue `development`. `withdraw`: an integration that Jira has to forget. */
export type DevelopmentWork = { report: DevelopmentReport } | { look: DevelopmentLook } | { withdraw: string };
