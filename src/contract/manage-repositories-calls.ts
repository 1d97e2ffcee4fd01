import { z } from 'zod';
import { activityActions, activityOutcomes } from '../domain/activity';
import { nameBytes, separators } from '../domain/branch-name-rule';
import { editionIds } from '../domain/editions';
import { seenWithoutTokenChoices } from '../domain/integration';
import { reminderChannels } from '../domain/reminder';
import { LONGEST_PATTERN } from '../domain/request-title';
import { tokenOrders, tokensRemovedAtOnce, tokenStates } from '../domain/token';
import { accountId, countCursor, credential, cursor, id, line, projectKey, search, text } from './fields';
import { lazily } from './lazily';

/** Which product, and where: the address counts only for editions without a fixed one. */
const place = { edition: z.enum(editionIds), address: text().trim().max(500).default('') } as const;

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
    .record(id(), line(LONGEST_PATTERN))
    .refine((titles) => Object.keys(titles).length <= 200)
    .optional(),
});

const integrationOptions = {
  name: line(80),
  requireUserPat: z.boolean(),
  /** Without it the choice does not change; see `domain/integration.ts`. */
  seenWithoutToken: z.enum(seenWithoutTokenChoices).exactOptional(),
  projects: z.union([z.literal('all'), z.array(projectKey()).min(1).max(500)]),
  owners: z.union([z.literal('all'), z.array(line(100)).min(1).max(100)]),
} as const;

/** Calls of *Manage Git repositories*, for Jira admins. */
export const manageRepositoriesCalls = lazily({
  'load-site': () => z.object({}),
  'test-connection': () => z.object({ ...place, credential: credential() }),
  'add-integration': () => z.object({ ...place, credential: credential(), ...integrationOptions }),
  /** Without `credential` the integration's credential does not change. */
  'update-integration': () =>
    z.object({
      id: id(),
      credential: credential().optional(),
      ...integrationOptions,
      /** The `revision` of what the form shows: a form that another admin has overtaken is refused. */
      revision: text().max(64).optional(),
    }),
  'switch-integration': () => z.object({ id: id(), enabled: z.boolean() }),
  'disconnect-integration': () => z.object({ id: id() }),
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
    z.object({ integrationId: id().optional(), rules: tokenRules.nullable(), shown: tokenRules.nullable().optional() }),
  'new-token-page': () => z.object(place),
  'list-activity': () =>
    z.object({
      accountId: accountId().optional(),
      integrationId: id().optional(),
      action: z.enum(activityActions).optional(),
      outcome: z.enum(activityOutcomes).optional(),
      from: z.iso.datetime().optional(),
      to: z.iso.datetime().optional(),
      cursor: cursor(),
      /** As much as one call can carry, for an export. */
      forExport: z.boolean().default(false),
    }),
  'list-tokens': () =>
    z.object({
      search: search(),
      integrationId: id().optional(),
      state: z.enum(tokenStates).optional(),
      /** As if these held, from now on: of the integration, or of all without rules of their own. */
      rules: tokenRules.optional(),
      sort: z.enum(tokenOrders).default('person'),
      cursor: cursor(),
      /** As much as one call can carry, for an export. */
      forExport: z.boolean().default(false),
    }),
  /** People's tokens for one integration, with the reason that the page shows them. */
  'remove-tokens': () =>
    z.object({
      integrationId: id(),
      accountIds: z.array(accountId()).min(1).max(tokensRemovedAtOnce),
      reason: line(200),
    }),
  'find-people': () => z.object({ search: search() }),
  'list-projects': () =>
    z.object({
      search: search(),
      cursor: countCursor(),
    }),
});
