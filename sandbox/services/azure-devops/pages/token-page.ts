import { isForeign, readFields } from '../../pages/form.ts';
import { html, type Html } from 'local-forge/html';
import type { AzureDevOps } from '../context.ts';
import { newTokenValue } from '../credentials.ts';
import type { Scope, TokenRecord } from '../store.ts';
import { dataResponse, pageResponse } from './page.ts';
import type { Links } from './page.ts';

const SCOPES: readonly (readonly [Scope, string])[] = [
  ['vso.code', 'Code (Read)'],
  ['vso.code_write', 'Code (Read & write)'],
  ['vso.work', 'Work Items (Read)'],
];
const DAYS = ['30', '60', '90', '365'];
const DAY = 86_400_000;

const newForm = (service: AzureDevOps): Html =>
  html`<h2>New token</h2>
    <form method="post" class="fields">
      <label for="account">Signed in as</label>
      <select id="account" name="account">
        ${service.catalogue.accounts.map(({ login, name }) => html`<option value="${login}">${login} (${name})</option>`)}
      </select>
      <label for="name">Name</label>
      <input id="name" name="name" type="text" value="git-integration" />
      <label for="expiration">Expiration</label>
      <select id="expiration" name="expiration">
        ${DAYS.map((days) => html`<option value="${days}">${days} days</option>`)}
      </select>
      <fieldset>
        <legend>Scopes</legend>
        ${SCOPES.map(
          ([scope, title]) => html`<label><input type="checkbox" name="scopes" value="${scope}" /> ${title}</label>`,
        )}
      </fieldset>
      <button type="submit">Create</button>
    </form>`;

const stateOf = (service: AzureDevOps, { revoked, expiresAt }: TokenRecord): string => {
  if (revoked) return 'Revoked';
  if (expiresAt === undefined) return 'Active';
  return `${Date.parse(expiresAt) <= service.now().getTime() ? 'Expired on' : 'Active until'} ${expiresAt.slice(0, 10)}`;
};

const tokenRows = (service: AzureDevOps): Html[] =>
  service.catalogue.accounts.flatMap(({ login }) =>
    service.store.tokensOf(login).map(
      (token) =>
        html`<tr>
          <td>${login}: ${token.name}</td>
          <td>${token.scopes.join(', ')}</td>
          <td>${stateOf(service, token)}</td>
          <td>
            ${
              !token.revoked &&
              html`<form method="post">
                <input type="hidden" name="revoke" value="${token.id}" />
                <button type="submit">Revoke</button>
              </form>`
            }
          </td>
        </tr>`,
    ),
  );

type Made = { token: string; account: string; expiresAt: string };

/** Makes the token a form asks for; a text says what is wrong with the form. */
const makeToken = (service: AzureDevOps, fields: URLSearchParams): Made | string => {
  const account = service.catalogue.account(fields.get('account') ?? '');
  if (account === undefined) return 'There is no such account';
  const days = Number(fields.get('expiration') ?? '30');
  if (!Number.isInteger(days) || days < 1 || days > 365) return 'The expiration is 1 to 365 days';
  const scopes = SCOPES.map(([scope]) => scope).filter((scope) => fields.getAll('scopes').includes(scope));
  if (scopes.length === 0) return 'Choose at least one scope';
  const token = newTokenValue(service);
  const expiresAt = new Date(service.now().getTime() + days * DAY).toISOString();
  service.store.addToken(token, {
    account: account.login,
    name: fields.get('name') ?? '',
    scopes,
    createdAt: service.now().toISOString(),
    expiresAt,
    revoked: false,
    organization: undefined,
  });
  return { token, account: account.login, expiresAt };
};

/** `GET` lists the tokens and shows the form, `POST` makes one and shows it this once, or revokes one. */
export const tokenPage = async (service: AzureDevOps, request: Request, to: Links): Promise<Response> => {
  const title = 'Personal access tokens';
  const show = (first: Html | undefined, status = 200): Response =>
    pageResponse(
      service,
      to,
      title,
      html`${first} ${newForm(service)}
        <h2>Tokens</h2>
        <table>
          <tbody>
            ${tokenRows(service)}
          </tbody>
        </table>`,
      status,
    );
  if (request.method === 'GET') return show(undefined);
  if (isForeign(request)) return new Response('Sent from another site\n', { status: 403 });
  const fields = await readFields(request);
  const revoked = fields.get('revoke');
  if (revoked !== null) {
    const known = service.store.revokeToken(Number(revoked)) !== undefined;
    return show(
      html`<p class="note">${known ? 'The token is revoked.' : 'There is no such token.'}</p>`,
      known ? 200 : 404,
    );
  }
  const made = makeToken(service, fields);
  const wantsJson = (request.headers.get('accept') ?? '').includes('application/json');
  if (typeof made === 'string') {
    if (wantsJson) return dataResponse(422, { message: made });
    return show(html`<p class="note" role="alert">${made}.</p>`, 422);
  }
  if (wantsJson) return dataResponse(200, made);
  return show(
    html`<p class="note">Copy the token now. It is not stored and cannot be shown again.</p>
      <label for="new-token">New token of ${made.account}</label>
      <input id="new-token" type="text" readonly value="${made.token}" />`,
  );
};
