import { notModelled } from './answer.ts';
import { accountOf } from './route.ts';
import type { ApiCall, Route } from './route.ts';
import { userSelf } from './shapes.ts';
import type { GitLab } from '../context.ts';

/** What `/version` says of each version this can be. */
const VERSIONS: Readonly<Record<GitLab['version'], string>> = {
  '12.7': '12.7.9-ee',
  '15.4': '15.4.6-ee',
  '16.5': '16.5.8-ee',
  current: '19.6.1-ee',
};

const versionText = (gitlab: GitLab): string => VERSIONS[gitlab.version];

const showVersion = async (call: ApiCall) => {
  accountOf(call);
  return { status: 200, body: { version: versionText(call.gitlab), revision: '4e963fe0000' } };
};

export const accountRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: 'version',
    scopes: ['api', 'read_api', 'read_user'],
    permission: 'Metadata: Read',
    query: [],
    handle: showVersion,
  },
  {
    method: 'GET',
    pattern: 'metadata',
    scopes: ['api', 'read_api', 'read_user'],
    permission: 'Metadata: Read',
    query: [],
    handle: showVersion,
  },
  {
    method: 'GET',
    pattern: 'user',
    scopes: ['api', 'read_api', 'read_user'],
    permission: 'User: Read',
    query: [],
    handle: async (call) => ({ status: 200, body: userSelf(call.gitlab, accountOf(call)) }),
  },
  {
    method: 'GET',
    pattern: 'personal_access_tokens/self',
    scopes: [],
    query: [],
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
];
