import type { Account, GitHub } from '../context.ts';
import { issueToken } from '../credentials.ts';
import type { Permission, TokenKind } from '../store.ts';
import { readFields } from '../../pages/form.ts';
import { html, type Html } from 'local-forge/html';
import { relative } from '../../pages/look.ts';
import { accountPicker, jsonResponse, pageResponse } from './page.ts';

/** The scopes offered; those of them that say something to this simulation are `repo`, `public_repo`, `read:org` and `user`. */
const SCOPES = ['repo', 'public_repo', 'read:org', 'user', 'read:user', 'workflow', 'gist', 'delete_repo'];
const DAYS = ['7', '30', '60', '90', 'none'];
const DAY = 86_400_000;

const expirationPicker = (name: string, chosen: string | null): Html => {
  const choices = chosen === null || DAYS.includes(chosen) ? DAYS : [chosen, ...DAYS];
  return html` <label for="${name}">Expiration</label>
    <select id="${name}" name="${name}">
      ${choices.map(
        (days) =>
          html`<option value="${days}" ${days === (chosen ?? '30') && { markup: 'selected' }}>
            ${days === 'none' ? 'No expiration' : `${days} days`}
          </option>`,
      )}
    </select>`;
};

const classicForm = (github: GitHub, url: URL): Html => {
  const scopes = (url.searchParams.get('scopes') ?? '').split(',').map((scope) => scope.trim());
  return html`<form method="post" class="fields">
    ${accountPicker(github, url.searchParams.get('account'))}
    <label for="description">Note</label>
    <input id="description" name="description" type="text" value="${url.searchParams.get('description') ?? ''}" />
    ${expirationPicker('expiration', url.searchParams.get('expiration'))}
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
    <button class="go" type="submit">Generate token</button>
  </form>`;
};

const permissionPicker = (url: URL, name: string, title: string): Html =>
  html` <label for="${name}">${title}</label>
    <select id="${name}" name="${name}">
      ${[
        ['', 'No access'],
        ['read', 'Read-only'],
        ['write', 'Read and write'],
      ].map(
        ([value = '', text = '']) =>
          html`<option value="${value}" ${value === (url.searchParams.get(name) ?? '') && { markup: 'selected' }}>
            ${text}
          </option>`,
      )}
    </select>`;

const fineGrainedForm = (github: GitHub, url: URL): Html => {
  const { searchParams } = url;
  const owners = [...github.catalogue.accounts, ...github.catalogue.organizations].map(({ login }) => login);
  const target = searchParams.get('target_name') ?? searchParams.get('account') ?? owners[0];
  return html`<form method="post" class="fields">
    ${accountPicker(github, searchParams.get('account'))}
    <label for="name">Token name</label>
    <input id="name" name="name" type="text" value="${searchParams.get('name') ?? ''}" />
    <label for="description">Description</label>
    <input id="description" name="description" type="text" value="${searchParams.get('description') ?? ''}" />
    <label for="target_name">Resource owner</label>
    <select id="target_name" name="target_name">
      ${owners.map((login) => html`<option ${login === target && { markup: 'selected' }}>${login}</option>`)}
    </select>
    ${expirationPicker('expires_in', searchParams.get('expires_in'))}
    <fieldset>
      <legend>Repository permissions</legend>
      <p class="quiet">Metadata is always read-only. The token reaches all repositories of its resource owner.</p>
      ${permissionPicker(url, 'contents', 'Contents')} ${permissionPicker(url, 'pull_requests', 'Pull requests')}
    </fieldset>
    <button class="go" type="submit">Generate token</button>
  </form>`;
};

type Made = { token: string; account: Account; expiresAt: string | undefined };

/** Makes the token a form asks for; a text says what is wrong with the form. */
const makeToken = (github: GitHub, kind: TokenKind, fields: URLSearchParams): Made | string => {
  const account = github.catalogue.account(fields.get('account') ?? '');
  if (account === undefined) return 'There is no such account';
  const days = fields.get(kind === 'classic' ? 'expiration' : 'expires_in') ?? '30';
  if (days !== 'none' && !(/^\d{1,3}$/.test(days) && Number(days) >= 1 && Number(days) <= 366)) {
    return 'The expiration is 1 to 366 days, or none';
  }
  const expiresAt = days === 'none' ? undefined : new Date(github.now().getTime() + Number(days) * DAY).toISOString();
  const owner = github.catalogue.owner(fields.get('target_name') ?? account.login);
  if (owner === undefined) return 'There is no such resource owner';
  const reachable =
    owner.type === 'Organization' ? owner.members.includes(account.login) : owner.login === account.login;
  if (kind === 'fine-grained' && !reachable) return `${account.login} does not belong to ${owner.login}`;
  const permissions: Record<string, Permission> = {};
  for (const area of ['contents', 'pull_requests']) {
    const right = fields.get(area) ?? '';
    if (right === 'read' || right === 'write') permissions[area] = right;
    else if (right !== '') return `${area} is read or write`;
  }
  // Both forms of a list are understood: several fields, or one with commas as in the prefilled address.
  const scopes = fields
    .getAll('scopes')
    .flatMap((list) => list.split(','))
    .map((scope) => scope.trim());
  const isClassic = kind === 'classic';
  const token = issueToken(github, {
    account: account.login,
    kind,
    note: fields.get(isClassic ? 'description' : 'name') ?? '',
    scopes: isClassic ? [...new Set(scopes.filter((scope) => scope !== ''))] : [],
    resourceOwner: isClassic ? undefined : owner.login,
    permissions: isClassic ? {} : permissions,
    expiresAt,
    authorizedOrganizations: [],
  });
  return { token, account, expiresAt };
};

/** `GET` shows the form with what the address prefills, `POST` makes the token and shows it this once. */
export const newTokenPage = async (github: GitHub, request: Request, kind: TokenKind): Promise<Response> => {
  const url = new URL(request.url);
  const title = kind === 'classic' ? 'New personal access token (classic)' : 'New fine-grained personal access token';
  const form = (): Html => (kind === 'classic' ? classicForm(github, url) : fineGrainedForm(github, url));
  if (request.method === 'GET') return pageResponse(url.pathname, title, form());
  const made = makeToken(github, kind, await readFields(request));
  const wantsJson = (request.headers.get('accept') ?? '').includes('application/json');
  if (typeof made === 'string') {
    if (wantsJson) return jsonResponse(422, { message: made });
    return pageResponse(
      url.pathname,
      title,
      html`<p class="note" role="alert">${made}.</p>
        ${form()}`,
      422,
    );
  }
  const { token, account, expiresAt } = made;
  if (wantsJson)
    return jsonResponse(200, { token, account: account.login, ...(expiresAt === undefined ? {} : { expiresAt }) });
  return pageResponse(
    url.pathname,
    'Personal access token',
    html`<p class="note">Make sure to copy your personal access token now. You won’t be able to see it again!</p>
      <label for="new-token">New token of ${account.login}</label>
      <input id="new-token" type="text" readonly value="${token}" />
      <p class="quiet">Select the field and copy it (Ctrl+C or ⌘C).</p>
      <p>${expiresAt === undefined ? 'It has no expiration date.' : `It expires on ${expiresAt.slice(0, 10)}.`}</p>
      <p>
        <a href="${relative(url.pathname, `settings/tokens?account=${account.login}`)}"
          >All tokens of ${account.login}</a
        >
      </p>`,
  );
};
