import { z } from 'zod';
import type { ProviderError } from '../../domain/errors';
import { ok, type Result } from '../../domain/result';
import type { Branch, Connection, Page, Provider, Repository } from '../provider';
import { answered, client, type CallOptions } from './client';
import * as links from './links';
import { readBranches } from './refs';
import { searchesBranches } from './versions';

const PAGE = 50;
const repositories = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    project: z.object({ name: z.string() }),
    defaultBranch: z.string().optional(),
    isDisabled: z.boolean().catch(false),
  }),
);

export type FoundRepository = z.output<typeof repositories>[number];

/** Every repository of a project, or of all, that is not disabled. One request: the service does not page this list. */
export async function readRepositories(
  connection: Connection,
  project: string | undefined,
  options: CallOptions = {},
): Promise<Result<FoundRepository[], ProviderError>> {
  return answered(async () => {
    const found = await client(connection, options).git.getRepositories(project);
    return repositories.parse(found).filter((repository) => !repository.isDisabled);
  });
}

/**
 * The service neither searches nor pages repositories nor tells what one may write to: all that the token sees, filtered
 * and ordered by name here. One request, of one project where there is only one.
 */
export const listRepositories: Provider['listRepositories'] = async (connection, { owners, search, cursor }) => {
  const listed = await readRepositories(connection, owners.length === 1 ? owners[0] : undefined);
  if (!listed.ok) return listed;
  const known = owners.map((owner) => owner.toLowerCase());
  const wanted = search.trim().toLowerCase();
  const items = listed.value
    .map((repository) => ({ ...repository, fullName: `${repository.project.name}/${repository.name}` }))
    .filter(({ project }) => known.includes(project.name.toLowerCase()))
    .filter(({ name, fullName }) => (wanted.includes('/') ? fullName : name).toLowerCase().includes(wanted))
    .map(({ fullName, defaultBranch }): Repository => ({
      name: fullName,
      url: links.repository(connection.service, fullName),
      ...(defaultBranch === undefined ? {} : { defaultBranch: defaultBranch.replace('refs/heads/', '') }),
    }))
    .sort((one, other) => one.name.localeCompare(other.name, 'en'));
  return ok(pageOf(items, cursor));
};

/** A page of a list that is whole already; the cursor is where it goes on. */
function pageOf<Item>(items: Item[], cursor: string | undefined): Page<Item> {
  const start = /^\d{1,9}$/.test(cursor ?? '') ? Number(cursor) : 0;
  const end = start + PAGE;
  return { items: items.slice(start, end), ...(end < items.length ? { next: String(end) } : {}) };
}

/** From API 5.0 on the service searches and pages; older servers send every branch, which is then done here. One request. */
export const listBranches: Provider['listBranches'] = async (connection, { repository, search, cursor }) => {
  if (!searchesBranches(connection.service.edition.id)) {
    const all = await readBranches(connection, repository, { startsWith: '' });
    if (!all.ok) return all;
    return ok(pageOf(containing(all.value.branches, search), cursor));
  }
  const page = { $top: PAGE, ...(cursor === undefined ? {} : { continuationToken: cursor }) };
  const contains = search === '' ? {} : { contains: search };
  const found = await readBranches(connection, repository, { startsWith: '', ...contains, page });
  if (!found.ok) return found;
  const { branches, next } = found.value;
  return ok({ items: branches, ...(next === undefined || next === '' ? {} : { next }) });
};

function containing(branches: Branch[], text: string): Branch[] {
  return branches.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()));
}
