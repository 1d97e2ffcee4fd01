import { route } from '@forge/api';
import { z } from 'zod';
import { ok, type Result } from '../domain/result';
import { askJira, type JiraProblem } from './ask';

const issueAnswer = z.object({
  id: z.string(),
  key: z.string(),
  fields: z.object({
    summary: z.string(),
    project: z.object({ key: z.string() }),
    issuetype: z.object({ name: z.string() }),
  }),
});

/** Which issue it is, and where. */
export type IssuePlace = { id: string; key: string; projectKey: string };
export type JiraIssue = IssuePlace & { summary: string; type: string };

/** The issue as the person who asks sees it. `ISSUE_NOT_FOUND` also when it is hidden from them. */
export async function readIssue(issueKey: string): Promise<Result<JiraIssue, JiraProblem>> {
  const asked = await askJira(route`/rest/api/3/issue/${issueKey}?fields=summary,project,issuetype`, issueAnswer);
  if (!asked.ok) return asked;
  const { id, key, fields } = asked.value;
  return ok({ id, key, summary: fields.summary, type: fields.issuetype.name, projectKey: fields.project.key });
}

const projectsAnswer = z.object({ values: z.array(z.object({ key: z.string(), name: z.string() })) });

/** Up to 100 projects that the person who asks can see, in the order of their keys. */
export async function listProjects(): Promise<Result<{ key: string; name: string }[], JiraProblem>> {
  const asked = await askJira(route`/rest/api/3/project/search?maxResults=100`, projectsAnswer);
  return asked.ok ? ok(asked.value.values.map(({ key, name }) => ({ key, name }))) : asked;
}
