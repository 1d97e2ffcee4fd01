// cspell:ignore fieldtype
import type { Issue, Project } from '../../sites.ts';
import { projectKeyOf, type JiraState } from '../state.ts';
import { answer, notModelled, pageOf, refuse, strayParameter } from './answer.ts';
import { issueFor, projectsFor, type RestCaller } from './caller.ts';
import { userView } from './users.ts';

const issueFields = [
  ...['summary', 'issuetype', 'project', 'status', 'assignee'],
  ...['components', 'fixVersions', 'parent'],
];

/** `GET /rest/api/3/issue/{keyOrId}`: only the modelled fields; any other field is refused. */
export function getIssue(state: JiraState, caller: RestCaller, origin: string, keyOrId: string, url: URL): Response {
  const stray = strayParameter(url, ['fields', 'expand']);
  if (stray) return notModelled(`the parameter ${stray} of an issue`);
  const expand = url.searchParams.get('expand') ?? '';
  if (expand !== '' && expand !== 'changelog') return notModelled(`to expand ${expand} of an issue`);
  const asked = (url.searchParams.get('fields') ?? '*all').split(',').map((field) => field.trim());
  const unmodelled = asked.find((field) => field !== '*all' && !issueFields.includes(field));
  if (unmodelled !== undefined) return notModelled(`the issue field ${unmodelled}`);
  const issue = issueFor(state, caller, keyOrId);
  if (!issue) return refuse(404, 'Issue does not exist or you do not have permission to see it.');
  const all = fieldsOf(state, caller.siteId, origin, issue);
  const fields = Object.fromEntries(
    Object.entries(all).filter(([name]) => asked.includes('*all') || asked.includes(name)),
  );
  return answer(200, {
    expand: 'renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations',
    id: issue.id,
    self: `${origin}/rest/api/3/issue/${issue.id}`,
    key: issue.key,
    fields,
    ...(expand === 'changelog' && { changelog: changelogOf(issue) }),
  });
}

/** `GET /rest/api/3/project/search`: by key or name, any case, or among up to 50 keys, a page of at most 100 (docs page "Get projects paginated"). */
export function searchProjects(state: JiraState, caller: RestCaller, origin: string, url: URL): Response {
  const stray = strayParameter(url, ['query', 'keys', 'startAt', 'maxResults']);
  if (stray) return notModelled(`the parameter ${stray} of a project search`);
  const query = (url.searchParams.get('query') ?? '').toLowerCase();
  const keys = url.searchParams.getAll('keys');
  if (keys.length > 50) return refuse(400, 'At most 50 project keys can be given.');
  const found = projectsFor(state, caller).filter(
    (project) =>
      (keys.length === 0 || keys.includes(project.key)) &&
      (project.key.toLowerCase().includes(query) || project.name.toLowerCase().includes(query)),
  );
  const page = pageOf(url, found, 50, 100);
  return answer(200, {
    self: `${origin}/rest/api/3/project/search${url.search}`,
    ...page,
    values: page.values.map((project) => projectView(origin, project)),
  });
}

/** Only the moves of the issue, newest first. Assumption: Jira Cloud records a move as Jira has always done. */
function changelogOf({ key, formerKeys }: Issue) {
  const keys = [key, ...formerKeys];
  const histories = formerKeys.map((former, index) => ({
    id: String(20_000 - index),
    items: [
      { field: 'Key', fieldtype: 'jira', from: null, fromString: former, to: null, toString: keys[index] },
      {
        field: 'project',
        fieldtype: 'jira',
        fromString: projectKeyOf(former),
        toString: projectKeyOf(keys[index] ?? ''),
      },
    ],
  }));
  return { startAt: 0, maxResults: histories.length, total: histories.length, histories };
}

function projectView(origin: string, project: Project) {
  return {
    self: `${origin}/rest/api/3/project/${project.id}`,
    id: project.id,
    key: project.key,
    name: project.name,
    projectTypeKey: 'software',
    simplified: false,
    style: 'classic',
    isPrivate: false,
  };
}

function fieldsOf(state: JiraState, siteId: string, origin: string, issue: Issue) {
  const project = state.project(siteId, projectKeyOf(issue.key));
  const parent = issue.parent === undefined ? undefined : state.issue(siteId, issue.parent);
  const assignee = issue.assignee === undefined ? undefined : state.person(siteId, issue.assignee);
  return {
    summary: issue.summary,
    issuetype: { name: issue.type, subtask: false },
    project: project ? projectView(origin, project) : null,
    status: { name: issue.status },
    assignee: assignee ? userView(origin, assignee) : null,
    components: issue.components.map((name, index) => ({ id: String(10_000 + index), name })),
    fixVersions: issue.fixVersions.map((name, index) => ({ id: String(10_000 + index), name, released: false })),
    // Jira leaves the member out without a value.
    ...(parent && { parent: { id: parent.id, key: parent.key, fields: { summary: parent.summary } } }),
  };
}
