import { z } from 'zod';
import {
  actAs,
  branch,
  branchOfRequest,
  cleared,
  commitId,
  countCursor,
  credential,
  cursor,
  endsOn,
  existingBranch,
  id,
  issueKey,
  line,
  repository,
  reviewer,
  search,
  text,
} from './fields';
import { lazily } from './lazily';

/** `ticket`: an earlier answer gave it to the page, so that the backend can spare a request to Jira (`domain/ticket.ts`). */
const onIssue = { issueKey: issueKey(), ticket: text().max(2000).optional() } as const;

/** Calls of the issue: panel, dialogs and menu actions. The payload names the issue, and Jira checks the permission for that issue. */
export const issueCalls = lazily({
  /** `named`: also what a new branch would be called. */
  'load-issue': () => z.object({ ...onIssue, named: z.boolean().default(false) }),
  /** `among`: the number of integrations in this look at the issue; they share its requests. */
  'list-cards': () =>
    z.object({ ...onIssue, integrationId: id(), among: z.number().int().min(1).max(1000).default(1) }),
  /** `news`: as an answer of `list-cards` had it. */
  'tell-jira': () =>
    z.object({ ...onIssue, integrationId: id(), news: text().regex(/^[0-9a-f]{40}\.\d{1,15}\.[\w-]{43}$/) }),
  'list-repositories': () => z.object({ ...onIssue, integrationId: id(), search: search(), cursor: cursor() }),
  'list-branches': () =>
    z.object({ ...onIssue, integrationId: id(), repository: repository(), search: search(), cursor: cursor() }),
  'create-branch': () =>
    z
      .object({
        ...onIssue,
        integrationId: id(),
        repository: repository(),
        /** Where it starts is one of these three; the last two with the person's own token only. */
        sourceBranch: existingBranch().optional(),
        sourceTag: branchOfRequest().optional(),
        sourceId: commitId().optional(),
        /** The source branch's commit as the page shows it, and how many ms ago the service said so. */
        sourceCommit: z.object({ commit: text().regex(/^[0-9a-f]{40,64}$/), ageMs: z.number().min(0) }).optional(),
        name: text().max(1024),
        actAs: actAs(),
      })
      .refine(
        ({ sourceBranch, sourceTag, sourceId }) =>
          [sourceBranch, sourceTag, sourceId].filter((one) => one !== undefined).length === 1,
        { path: ['sourceBranch'] },
      ),
  'create-pull-request': () =>
    z.object({
      ...onIssue,
      integrationId: id(),
      repository: repository(),
      sourceBranch: branchOfRequest(),
      targetBranch: branchOfRequest(),
      // Longer than any service takes: which is too long there is said with its limit.
      title: line(10_000),
      description: text().max(500_000).default(''),
      draft: z.boolean().default(false),
      /** Ids of people to ask for a review (`list-reviewers`), where the edition has reviewers. */
      reviewers: z.array(reviewer()).max(15).default([]),
      /** Both with the person's own token, where the edition has them; labels by name (`read-request-form`). */
      assignMe: z.boolean().default(false),
      labels: z.array(line(255)).max(20).default([]),
      actAs: actAs(),
    }),
  'delete-branch': () =>
    z.object({ ...onIssue, integrationId: id(), repository: repository(), branch: existingBranch(), actAs: actAs() }),
  /** Work to attach. Without `repository` where the issue's project works; `among`: the number of integrations in one search. */
  'search-work': () =>
    z.object({
      ...onIssue,
      integrationId: id(),
      repository: repository().optional(),
      search: search(),
      among: z.number().int().min(1).max(1000).default(1),
      cursor: countCursor(),
    }),
  'attach-branch': () =>
    z.object({ ...onIssue, integrationId: id(), repository: repository(), branch: existingBranch() }),
  /** Of a branch or pull request of any integration that is open to the project, as somebody pasted it. */
  'attach-address': () => z.object({ ...onIssue, address: line(4000) }),
  /** Without `number` the branch, otherwise the pull request. */
  'detach-work': () =>
    z.object({
      ...onIssue,
      integrationId: id(),
      repository: repository(),
      branch: existingBranch(),
      number: z.int().min(1).max(999_999_999).optional(),
    }),
  'save-token': () => z.object({ ...onIssue, integrationId: id(), credential: credential(), endsOn: endsOn() }),
  'remove-token': () => z.object({ ...onIssue, integrationId: id() }),
  'renew-token': () => z.object({ ...onIssue, integrationId: id() }),
  'check-branch-name': () => z.object({ ...onIssue, integrationId: id(), repository: repository(), name: branch() }),
  'list-reviewers': () => z.object({ ...onIssue, integrationId: id(), repository: repository(), search: search() }),
  'read-request-form': () =>
    z.object({
      ...onIssue,
      integrationId: id(),
      repository: repository(),
      targetBranch: branchOfRequest(),
    }),
  'save-default': () =>
    z.object({ ...onIssue, integrationId: id(), repository: repository(), branch: branch().optional() }),
  'clear-default': () => z.object({ ...onIssue, cleared: cleared() }),
});
