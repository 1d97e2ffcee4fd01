import type { CheckedPayloadOf } from '../contract/answers';
import type { PageError } from '../contract/errors';
import type { PersonTokenView, PersonTokensPage } from '../contract/views';
import { rulesFor, serviceOf, type DailySettings, type Integration, type SiteSettings } from '../domain/integration';
import { eraseAt } from '../domain/leaver';
import { ok, type Result } from '../domain/result';
import { tokenHealth, SOON_DAYS, worksAt, type TokenState } from '../domain/token';
import { hasBegun, isOver, standingOf, type Standing } from '../domain/token-rules';
import { findPeople, namesOf } from '../jira/people';
import { actedWithoutIn, pageOfActedWithout } from '../store/acted-without';
import { listIntegrations } from '../store/integrations';
import { keys } from '../store/keys';
import { leaverIn, type MarkedLeaver } from '../store/leavers';
import { ForeignCursor } from '../store/refusal';
import { readAllSettings } from '../store/settings';
import {
  due,
  pageOfRows,
  readMany,
  rowEntry,
  rowIn,
  type RowRange,
  type TokenOf,
  type TokenRow,
} from '../store/token-rows';
import { lastUsedIn } from '../store/tokens';
import { readForAdmin, type Person } from './open';
import { ruledEdition } from './token-rules';

/** Rows of a page, and of one query for an export. */
const PAGE = 50;
const QUERY = 100;
/** Queries that one call for an export makes: 500 rows, far below what an answer may weigh. */
const QUERIES = 5;
/** People without a row of their own after whom a call for an export ends: of each of them a row is looked up as well. */
const OTHERS = 300;
/** People with a name that is searched for, times integrations, that one call looks up. */
const LOOKED_UP = 80;
const DAY_MS = 86_400_000;

type ListTokens = CheckedPayloadOf<'manage-repositories', 'list-tokens'>;

/** The sources of one page: rows of tokens, people who acted without, or pairs to look up. */
type Found = {
  rows: TokenRow[];
  /** People and integrations of which nothing was read yet. */
  others: TokenOf[];
  names: ReadonlyMap<string, string>;
  next: string | undefined;
};

/**
 * The people with tokens, and the people who acted without one; for Jira admins. Two round trips: one query (beside how often the admin has called, the question of permission
 * and, for a search, Jira's), then what is stored beside each row and the names, together.
 */
export async function listTokens(person: Person, request: ListTokens): Promise<Result<PersonTokensPage, PageError>> {
  const find = request.search === '' ? findAll : findBySearch;
  const read = await readForAdmin(person, request.forExport, () =>
    Promise.all([find(request), listIntegrations(), readAllSettings()]),
  );
  if (!read.ok) return read;
  const [first, integrations, settings] = read.value;
  const judge = judgeOf(request, integrations, settings);
  const now = Date.now();
  // Rules that bite are known only now: where a token is in the order of days says nothing of them.
  const misses = needsScan(request) && judge.bites(now + DAY_MS);
  const { others, names, next, ...found } = misses ? await findAll({ ...request, cursor: 'all:' }) : first;
  const rows = found.rows.filter((row) => hasState(row, judge.standing(row), request.state, now));
  const pairs: TokenOf[] = [...rows, ...others];
  const unnamed = [...new Set(pairs.map(({ accountId }) => accountId))].filter((accountId) => !names.has(accountId));
  const [beside, told] = await Promise.all([
    readMany([
      ...pairs.flatMap(({ accountId, integrationId }) => [
        { key: keys.tokenTrail(accountId, integrationId) },
        { key: keys.actedWithout(integrationId, accountId) },
        { key: keys.leaver(accountId) },
      ]),
      ...others.map(rowEntry),
    ]),
    unnamed.length === 0 ? new Map<string, string>() : namesOf(unnamed),
  ]);
  const nameOf = (accountId: string) => names.get(accountId) ?? told.get(accountId);
  const own = rows.map((row) => view(row, row, judge, beside, nameOf(row.accountId), now));
  const looked = others.map((other) => view(other, rowIn(beside, other), judge, beside, nameOf(other.accountId), now));
  // Of people found by name there may be nothing; of those who acted without a token there may be one by now, with a row of its own.
  const isSearch = request.search !== '';
  const items = isSearch
    ? [...looked, ...own].filter((one) => (one.token ?? one.actedWithoutAt) !== undefined && isIn(one, request.state))
    : [...own, ...looked.filter((one) => isAmongOthers(one, request.state))];
  return ok({ items, ...(next === undefined ? {} : { next }) });
}

