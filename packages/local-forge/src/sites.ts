import { z } from 'zod';

/** Permissions in a project of the stand-in Jira site, by Jira's own keys. */
const projectPermission = z.enum([
  'BROWSE_PROJECTS',
  'VIEW_DEV_TOOLS',
  'TRANSITION_ISSUES',
  'ASSIGN_ISSUES',
  'ASSIGNABLE_USER',
]);

/** A step of a project's workflow, from any status to one. */
const transition = z.object({
  id: z.string(),
  name: z.string(),
  to: z.string(),
  hasScreen: z.boolean().default(false),
});

const person = z.object({
  /** Short name for `?as=` and `/sandbox/invoke`. */
  id: z.string().regex(/^[a-z]+$/),
  accountId: z.string().min(1),
  displayName: z.string().min(1),
  locale: z.string().default('en_US'),
  timeZone: z.string().default('Europe/Berlin'),
  jiraAdmin: z.boolean().default(false),
  /** Whether the person may answer where Atlassian asks the site's administrator; by default, whether they are a Jira admin. */
  siteAdmin: z.boolean().optional(),
});

const project = z.object({
  id: z.string(),
  key: z.string().regex(/^[A-Z][A-Z0-9_]+$/),
  name: z.string(),
  /** Person ids that hold each permission; '*' is everyone who is logged in. */
  permissions: z.partialRecord(projectPermission, z.union([z.literal('*'), z.array(z.string())])).default({}),
  /** The usual three by default. */
  transitions: z.array(transition).optional(),
});

const issue = z.object({
  id: z.string(),
  key: z.string().regex(/^[A-Z][A-Z0-9_]+-\d+$/),
  /** Keys it had before it was moved here, the latest first. */
  formerKeys: z.array(z.string()).default([]),
  summary: z.string(),
  type: z.string().default('Task'),
  status: z.string().default('To Do'),
  description: z.string().default(''),
  assignee: z.string().optional(),
  components: z.array(z.string()).default([]),
  fixVersions: z.array(z.string()).default([]),
  /** The key of its parent. */
  parent: z.string().optional(),
});

export const siteSchema = z.object({
  /** Short name for `?site=`; the first site is the default. */
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  cloudId: z.string().min(1),
  name: z.string(),
  people: z.array(person).min(1),
  projects: z.array(project),
  issues: z.array(issue),
});

/** The initial state of a Jira site: its people, projects and issues. */
export type Site = z.output<typeof siteSchema>;
export type Person = Site['people'][number];

/** Whether a person may answer for the site. */
export const isSiteAdmin = (one: Person | undefined): boolean => one?.siteAdmin ?? one?.jiraAdmin ?? false;

export type Project = Site['projects'][number];
export type Issue = Site['issues'][number];
