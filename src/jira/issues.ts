import { route } from '@forge/api';
import { z } from 'zod';
import { formerKeysOf, isIssueKey } from '../domain/issue-key';
import { ok, type Result } from '../domain/result';
import { askJira, type JiraProblem } from './ask';

/** Newest first. Whatever does not look like a move of the issue is none. */
const changelog = z
  .object({ histories: z.array(z.object({ items: z.array(z.unknown()).catch([]) })) })
  .catch({ histories: [] });
const move = z.object({ field: z.literal('Key'), fromString: z.string() });

/** Of a list that not every project has. Names are all that is needed. */
const firstName = z
  .array(z.object({ name: z.string() }))
  .transform(([first]) => first?.name)
  .optional()
  .catch(undefined);

const issueAnswer = z.object({
  id: z.string(),
  key: z.string(),
  fields: z.object({
    summary: z.string(),
    project: z.object({ key: z.string() }),
    issuetype: z.object({ name: z.string() }),
    components: firstName,
    fixVersions: firstName,
    parent: z
      .object({ key: z.string().refine(isIssueKey) })
      .optional()
      .catch(undefined),
  }),
  changelog,
});

/** Which issue it is, and where. `formerKeys`: those it had before it was moved from project to project, the latest first. */
export type IssuePlace = { id: string; key: string; projectKey: string; formerKeys: readonly string[] };
/** All keys by which branches and pull requests may name the issue, the present one first. */
export function keysOf({ key, formerKeys }: IssuePlace): [string, ...string[]] {
  return [key, ...formerKeys];
}

/** `component`, `fixVersion`: the first, where it has any. */
export type JiraIssue = IssuePlace & {
  summary: string;
  type: string;
  component?: string;
  fixVersion?: string;
  parentKey?: string;
};

/**
 * The issue as the caller sees it. `ISSUE_NOT_FOUND` also when it is hidden from them. "Get issue", Jira Cloud REST v3, with
 * `expand=changelog`; that a move is a change of `Key` whose `fromString` is the former one is an assumption.
 */
export async function readIssue(issueKey: string): Promise<Result<JiraIssue, JiraProblem>> {
  const asked = await askJira(
    route`/rest/api/3/issue/${issueKey}?fields=summary,project,issuetype,components,fixVersions,parent&expand=changelog`,
    issueAnswer,
  );
  if (!asked.ok) return asked;
  const { id, key, fields, changelog: changes } = asked.value;
  const told = changes.histories.flatMap(({ items }) => items).map((item) => move.safeParse(item).data?.fromString);
  const { components: component, fixVersions: fixVersion, parent } = fields;
  return ok({
    ...{ id, key, summary: fields.summary, type: fields.issuetype.name, projectKey: fields.project.key },
    ...(component !== undefined && { component }),
    ...(fixVersion !== undefined && { fixVersion }),
    ...(parent && { parentKey: parent.key }),
    formerKeys: formerKeysOf(
      key,
      told.filter((former) => former !== undefined),
    ),
  });
}

const projectsAnswer = z.object({
  values: z.array(z.object({ key: z.string(), name: z.string() })),
  startAt: z.number().int(),
  isLast: z.boolean(),
});
const PROJECTS_AT_ONCE = 50;

export type ProjectsAsked = { search: string; cursor?: string | undefined };

/** A page of the projects that the caller can see, by a part of their key or name. */
export async function listProjects({
  search,
  cursor = '0',
}: ProjectsAsked): Promise<Result<{ items: { key: string; name: string }[]; next?: string }, JiraProblem>> {
  const asked = await askJira(
    route`/rest/api/3/project/search?query=${search}&startAt=${cursor}&maxResults=${PROJECTS_AT_ONCE}`,
    projectsAnswer,
  );
  if (!asked.ok) return asked;
  const { values, startAt, isLast } = asked.value;
  return ok({
    items: values.map(({ key, name }) => ({ key, name })),
    ...(!isLast && { next: String(startAt + values.length) }),
  });
}

/** Keys that one question may name ("Get projects paginated"). */
const KEYS_AT_ONCE = 50;

/** Whether the caller can see at least one of some projects. */
export async function seesOneOf(projectKeys: readonly string[]): Promise<Result<boolean, JiraProblem>> {
  const parts = Array.from({ length: Math.ceil(projectKeys.length / KEYS_AT_ONCE) }, (_, part) =>
    projectKeys.slice(part * KEYS_AT_ONCE, (part + 1) * KEYS_AT_ONCE),
  );
  const answers = await Promise.all(
    parts.map((part) => {
      const query = new URLSearchParams({ maxResults: '1' });
      for (const key of part) query.append('keys', key);
      return askJira(route`/rest/api/3/project/search?${query}`, projectsAnswer);
    }),
  );
  if (answers.some((asked) => asked.ok && asked.value.values.length > 0)) return ok(true);
  return answers.find((asked) => !asked.ok) ?? ok(false);
}