/** How tokens comply with the rules of their integrations. */
type Judge = {
  standing: (row: TokenRow) => Standing | undefined;
  /** Whether some rule admits tokens no more at an instant that it finds against it. */
  bites: (at: number) => boolean;
  leaverDays: number;
};

function judgeOf(
  { integrationId, rules }: ListTokens,
  integrations: readonly Integration[],
  [settings, { leaverDays }]: readonly [SiteSettings, DailySettings],
): Judge {
  const supposed = rules && { ...rules, since: new Date().toISOString() };
  const known = new Map(
    integrations.map((integration) => {
      const isSupposed =
        integrationId === undefined ? integration.tokenRules === undefined : integrationId === integration.id;
      const held = supposed && isSupposed ? supposed : rulesFor(settings, integration);
      return [integration.id, { held, edition: ruledEdition(serviceOf(integration)) }];
    }),
  );
  return {
    leaverDays,
    standing: (row) => {
      const of = known.get(row.integrationId);
      return of && standingOf(row, of.held, of.edition);
    },
    bites: (at) =>
      [...known.values()].some(({ held, edition: { neverEnds } }) => {
        if (held === undefined) return false;
        const days = neverEnds ? Math.min(held.graceDays, held.maxDays ?? Infinity) : held.graceDays;
        return Date.parse(held.since) + days * DAY_MS <= at;
      }),
  };
}

function leaverView(leaver: MarkedLeaver | undefined, days: number): PersonTokenView['left'] {
  if (leaver === undefined) return undefined;
  const { since, why } = leaver;
  return { since, why, ...(days > 0 && { eraseAt: new Date(eraseAt(leaver, days)).toISOString() }) };
}

/** Whether the order of days, by which a state is found, leaves out what rules say. */
function needsScan({ state, cursor, search }: ListTokens): boolean {
  return search === '' && cursor === undefined && (state === 'blocked' || state === 'affected');
}

/** Of rows that were not found by their state alone. */
function hasState(row: TokenRow, standing: Standing | undefined, state: TokenState | undefined, now: number): boolean {
  if (state === 'against-rule') return hasBegun(standing, now);
  return state !== 'blocked' && state !== 'affected' ? true : isBlocked(row, standing, now);
}

function isBlocked(row: TokenRow | undefined, standing: Standing | undefined, now: number): boolean {
  const token = row && { expiresAt: row.expiresAt, rejected: row.rejectedAt !== undefined };
  return !worksAt(token, now + DAY_MS) || isOver(standing, now + DAY_MS);
}

function view(
  { accountId, integrationId }: TokenOf,
  row: TokenRow | undefined,
  judge: Judge,
  beside: ReadonlyMap<string, unknown>,
  name: string | undefined,
  now: number,
): PersonTokenView {
  const left = leaverView(leaverIn(beside, accountId), judge.leaverDays);
  const actedWithoutAt = actedWithoutIn(beside, { accountId, integrationId });
  const token = row && { expiresAt: row.expiresAt, rejected: row.rejectedAt !== undefined };
  const against = row && judge.standing(row);
  const lastUsedAt = row && lastUsedIn(beside.get(keys.tokenTrail(accountId, integrationId)), row.id);
  return {
    person: { accountId, ...(name === undefined ? {} : { name }) },
    integrationId,
    blocked: isBlocked(row, against, now),
    ...(actedWithoutAt === undefined ? {} : { actedWithoutAt }),
    ...(left && { left }),
    ...(row &&
      token && {
        token: {
          login: row.login,
          expiresAt: row.expiresAt,
          savedAt: row.savedAt,
          missingScopes: row.missingScopes,
          health: tokenHealth(token, now),
          ...(row.kind === undefined ? {} : { kind: row.kind }),
          ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
          ...(against && { against }),
        },
      }),
  };
}

/** Of those who acted without a token: whether no row of a token has named them already. */
function isAmongOthers({ token, blocked }: PersonTokenView, state: TokenState | undefined): boolean {
  return token === undefined || (state === 'affected' && !blocked);
}

