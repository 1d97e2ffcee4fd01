import type { PageError } from '../contract/errors';
import type { Page, ProjectView } from '../contract/views';
import { ok, type Result } from '../domain/result';
import { listProjects, type ProjectsAsked } from '../jira/issues';
import { openAdmin, openPerson } from './open';
import { refuseOf } from './page-error';

/** A page of the projects of the site, for a Jira admin who chooses some. */
export function listProjectsForAdmin(asked: ProjectsAsked) {
  return list(openAdmin, asked);
}

/** A page of the projects a person sees, for their own defaults. */
export function listProjectsForPerson(asked: ProjectsAsked) {
  return list(openPerson, asked);
}

async function list(open: typeof openAdmin, asked: ProjectsAsked): Promise<Result<Page<ProjectView>, PageError>> {
  const [allowed, projects] = await Promise.all([open(), listProjects(asked)]);
  if (!allowed.ok) return allowed;
  return projects.ok ? ok(projects.value) : refuseOf(projects.error);
}
