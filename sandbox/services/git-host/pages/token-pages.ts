import { html, type Html } from 'local-forge/html';
import { isExpired } from '../credentials.ts';
import type { Token } from '../store.ts';
import { link, row, show, table } from './site.ts';
import type { Visit } from './site.ts';

const DAY = 86_400_000;
export const inDays = (now: Date, days: number): string => new Date(now.getTime() + days * DAY).toISOString();

export const textField = (name: string, label: string, value: string | null, type: 'text' | 'date' = 'text'): Html =>
  html` <label for="${name}">${label}</label>
    <input id="${name}" name="${name}" type="${type}" value="${value ?? ''}" />`;

type Choice = string | readonly [value: string, label: string];

export function selectField(name: string, label: string, choices: readonly Choice[], chosen: string | null): Html {
  const option = (choice: Choice): Html => {
    const [value, text] = typeof choice === 'string' ? [choice, choice] : choice;
    const selected = value === chosen && { markup: 'selected' };
    return typeof choice === 'string'
      ? html`<option ${selected}>${text}</option>`
      : html`<option value="${value}" ${selected}>${text}</option>`;
  };
  return html` <label for="${name}">${label}</label>
    <select id="${name}" name="${name}">
      ${choices.map(option)}
    </select>`;
}

/** Boxes for scopes, ticked as a list with commas says. */
export function scopeBoxes(legend: string, choices: readonly Choice[], ticked: string | null): Html {
  const chosen = (ticked ?? '').split(',').map((scope) => scope.trim());
  const box = (choice: Choice): Html => {
    const [value, label] = typeof choice === 'string' ? [choice, choice] : choice;
    return html`<label>
      <input type="checkbox" name="scopes" value="${value}" ${chosen.includes(value) && { markup: 'checked' }} />
      ${label}
    </label>`;
  };
  return html`<fieldset>
    <legend>${legend}</legend>
    ${choices.map(box)}
  </fieldset>`;
}

/** The account that the person acts as: nobody signs in to a simulation. */
export const accountPicker = (accounts: readonly { login: string; name: string }[], chosen: string | null): Html =>
  selectField(
    'account',
    'Signed in as',
    accounts.map(({ login, name }) => [login, `${login} (${name})`] as const),
    chosen,
  );

export const tokenForm = (button: string, ...fields: Html[]): Html =>
  html`<form method="post" class="fields">
    ${fields}
    <button class="go" type="submit">${button}</button>
  </form>`;

/** The values of a list that came in several fields, in one with commas, or both. */
export function listed(fields: URLSearchParams, name: string): string[] {
  const values = fields.getAll(name).flatMap((list) => list.split(','));
  return [...new Set(values.map((value) => value.trim()).filter((value) => value !== ''))];
}

export const wantsJson = ({ request }: Visit): boolean =>
  (request.headers.get('accept') ?? '').includes('application/json');

/** Tokens without their values, each with its actions. */
export function tokenTable<T extends Token>(
  tokens: readonly T[],
  now: Date,
  {
    about,
    state = () => undefined,
    actions,
  }: { about: (token: T) => string; state?: (token: T) => string | undefined; actions: (token: T) => Html[] },
): Html {
  const stateOf = (token: T): string => {
    const { revoked, expiresAt } = token;
    if (revoked) return 'Revoked';
    const own = state(token);
    if (own !== undefined) return own;
    if (expiresAt === undefined) return 'No expiration';
    return `${isExpired(token, now) ? 'Expired on' : 'Expires on'} ${expiresAt.slice(0, 10)}`;
  };
  const rows = tokens.map((token) =>
    row(
      html`${token.name || 'Without a note'}<br /><span class="quiet">${about(token)}</span>`,
      stateOf(token),
      html`${!token.revoked && actions(token)}`,
    ),
  );
  return table(rows, 'There are no tokens.', ['Token', 'Expiration', 'Actions']);
}

/** A button that does something to one token, at an address or by a field of the page's own form. */
export const tokenButton = (title: string, { action, field }: { action?: string; field?: [string, string] }): Html =>
  html`<form method="post" ${action !== undefined && html`action="${action}"`}>
    ${field && html`<input type="hidden" name="${field[0]}" value="${field[1]}" />`}
    <button type="submit">${title}</button>
  </form>`;

export type Made = { token: string; account: string; expiresAt: string | undefined };

/** Answers a form for a new token, as data for callers who request JSON. A text says what is wrong with the form, and is shown above it. */
export function answerForm(
  visit: Visit,
  made: Made | string,
  { title, form, list }: { title: string; form: Html; list: (account: string) => string },
): Response {
  const { look } = visit.site;
  if (typeof made === 'string') {
    if (wantsJson(visit)) return look.data(422, { message: made });
    return show(
      visit,
      title,
      html`<p class="note" role="alert">${made}.</p>
        ${form}`,
      422,
    );
  }
  const { token, account, expiresAt } = made;
  if (wantsJson(visit)) return look.data(200, { token, account, ...(expiresAt === undefined ? {} : { expiresAt }) });
  return show(
    visit,
    title,
    html`<p class="note">Copy the token now. It is not stored and cannot be shown again.</p>
      <label for="new-token">New token of ${account}</label>
      <input id="new-token" type="text" readonly value="${token}" />
      <p class="quiet">Select the field and copy it (Ctrl+C or ⌘C).</p>
      <p>${expiresAt === undefined ? 'It never expires.' : `It expires on ${expiresAt.slice(0, 10)}.`}</p>
      <p>${link(visit, list(account), `All tokens of ${account}`)}</p>`,
  );
}
