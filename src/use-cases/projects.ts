import type { PageError } from '../contract/errors';
import type { ListView, ProjectView } from '../contract/views';
import { ok, type Result } from '../domain/result';
import { listProjects, type ProjectsAsked } from '../jira/issues';
import { inTimeFor, openPerson, readForAdmin, type Person } from './open';
import { refuseOf } from './page-error';

/** A page of the projects of the site, for a Jira admin who chooses some. */
export async function listProjectsForAdmin(person: Person, asked: ProjectsAsked) {
  const read = await readForAdmin(person, false, () => list(asked));
  return read.ok ? read.value : read;
}

/** A page of the projects a person sees, for their own defaults. */
export async function listProjectsForPerson(person: Person, asked: ProjectsAsked) {
  const [inTime, allowed, listed] = await Promise.all([inTimeFor(person, 'look'), openPerson(), list(asked)]);
  if (!inTime.ok) return inTime;
  return allowed.ok ? listed : allowed;
}

async function list(asked: ProjectsAsked): Promise<Result<ListView<ProjectView>, PageError>> {
  const projects = await listProjects(asked);
  return projects.ok ? ok(projects.value) : refuseOf(projects.error);
}
