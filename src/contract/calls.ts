import { z } from 'zod';
import { isAccountId } from '../domain/account-id';
import { activityActions, activityOutcomes } from '../domain/activity';
import { nameBytes, separators } from '../domain/branch-template';
import { editionIds } from '../domain/editions';
import { isIssueKey } from '../domain/issue-key';

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
/** When a token ends, where only its person knows: the day in UTC. */
const endsOn = z.iso.date().optional();
/** The explicit choice after one's own token failed; see `domain/attribution.ts`. */
const actAs = z.literal('integration').optional();

/** Calls of the issue: panel, dialogs and menu actions. The issue is the payload's, and permission is asked for that issue. */
export const issueCalls = {
  'load-issue': z.object({ issueKey }),
  /** `among`: how many integrations the page asks for this look at the issue; they share its requests. */
  'list-cards': z.object({ issueKey, integrationId: id, among: z.number().int().min(1).max(1000).default(1) }),
  'list-repositories': z.object({ issueKey, integrationId: id, search, cursor }),
  'list-branches': z.object({ issueKey, integrationId: id, repository, search, cursor }),
  'create-branch': z.object({
    issueKey,
    integrationId: id,
    repository,
    sourceBranch: branch,
    /** The source's commit as the page shows it, and how many ms ago the service said so. */
    sourceCommit: z.object({ commit: text().regex(/^[0-9a-f]{40,64}$/), ageMs: z.number().min(0) }).optional(),
    name: text().max(1024),
    actAs,
  }),
  'create-pull-request': z.object({
    issueKey,
    integrationId: id,
    repository,
    sourceBranch: branch,
    targetBranch: branch,
    title: line(255),
    description: text().max(30_000).default(''),
    draft: z.boolean().default(false),
    /** Ids of people to ask for a review (`list-reviewers`), where the edition has reviewers. */
    reviewers: z.array(line(100)).max(15).default([]),
    actAs,
  }),
  'delete-branch': z.object({ issueKey, integrationId: id, repository, branch, actAs }),
  'save-token': z.object({ issueKey, integrationId: id, credential, endsOn }),
  'remove-token': z.object({ issueKey, integrationId: id }),
  'check-branch-name': z.object({ issueKey, integrationId: id, repository, name: branch }),
  'list-reviewers': z.object({ issueKey, integrationId: id, repository, search }),
  'save-default': z.object({ issueKey, integrationId: id, repository, branch: branch.optional() }),
  'clear-default': z.object({ issueKey, cleared }),
} as const;

export const userSettingsCalls = {
  'load-user-settings': z.object({}),
  'save-token': z.object({ integrationId: id, credential, endsOn }),
  'remove-token': z.object({ integrationId: id }),
  'list-repositories': z.object({ projectKey, integrationId: id, search, cursor }),
  'list-branches': z.object({ projectKey, integrationId: id, repository, search, cursor }),
  'save-default': z.object({ projectKey, integrationId: id, repository, branch: branch.optional() }),
  'clear-default': z.object({ projectKey, cleared }),
} as const;

const integrationOptions = {
  name: line(80),
  requireUserPat: z.boolean(),
  projects: z.union([z.literal('all'), z.array(projectKey).min(1).max(500)]),
  owners: z.union([z.literal('all'), z.array(line(100)).min(1).max(100)]),
} as const;

export const manageRepositoriesCalls = {
  'load-site': z.object({}),
  'test-connection': z.object({ ...place, credential }),
  'add-integration': z.object({ ...place, credential, ...integrationOptions }),
  /** Without `credential` the integration keeps the credential it has. */
  'update-integration': z.object({ id, credential: credential.optional(), ...integrationOptions }),
  'switch-integration': z.object({ id, enabled: z.boolean() }),
  'disconnect-integration': z.object({ id }),
  'save-site-settings': z.object({
    requireUserPat: z.boolean(),
    branchActions: z.boolean(),
    pullRequestActions: z.boolean(),
  }),
  'save-branch-name-rule': z.object({
    template: z.string().trim().max(300),
    separator: z.enum(separators),
    maxBytes: z.int().min(nameBytes.least).max(nameBytes.most),
  }),
  'new-token-page': z.object(place),
  'list-activity': z.object({
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
  'find-people': z.object({ search }),
} as const;
