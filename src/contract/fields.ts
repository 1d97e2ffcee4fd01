import { z } from 'zod';
import { isAccountId } from '../domain/account-id';
import { canExist } from '../domain/branch-name';
import { isIssueKey } from '../domain/issue-key';

// An invocation checks little with each schema: a check that is compiled first costs more than it spares (4 ms of a cold start).
z.config({ jitless: true });

// What payloads are made of. Each is made where it is used: a process that has just started makes those of one call only.

/** Half a surrogate pair is no character, and no address can carry it. */
export function text() {
  return z.string().refine((value) => value.isWellFormed());
}

/** Text a person typed: trimmed, without control characters, never empty. Lengths are in UTF-16 code units. */
export function line(max: number) {
  return text()
    .trim()
    .min(1)
    .max(max)
    .regex(/^\P{Cc}*$/u);
}

/** Of an integration. */
export const id = () => text().regex(/^[a-z0-9-]{1,64}$/);
/** `DEMO-1`. */
export const issueKey = () => text().max(120).refine(isIssueKey);
/** Path of names. `.` and `..` are none: in an address they would lead somewhere else. */
export const repository = () =>
  text()
    .max(255)
    .regex(/^(?!(?:.*\/)?\.{1,2}(?:\/|$))[^\s/\p{Cc}][^/\p{Cc}]*(\/[^/\p{Cc}]+)*$/u);
/** Any text that may be meant as a branch: a branch that does not exist yet may be misspelt. */
export const branch = () => line(1024);
/** A branch that exists, as git allows its name: `owner:branch` and `-x` mean something else to a service. */
export const existingBranch = () => branch().refine(canExist);
/** Names out of an address, in the shapes they have in calls. */
export const addressNames = () => z.object({ repository: repository(), branch: existingBranch().optional() });
/** Of a pull request: where a service expects a whole ref, some services take the branch it looks like. */
export const branchOfRequest = () => existingBranch().refine((name) => !name.startsWith('refs/'));
/** A commit's id, or as much of it as tells it from others. */
export const commitId = () =>
  text()
    .trim()
    .toLowerCase()
    .regex(/^([0-9a-f]{7,40}|[0-9a-f]{64})$/);
/** A login, a number or a GUID: never a part of an address. */
export const reviewer = () => line(100).regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/);
/** Of a person in Jira. */
export const accountId = () => text().refine(isAccountId);
/** What somebody types to search a list; nothing asks for all. */
export const search = () => text().trim().max(200).default('');
/** Where an earlier answer said that the list goes on. */
export const cursor = () => text().max(4000).optional();
/** The same where it says how many came before. */
export const countCursor = () =>
  text()
    .regex(/^\d{1,9}$/)
    .optional();
/** Part of a credential as pasted: white space around it is never part of it. */
const pasted = () => text().trim().min(1).max(1000);
/** A credential as pasted, by its kind. */
export const credential = () =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('token'), token: pasted() }),
    z.object({ kind: z.literal('access-key'), id: pasted(), secret: pasted() }),
    z.object({ kind: z.literal('password'), user: pasted(), password: pasted() }),
  ]);
/** `DEMO`. */
export const projectKey = () => text().regex(/^[A-Z][A-Z0-9_]{1,99}$/);
/** Which default to forget: the project's repository, or a repository's branch. */
export const cleared = () =>
  z.discriminatedUnion('of', [
    z.object({ of: z.literal('project') }),
    z.object({ of: z.literal('repository'), integrationId: id(), repository: repository() }),
  ]);
/** When a token expires, where only its person knows: the day in UTC. */
export const endsOn = () => z.iso.date().optional();
/** The explicit choice after one's own token failed; see `domain/attribution.ts`. */
export const actAs = () => z.literal('integration').optional();
