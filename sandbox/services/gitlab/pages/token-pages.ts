import { readFields } from '../../pages/form.ts';
import { html, type Html } from 'local-forge/html';
import { isOld, type Account, type GitLab } from '../context.ts';
import { issueToken } from '../credentials.ts';
import type { TokenRecord } from '../store.ts';
import { jsonResponse, notFoundPage, pageResponse, seeOther, to, tokensAddress } from './page.ts';
import type { Visit } from './page.ts';

const SCOPES = ['api', 'read_api', 'read_user', 'read_repository', 'write_repository', 'self_rotate'];
const DAY = 86_400_000;

/** GitLab's own lifetimes: 30 days unless told, at most 365 since 16.0, and none before that if wished. */
const defaultEnd = (gitlab: GitLab): string => new Date(gitlab.now().getTime() + 30 * DAY).toISOString().slice(0, 10);
const latestEnd = (gitlab: GitLab): string => new Date(gitlab.now().getTime() + 365 * DAY).toISOString().slice(0, 10);

const accountPicker = (gitlab: GitLab, chosen: string | undefined): Html =>
  html` <label for="account">Signed in as</label>
    <select id="account" name="account">
      ${gitlab.catalogue.accounts
        .filter(({ bot }) => !bot)
        .map(
          ({ login, name }) =>
            html`<option value="${login}" ${login === chosen && { markup: 'selected' }}>${login} (${name})</option>`,
        )}
    </select>`;

const form = ({ gitlab, url }: Visit, account: Account | undefined): Html => {
  const scopes = (url.searchParams.get('scopes') ?? '').split(',').map((scope) => scope.trim());
  return html`<form method="post" class="fields">
    ${accountPicker(gitlab, account?.login)}
    <label for="name">Token name</label>
    <input id="name" name="name" type="text" value="${url.searchParams.get('name') ?? ''}" />
    <label for="expires_at">Expiration date</label>
    <input id="expires_at" name="expires_at" type="date" value="${defaultEnd(gitlab)}" />
    <fieldset>
      <legend>Select scopes</legend>
      ${SCOPES.map(
        (scope) =>
          html`<label>
            <input type="checkbox" name="scopes" value="${scope}" ${scopes.includes(scope) && { markup: 'checked' }} />
            <code>${scope}</code>
          </label>`,
      )}
    </fieldset>
    <button class="go" type="submit">Create personal access token</button>
  </form>`;
};

const stateOf = (gitlab: GitLab, { revoked, expiresAt }: TokenRecord): string => {
  if (revoked) return 'Revoked';
  if (expiresAt === undefined) return 'Never expires';
  return `${Date.parse(expiresAt) <= gitlab.now().getTime() ? 'Expired on' : 'Expires on'} ${expiresAt}`;
};

const tokenList = (visit: Visit, account: Account | undefined): Html => {
  const tokens = account === undefined ? [] : visit.gitlab.store.tokensOf(account.login);
  if (tokens.length === 0) return html`<p>There are no tokens.</p>`;
  const rows = tokens.map((token) => {
    const revoke = to(visit, `${tokensAddress(visit.gitlab)}/${token.id}/revoke`);
    return html`<tr>
      <td>${token.name}</td>
      <td>${token.granular === undefined ? token.scopes.join(', ') : `Fine-grained: ${token.granular.join(', ')}`}</td>
      <td>${stateOf(visit.gitlab, token)}</td>
      <td>
        ${!token.revoked && html`<form method="post" action="${revoke}"><button type="submit">Revoke</button></form>`}
      </td>
    </tr>`;
  });
  return html`<table>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
};

type Made = { token: string; account: Account; expiresAt: string | undefined };

/** Makes the token a form asks for; a text says what is wrong with the form. */
const makeToken = (gitlab: GitLab, fields: URLSearchParams): Made | string => {
  const account = gitlab.catalogue.account(fields.get('account') ?? '');
  if (account === undefined) return 'There is no such account';
  const name = (fields.get('name') ?? '').trim();
  if (name === '') return 'Name can’t be blank';
  const scopes = [...new Set(fields.getAll('scopes').flatMap((list) => list.split(',')))].filter(Boolean);
  if (scopes.length === 0) return 'Scopes can’t be blank';
  const wrong = scopes.find((scope) => !SCOPES.includes(scope));
  if (wrong !== undefined) return `Scopes can only contain available scopes, not ${wrong}`;
  const given = fields.get('expires_at') ?? defaultEnd(gitlab);
  if (given !== '' && !/^\d{4}-\d\d-\d\d$/.test(given)) return 'Expiration date is no date';
  const endless = given === '' && isOld(gitlab);
  const expiresAt = endless ? undefined : given === '' ? latestEnd(gitlab) : given;
  if (expiresAt !== undefined && !isOld(gitlab) && expiresAt > latestEnd(gitlab)) {
    return `Expiration date must be before ${latestEnd(gitlab)}`;
  }
  const token = issueToken(gitlab, { account: account.login, name, scopes, granular: undefined, expiresAt });
  return { token, account, expiresAt };
};

/** `GET` shows the form with what the address prefills and the account's tokens, `POST` makes one and shows it this once. */
export const tokensPage = async (visit: Visit): Promise<Response> => {
  const { gitlab, request, url } = visit;
  const account = gitlab.catalogue.account(url.searchParams.get('account') ?? '') ?? gitlab.catalogue.accounts[0];
  const title = 'Personal access tokens';
  if (request.method === 'GET') {
    return pageResponse(
      visit,
      title,
      html`<h2>Add a personal access token</h2>
        ${form(visit, account)}
        <h2>Tokens of ${account?.login ?? 'nobody'}</h2>
        ${tokenList(visit, account)}`,
    );
  }
  const made = makeToken(gitlab, await readFields(request));
  const wantsJson = (request.headers.get('accept') ?? '').includes('application/json');
  if (typeof made === 'string') {
    if (wantsJson) return jsonResponse(422, { message: made });
    const content = html`<p class="note" role="alert">${made}.</p>
      ${form(visit, account)}`;
    return pageResponse(visit, title, content, 422);
  }
  const { token, expiresAt } = made;
  const { login } = made.account;
  if (wantsJson) return jsonResponse(200, { token, account: login, ...(expiresAt === undefined ? {} : { expiresAt }) });
  return pageResponse(
    visit,
    title,
    html`<p class="note">Your token. Make sure you save it: you won’t be able to access it again.</p>
      <label for="new-token">New token of ${login}</label>
      <input id="new-token" type="text" readonly value="${token}" />
      <p class="quiet">Select the field and copy it (Ctrl+C or ⌘C).</p>
      <p>${expiresAt === undefined ? 'It never expires.' : `It expires on ${expiresAt}.`}</p>
      <p><a href="${to(visit, `${tokensAddress(gitlab)}?account=${login}`)}">All tokens of ${login}</a></p>`,
  );
};

export const revokeToken = (visit: Visit, id: string): Response => {
  const token = visit.gitlab.store.token(Number(id));
  if (token === undefined) return notFoundPage(visit);
  visit.gitlab.store.revokeToken(token);
  return seeOther(visit, `${tokensAddress(visit.gitlab)}?account=${token.account}`);
};
