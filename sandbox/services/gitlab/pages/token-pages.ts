import { html } from 'local-forge/html';
import { readFields } from '../../git-host/pages/form.ts';
import { leadTo, show, to } from '../../git-host/pages/site.ts';
import type { Visit } from '../../git-host/pages/site.ts';
import {
  accountPicker,
  answerForm,
  inDays,
  listed,
  scopeBoxes,
  textField,
  tokenButton,
  tokenForm,
  tokenTable,
} from '../../git-host/pages/token-pages.ts';
import type { Made } from '../../git-host/pages/token-pages.ts';
import { isOld, type GitLab } from '../context.ts';
import { issueToken } from '../credentials.ts';

const SCOPES = ['api', 'read_api', 'read_user', 'read_repository', 'write_repository', 'self_rotate'];

/** GitLab's lifetimes: 30 days by default, at most 365 since 16.0. Before 16.0 a token may never expire. */
const dayIn = (gitlab: GitLab, days: 30 | 365): string => inDays(gitlab.now(), days).slice(0, 10);

/** The page where tokens are made and listed. Its address moved with GitLab 16.8. */
export const tokensAddress = ({ version }: GitLab): string =>
  version === 'current' ? '-/user_settings/personal_access_tokens' : '-/profile/personal_access_tokens';

/** Makes the token that a form requests. A text says what is wrong with the form. */
function makeToken(gitlab: GitLab, fields: URLSearchParams): Made | string {
  const account = gitlab.catalogue.account(fields.get('account') ?? '');
  if (account === undefined) return 'There is no such account';
  const name = (fields.get('name') ?? '').trim();
  if (name === '') return 'Name can’t be blank';
  const scopes = listed(fields, 'scopes');
  if (scopes.length === 0) return 'Scopes can’t be blank';
  const wrong = scopes.find((scope) => !SCOPES.includes(scope));
  if (wrong !== undefined) return `Scopes can only contain available scopes, not ${wrong}`;
  const given = fields.get('expires_at') ?? dayIn(gitlab, 30);
  if (given !== '' && !/^\d{4}-\d\d-\d\d$/.test(given)) return 'Expiration date is no date';
  const endless = given === '' && isOld(gitlab);
  const latest = dayIn(gitlab, 365);
  const expiresAt = endless ? undefined : given === '' ? latest : given;
  if (expiresAt !== undefined && !isOld(gitlab) && expiresAt > latest)
    return `Expiration date must be before ${latest}`;
  const { login } = account;
  return {
    token: issueToken(gitlab, { account: login, name, scopes, granular: undefined, expiresAt }),
    account: login,
    expiresAt,
  };
}

/** `GET` shows the form with what the address prefills and the account's tokens, `POST` makes one and shows it once. */
export async function tokensPage(gitlab: GitLab, visit: Visit): Promise<Response> {
  const { searchParams: asked } = visit.url;
  const { catalogue } = gitlab;
  const { accounts } = catalogue;
  const login = (catalogue.account(asked.get('account') ?? '') ?? accounts[0])?.login ?? '';
  const title = 'Personal access tokens';
  const form = tokenForm(
    'Create personal access token',
    accountPicker(
      accounts.filter(({ bot }) => !bot),
      login,
    ),
    textField('name', 'Token name', asked.get('name')),
    textField('expires_at', 'Expiration date', dayIn(gitlab, 30), 'date'),
    scopeBoxes('Select scopes', SCOPES, asked.get('scopes')),
  );
  const address = tokensAddress(gitlab);
  if (visit.request.method === 'POST') {
    const made = makeToken(gitlab, await readFields(visit.request));
    return answerForm(visit, made, { title, form, list: (of) => `${address}?account=${of}` });
  }
  const tokens = tokenTable(gitlab.store.tokensOf(login), gitlab.now(), {
    about: ({ granular, scopes }) =>
      granular === undefined ? scopes.join(', ') : `Fine-grained: ${granular.join(', ')}`,
    actions: ({ id }) => [tokenButton('Revoke', { action: to(visit, `${address}/${id}/revoke`) })],
  });
  return show(
    visit,
    title,
    html`<h2>Add a personal access token</h2>
      ${form}
      <h2>Tokens of ${login}</h2>
      ${tokens}`,
  );
}

export function revokeToken(gitlab: GitLab, visit: Visit, id: string): Response | undefined {
  const token = gitlab.store.token(Number(id));
  if (token === undefined) return undefined;
  gitlab.store.changeToken(token.id, { revoked: true });
  return leadTo(visit, `${tokensAddress(gitlab)}?account=${token.account}`);
}
