import { refuseUnknown } from '../../git-host/api.ts';
import { badParameter, notModelled, refuse } from './answer.ts';
import { issueToken } from '../credentials.ts';
import { accountOf, get, post } from './route.ts';
import type { ApiCall, Route } from './route.ts';
import { userSelf } from './shapes.ts';
import type { GitLab } from '../context.ts';

/** The answer of `/version` for each modelled version. */
const VERSIONS: Readonly<Record<GitLab['version'], string>> = {
  '12.7': '12.7.9-ee',
  '15.4': '15.4.6-ee',
  '16.5': '16.5.8-ee',
  current: '19.6.1-ee',
};

const versionText = (gitlab: GitLab): string => VERSIONS[gitlab.version];

async function showVersion(call: ApiCall) {
  accountOf(call);
  return { status: 200, body: { version: versionText(call.gitlab), revision: '4e963fe0000' } };
}

/** Of oneself; a token that was rotated or revoked before takes its whole family along (docs "Automatic reuse detection"). */
export const ROTATION = 'personal_access_tokens/self/rotate';
const DAY = 86_400_000;

/** Revokes the token and makes one in its place, both or neither (`rotate_service.rb`): for a week by default, for a year at most. */
async function rotate(call: ApiCall) {
  const { gitlab } = call;
  const account = accountOf(call);
  const token = call.caller?.token;
  if (token === undefined) throw notModelled('rotating the token of nobody');
  // 16.10 took `self`; before, it was no number.
  if (gitlab.version !== 'current') throw badParameter('id is invalid');
  const { expires_at: wanted, ...stray } = await call.body();
  refuseUnknown(Object.keys(stray), [], notModelled);
  const day = (days: number) => new Date(gitlab.now().getTime() + days * DAY).toISOString().slice(0, 10);
  if (wanted !== undefined && (typeof wanted !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(wanted)))
    throw badParameter('expires_at is invalid');
  const expiresAt = wanted ?? day(7);
  // Wording: assumption.
  if (expiresAt > day(365)) throw refuse(400, `400 Bad request - Expiration date must be before ${day(365)}`);
  if (expiresAt <= day(0)) throw refuse(400, '400 Bad request - Expiration date can’t be in the past');
  gitlab.store.changeToken(token.id, { revoked: true });
  const { name, scopes, granular } = token;
  const value = issueToken(gitlab, { account: account.login, name, scopes, granular, expiresAt, previous: token.id });
  const made = gitlab.store.tokenByValue(value);
  return {
    status: 200,
    body: {
      ...{ id: made?.id, name, revoked: false, created_at: made?.createdAt, description: null, scopes },
      ...{ user_id: account.id, last_used_at: null, active: true, expires_at: expiresAt, token: value },
    },
  };
}

export const accountRoutes: readonly Route[] = [
  {
    ...get('/version', 'Metadata: Read'),
    scopes: ['api', 'read_api', 'read_user'],
    handle: showVersion,
  },
  {
    ...get('/metadata', 'Metadata: Read'),
    scopes: ['api', 'read_api', 'read_user'],
    handle: showVersion,
  },
  {
    ...get('/user', 'User: Read'),
    scopes: ['api', 'read_api', 'read_user'],
    handle: async (call) => ({ status: 200, body: userSelf(call.gitlab, accountOf(call)) }),
  },
  {
    ...get('/personal_access_tokens/self'),
    scopes: [],
    async handle(call) {
      const account = accountOf(call);
      const token = call.caller?.token;
      if (token === undefined) throw notModelled('personal access tokens of nobody');
      return {
        status: 200,
        body: {
          id: token.id,
          name: token.name,
          revoked: token.revoked,
          created_at: token.createdAt,
          description: null,
          scopes: token.granular === undefined ? token.scopes : ['granular'],
          user_id: account.id,
          last_used_at: null,
          active: true,
          expires_at: token.expiresAt ?? null,
          ...(call.gitlab.version === 'current' ? { granular: token.granular !== undefined } : {}),
        },
      };
    },
  },
  {
    ...post(`/${ROTATION}`, 'Personal Access Token: Rotate'),
    scopes: ['api', 'self_rotate'],
    handle: rotate,
  },
];
