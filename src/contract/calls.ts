import { z } from 'zod';
import { isAccountId } from '../domain/account-id';
import { activityActions, activityOutcomes } from '../domain/activity';
import { canExist } from '../domain/branch-name';
import { nameBytes, separators } from '../domain/branch-name-rule';
import { editionIds } from '../domain/editions';
import { seenWithoutTokenChoices } from '../domain/integration';
import { isIssueKey } from '../domain/issue-key';
import { reminderChannels } from '../domain/reminder';
import { LONGEST_PATTERN } from '../domain/request-title';
import { tokenOrders, tokensRemovedAtOnce, tokenStates } from '../domain/token';
import { lazily } from './lazily';

// An invocation checks little with each schema: a check that is compiled first costs more than it spares (4 ms of a cold start).
z.config({ jitless: true });

/** Half a surrogate pair is no character, and no address can carry it. */
function text() {
  return z.string().refine((value) => value.isWellFormed());
}

/** Text a person typed: trimmed, without control characters, never empty. Lengths are in UTF-16 code units. */
function line(max: number) {
  return text()
    .trim()
    .min(1)
    .max(max)
    .regex(/^\P{Cc}*$/u);
}

const id = text().regex(/^[a-z0-9-]{1,64}$/);
const issueKey = text().max(120).refine(isIssueKey);
/** Path of names. `.` and `..` are none: in an address they would lead somewhere else. */
const repository = text()
  .max(255)
  .regex(/^(?!(?:.*\/)?\.{1,2}(?:\/|$))[^\s/\p{Cc}][^/\p{Cc}]*(\/[^/\p{Cc}]+)*$/u);
const branch = line(1024);
/** A branch that exists, as git allows its name: `owner:branch` and `-x` mean something else to a service. */
const existingBranch = branch.refine(canExist);
/** Names out of an address, in the shapes they have in calls. */
export const addressNames = z.object({ repository, branch: existingBranch.optional() });
/** Of a pull request: where a service expects a whole ref, some services take the branch it looks like. */
const branchOfRequest = existingBranch.refine((name) => !name.startsWith('refs/'));
/** A commit's id, or as much of it as tells it from others. */
const commitId = text()
  .trim()
  .toLowerCase()
  .regex(/^([0-9a-f]{7,40}|[0-9a-f]{64})$/);
/** A login, a number or a GUID: never a part of an address. */
const reviewer = line(100).regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/);
const accountId = text().refine(isAccountId);
const search = text().trim().max(200).default('');
const cursor = text().max(4000).optional();
/** Part of a credential as pasted: white space around it is never part of it. */
const pasted = text().trim().min(1).max(1000);
const credential = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('token'), token: pasted }),
  z.object({ kind: z.literal('access-key'), id: pasted, secret: pasted }),
  z.object({ kind: z.literal('password'), user: pasted, password: pasted }),
]);
const projectKey = text().regex(/^[A-Z][A-Z0-9_]{1,99}$/);
/** Which default to forget: the project's repository, or a repository's branch. */
const cleared = z.discriminatedUnion('of', [
  z.object({ of: z.literal('project') }),
  z.object({ of: z.literal('repository'), integrationId: id, repository }),
]);
/** Which product, and where: the address counts only for editions without a fixed one. */
const place = { edition: z.enum(editionIds), address: text().trim().max(500).default('') } as const;
/** When a token expires, where only its person knows: the day in UTC. */
const endsOn = z.iso.date().optional();
/** The explicit choice after one's own token failed; see `domain/attribution.ts`. */
const actAs = z.literal('integration').optional();

/** `ticket`: an earlier answer gave it to the page, so that the backend can spare a request to Jira (`domain/ticket.ts`). */
const onIssue = { issueKey, ticket: text().max(2000).optional() } as const;

