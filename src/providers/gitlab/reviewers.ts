import { ProjectMembers } from '@gitbeaker/rest';
import { z } from 'zod';
import { ok } from '../../domain/result';
import type { Provider, Unasked } from '../provider';
import { answered, resource } from './client';
import { isBotName } from './shapes';

const MOST = 20;
/** Guests do not see the code of a private project (docs "Roles and permissions"). */
const REPORTER = 20;

const membersAnswer = z.array(
  z.object({
    id: z.number(),
    username: z.string(),
    name: z.string(),
    state: z.string(),
    access_level: z.number(),
  }),
);

/**
 * Members of the project and of the groups above it (docs "Group and project members API"). Part of a name finds somebody from
 * three letters on (`User.search`); shorter texts are looked for here. One request.
 */
export const findReviewers: Required<Provider>['findReviewers'] = async (connection, { repository, search }) => {
  const typed = search.trim();
  const isShort = [...typed].length < 3;
  const asked = await answered(async () =>
    membersAnswer.parse(
      await new ProjectMembers(resource(connection, 'read')).all(repository, {
        includeInherited: true,
        ...(isShort ? {} : { query: typed }),
        // Some of them are left out here.
        perPage: 100,
        page: 1,
      }),
    ),
  );
  if (!asked.ok) return asked;
  const able = asked.value
    .filter(({ state, access_level }) => state === 'active' && access_level >= REPORTER)
    .filter(({ username }) => !isBotName(username))
    .filter(({ username, name }) => !isShort || `${username} ${name}`.toLowerCase().includes(typed.toLowerCase()));
  return ok(able.slice(0, MOST).map(({ id, username, name }) => ({ id: String(id), login: username, name })));
};

/** The ids of people as numbers. Texts that are no id are left out. */
export function reviewerIds(reviewers: readonly string[]): number[] {
  return reviewers.filter((id) => /^[1-9]\d{0,14}$/.test(id)).map(Number);
}

/**
 * Who of those to ask is not among those GitLab says it asked. It takes the first alone without Premium, and leaves out who may
 * not read the request: both without a word, and never refuses the request for it (`app/services/merge_requests/base_service.rb`,
 * `filter_reviewer`).
 */
export function unaskedIn(reviewers: readonly string[], asked: readonly { id: number }[]): { unasked?: Unasked } {
  const taken = asked.map(({ id }) => String(id));
  const left = reviewers.filter((id) => !taken.includes(id));
  if (left.length === 0) return {};
  const isLimit = taken.length === 1 && taken[0] === reviewers[0];
  return { unasked: { reviewers: left, error: { code: isLimit ? 'ONE_REVIEWER_ONLY' : 'REVIEWERS_REFUSED' } } };
}
