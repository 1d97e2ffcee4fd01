import type { CheckedPayloadOf } from '../contract/answers';
import type { PageError } from '../contract/errors';
import type { ActivityPage, ActivityView, PersonView } from '../contract/views';
import { fits } from '../domain/activity';
import { ok, type Result } from '../domain/result';
import { findPeople, namesOf } from '../jira/people';
import { pageOfActivity, type StoredActivity } from '../store/activity';
import { readForAdmin, type Person } from './open';
import { refuseOf } from './page-error';

/** Entries on a page when all of them fit. */
const PAGE = 50;
const QUERY = 100;
/** How many queries one call makes at most, looking for entries that fit: each takes some 100 ms on Forge. */
const QUERIES = 10;

/**
 * The activity of the site, newest first. One query where no filter but the person's is set; with others, queries until enough
 * was found or a number of them was made, so a page can be short or empty and still have a next one.
 */
export async function listActivity(
  person: Person,
  request: CheckedPayloadOf<'manage-repositories', 'list-activity'>,
): Promise<Result<ActivityPage, PageError>> {
  const { cursor, forExport, ...filter } = request;
  const filtered = Object.entries(filter).some(([name, value]) => name !== 'accountId' && value !== undefined);
  const limit = filtered || forExport ? QUERY : PAGE;
  const enough = forExport ? Number.POSITIVE_INFINITY : filtered ? PAGE / 2 : 1;
  const read = (after: string | undefined) => pageOfActivity(filter, after, limit);
  const first = await readForAdmin(person, limit > PAGE, () => read(cursor));
  if (!first.ok) return first;
  let { next } = first.value;
  const found = first.value.entries.filter((entry) => fits(entry, filter));
  for (let made = 1; next !== undefined && found.length < enough && made < QUERIES; made += 1) {
    const page = await read(next);
    found.push(...page.entries.filter((entry) => fits(entry, filter)));
    next = page.next;
  }
  const names = await namesOf([
    ...new Set(found.flatMap(({ accountId = [], whose = [] }) => [accountId, whose].flat())),
  ]);
  return ok({ entries: found.map((entry) => view(entry, names)), ...(next === undefined ? {} : { next }) });
}

function view({ accountId, whose, ...entry }: StoredActivity, names: ReadonlyMap<string, string>): ActivityView {
  const personAt = (id: string): PersonView => {
    const name = names.get(id);
    return { accountId: id, ...(name === undefined ? {} : { name }) };
  };
  return {
    ...entry,
    ...(accountId !== undefined && { person: personAt(accountId) }),
    ...(whose !== undefined && { owner: personAt(whose) }),
  };
}

/** People by name, to look for what one of them did. */
export async function findPeopleByName(
  person: Person,
  { search }: CheckedPayloadOf<'manage-repositories', 'find-people'>,
): Promise<Result<{ people: readonly PersonView[] }, PageError>> {
  const read = await readForAdmin(person, false, () => findPeople(search));
  if (!read.ok) return read;
  const people = read.value;
  return people.ok ? ok({ people: people.value }) : refuseOf(people.error);
}