/** Calls of the issue: panel, dialogs and menu actions. The payload names the issue, and Jira checks the permission for that issue. */
export const issueCalls = lazily({
  /** `named`: also what a new branch would be called. */
  'load-issue': () => z.object({ ...onIssue, named: z.boolean().default(false) }),
  /** `among`: the number of integrations in this look at the issue; they share its requests. */
  'list-cards': () => z.object({ ...onIssue, integrationId: id, among: z.number().int().min(1).max(1000).default(1) }),
  /** `news`: as an answer of `list-cards` had it. */
  'tell-jira': () =>
    z.object({ ...onIssue, integrationId: id, news: text().regex(/^[0-9a-f]{40}\.\d{1,15}\.[\w-]{43}$/) }),
  'list-repositories': () => z.object({ ...onIssue, integrationId: id, search, cursor }),
  'list-branches': () => z.object({ ...onIssue, integrationId: id, repository, search, cursor }),
  'create-branch': () =>
    z
      .object({
        ...onIssue,
        integrationId: id,
        repository,
        /** Where it starts is one of these three; the last two with the person's own token only. */
        sourceBranch: existingBranch.optional(),
        sourceTag: branchOfRequest.optional(),
        sourceId: commitId.optional(),
        /** The source branch's commit as the page shows it, and how many ms ago the service said so. */
        sourceCommit: z.object({ commit: text().regex(/^[0-9a-f]{40,64}$/), ageMs: z.number().min(0) }).optional(),
        name: text().max(1024),
        actAs,
      })
      .refine(
        ({ sourceBranch, sourceTag, sourceId }) =>
          [sourceBranch, sourceTag, sourceId].filter((one) => one !== undefined).length === 1,
        { path: ['sourceBranch'] },
      ),
  'create-pull-request': () =>
    z.object({
      ...onIssue,
      integrationId: id,
      repository,
      sourceBranch: branchOfRequest,
      targetBranch: branchOfRequest,
      // Longer than any service takes: which is too long there is said with its limit.
      title: line(10_000),
      description: text().max(500_000).default(''),
      draft: z.boolean().default(false),
      /** Ids of people to ask for a review (`list-reviewers`), where the edition has reviewers. */
      reviewers: z.array(reviewer).max(15).default([]),
      /** Both with the person's own token, where the edition has them; labels by name (`read-request-form`). */
      assignMe: z.boolean().default(false),
      labels: z.array(line(255)).max(20).default([]),
      actAs,
    }),
  'delete-branch': () => z.object({ ...onIssue, integrationId: id, repository, branch: existingBranch, actAs }),
  /** Work to attach. Without `repository` where the issue's project works; `among`: the number of integrations in one search. */
  'search-work': () =>
    z.object({
      ...onIssue,
      integrationId: id,
      repository: repository.optional(),
      search,
      among: z.number().int().min(1).max(1000).default(1),
      cursor: text()
        .regex(/^\d{1,6}$/)
        .optional(),
    }),
  'attach-branch': () => z.object({ ...onIssue, integrationId: id, repository, branch: existingBranch }),
  /** Of a branch or pull request of any integration that is open to the project, as somebody pasted it. */
  'attach-address': () => z.object({ ...onIssue, address: line(4000) }),
  /** Without `number` the branch, otherwise the pull request. */
  'detach-work': () =>
    z.object({
      ...onIssue,
      integrationId: id,
      repository,
      branch: existingBranch,
      number: z.int().min(1).max(999_999_999).optional(),
    }),
  'save-token': () => z.object({ ...onIssue, integrationId: id, credential, endsOn }),
  'remove-token': () => z.object({ ...onIssue, integrationId: id }),
  'renew-token': () => z.object({ ...onIssue, integrationId: id }),
  'check-branch-name': () => z.object({ ...onIssue, integrationId: id, repository, name: branch }),
  'list-reviewers': () => z.object({ ...onIssue, integrationId: id, repository, search }),
  'read-request-form': () =>
    z.object({
      ...onIssue,
      integrationId: id,
      repository,
      targetBranch: branchOfRequest,
    }),
  'save-default': () => z.object({ ...onIssue, integrationId: id, repository, branch: branch.optional() }),
  'clear-default': () => z.object({ ...onIssue, cleared }),
});

export const userSettingsCalls = lazily({
  'load-user-settings': () => z.object({}),
  'list-projects': () =>
    z.object({
      search,
      cursor: text()
        .regex(/^\d{1,9}$/)
        .optional(),
    }),
  'save-token': () => z.object({ integrationId: id, credential, endsOn }),
  'remove-token': () => z.object({ integrationId: id }),
  'renew-token': () => z.object({ integrationId: id }),
  'list-repositories': () => z.object({ projectKey, integrationId: id, search, cursor }),
  'list-branches': () => z.object({ projectKey, integrationId: id, repository, search, cursor }),
  'save-default': () => z.object({ projectKey, integrationId: id, repository, branch: branch.optional() }),
  'clear-default': () => z.object({ projectKey, cleared }),
});