/** Whether a row is in a state, for what was found by name. */
function isIn({ token, blocked, actedWithoutAt }: PersonTokenView, state: TokenState | undefined): boolean {
  if (state === 'affected') return blocked || actedWithoutAt !== undefined;
  if (state === 'none') return token === undefined;
  if (state === 'blocked') return blocked;
  if (state === 'against-rule') return hasBegun(token?.against, Date.now());
  return state === undefined || token?.health === state;
}

/** Where a state is in the order of what needs somebody first. */
function rangeOf(state: TokenState | undefined, now: number): RowRange | undefined {
  const at = (days: number) => new Date(now + days * DAY_MS).toISOString();
  switch (state) {
    case 'rejected':
      return { from: due.refused, to: due.refused };
    case 'ended':
      return { from: due.firstDay, to: at(0) };
    case 'ending-soon':
      return { from: at(0), to: at(SOON_DAYS) };
    case 'good':
      return { from: at(SOON_DAYS), to: due.last };
    case 'blocked':
    case 'affected':
      return { from: due.refused, to: at(1) };
    case 'none':
    case 'against-rule':
    case undefined:
      return undefined;
  }
}

/**
 * Tokens first (in the range of a state, or all of them to be looked through), then people who acted without one. A cursor says which of
 * these, and where in it. Where the last tokens are on a page,
 * the first of the others are as well: they are requested at the same time.
 */
async function findAll({ integrationId, state, sort, cursor, forExport }: ListTokens): Promise<Found> {
  const range = rangeOf(state, Date.now());
  const order = range === undefined ? sort : 'due';
  const found: Found = { rows: [], others: [], names: new Map(), next: undefined };
  const isMixed = state === undefined || state === 'blocked' || state === 'affected';
  const limit = forExport ? QUERY : PAGE;
  let at = cursor ?? (state === 'none' ? 'without:' : state === 'against-rule' ? 'all:' : 'tokens:');
  for (let made = 0; made < (forExport ? QUERIES : 1); made += 1) {
    const [, source, after] = /^(tokens|all|without):(.*)$/s.exec(at) ?? [];
    if (source === undefined) throw new ForeignCursor();
    const from = after === '' ? undefined : after;
    const [inRange, inAll, without] = await Promise.all([
      source === 'tokens' ? pageOfRows({ integrationId, order, range }, from, limit) : undefined,
      source === 'all' ? pageOfRows({ integrationId, order: sort }, from, QUERY) : undefined,
      source === 'without' || isMixed
        ? pageOfActedWithout(integrationId, source === 'without' ? from : undefined, limit)
        : undefined,
    ]);
    const tokens = inRange ?? inAll;
    found.rows.push(...(tokens?.rows ?? []));
    found.next = tokens?.next === undefined ? undefined : `${source}:${tokens.next}`;
    if (found.next === undefined && without !== undefined) {
      found.others.push(...without.acted);
      found.next = without.next === undefined ? undefined : `without:${without.next}`;
    }
    if (found.next === undefined || found.others.length >= OTHERS) break;
    at = found.next;
  }
  return found;
}

/** People by name, each with every integration, and logins that begin so. Jira finds twenty people at most. */
async function findBySearch({ search, integrationId, cursor }: ListTokens): Promise<Found> {
  const first = cursor === undefined;
  const [people, integrations, logins] = await Promise.all([
    first ? findPeople(search) : undefined,
    first && integrationId === undefined ? listIntegrations() : [],
    pageOfRows({ integrationId, order: 'login', range: { begins: search.toLowerCase() } }, cursor, PAGE / 2),
  ]);
  const ids = integrationId === undefined ? integrations.map(({ id }) => id) : [integrationId];
  const known = people?.ok ? people.value.slice(0, Math.max(1, Math.floor(LOOKED_UP / Math.max(1, ids.length)))) : [];
  const names = new Map(known.map(({ accountId, name }) => [accountId, name]));
  return {
    rows: logins.rows.filter(({ accountId }) => !names.has(accountId)),
    others: known.flatMap(({ accountId }) => ids.map((id) => ({ accountId, integrationId: id }))),
    names,
    next: logins.next,
  };
}