/** Scopes as services name them: no white space and no commas in one. */
const scopeNames = z
  .array(text().regex(/^[^\s,\p{Cc}]{1,100}$/u))
  .max(50)
  .optional();
const tokenRules = z.object({
  maxDays: z.int().min(1).max(3650).optional(),
  mustEnd: z.boolean().optional(),
  fineGrainedOnly: z.boolean().optional(),
  scopesAtLeast: scopeNames,
  scopesAtMost: scopeNames,
  untoldEnd: z.enum(['refuse', 'ask']),
  graceDays: z.int().min(0).max(365),
});

const branchNames = z.object({
  template: z.string().trim().max(300),
  separator: z.enum(separators),
  maxBytes: z.int().min(nameBytes.least).max(nameBytes.most),
  requestTitle: line(LONGEST_PATTERN).optional(),
  /** By integration; those that are not sent have none of their own. */
  requestTitles: z
    .record(id, line(LONGEST_PATTERN))
    .refine((titles) => Object.keys(titles).length <= 200)
    .optional(),
});

const integrationOptions = {
  name: line(80),
  requireUserPat: z.boolean(),
  /** Without it the choice does not change; see `domain/integration.ts`. */
  seenWithoutToken: z.enum(seenWithoutTokenChoices).exactOptional(),
  projects: z.union([z.literal('all'), z.array(projectKey).min(1).max(500)]),
  owners: z.union([z.literal('all'), z.array(line(100)).min(1).max(100)]),
} as const;

export const manageRepositoriesCalls = lazily({
  'load-site': () => z.object({}),
  'test-connection': () => z.object({ ...place, credential }),
  'add-integration': () => z.object({ ...place, credential, ...integrationOptions }),
  /** Without `credential` the integration's credential does not change. */
  'update-integration': () =>
    z.object({
      id,
      credential: credential.optional(),
      ...integrationOptions,
      /** The `revision` of what the form shows: a form that another admin has overtaken is refused. */
      revision: text().max(64).optional(),
    }),
  'switch-integration': () => z.object({ id, enabled: z.boolean() }),
  'disconnect-integration': () => z.object({ id }),
  /** Only the switches that change: another admin may be changing the others. */
  'save-site-settings': () =>
    z.object({
      requireUserPat: z.boolean().optional(),
      branchActions: z.boolean().optional(),
      pullRequestActions: z.boolean().optional(),
      leaverDays: z.int().min(0).max(365).optional(),
      reminders: z.enum(reminderChannels).optional(),
      developmentInfo: z.boolean().optional(),
      developmentTransitions: z.boolean().optional(),
    }),
  /** `shown`: as the form was opened with; one that another admin has overtaken is refused. */
  'save-branch-name-rule': () => branchNames.extend({ shown: branchNames.optional() }),
  /** Without `integrationId` those of the site. `null`: none of its own. `shown`: as the form was opened with. */
  'save-token-rules': () =>
    z.object({ integrationId: id.optional(), rules: tokenRules.nullable(), shown: tokenRules.nullable().optional() }),
  'new-token-page': () => z.object(place),
  'list-activity': () =>
    z.object({
      accountId: accountId.optional(),
      integrationId: id.optional(),
      action: z.enum(activityActions).optional(),
      outcome: z.enum(activityOutcomes).optional(),
      from: z.iso.datetime().optional(),
      to: z.iso.datetime().optional(),
      cursor,
      /** As much as one call can carry, for an export. */
      forExport: z.boolean().default(false),
    }),
  'list-tokens': () =>
    z.object({
      search,
      integrationId: id.optional(),
      state: z.enum(tokenStates).optional(),
      /** As if these held, from now on: of the integration, or of all without rules of their own. */
      rules: tokenRules.optional(),
      sort: z.enum(tokenOrders).default('person'),
      cursor,
      /** As much as one call can carry, for an export. */
      forExport: z.boolean().default(false),
    }),
  /** People's tokens for one integration, with the reason that the page shows them. */
  'remove-tokens': () =>
    z.object({ integrationId: id, accountIds: z.array(accountId).min(1).max(tokensRemovedAtOnce), reason: line(200) }),
  'find-people': () => z.object({ search }),
  'list-projects': () =>
    z.object({
      search,
      cursor: text()
        .regex(/^\d{1,9}$/)
        .optional(),
    }),
});
