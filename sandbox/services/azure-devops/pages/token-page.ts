import { html, type Html } from 'local-forge/html';
import { issue } from '../../git-host/credentials.ts';
import { readFields } from '../../git-host/pages/form.ts';
import { show } from '../../git-host/pages/site.ts';
import type { Visit } from '../../git-host/pages/site.ts';
import {
  accountPicker,
  answerForm,
  inDays,
  scopeBoxes,
  selectField,
  textField,
  tokenButton,
  tokenForm,
  tokenTable,
} from '../../git-host/pages/token-pages.ts';
import type { Made } from '../../git-host/pages/token-pages.ts';
import type { AzureDevOps } from '../context.ts';
import { newTokenValue } from '../credentials.ts';
import type { Scope } from '../store.ts';

const SCOPES: readonly (readonly [Scope, string])[] = [
  ['vso.code', 'Code (Read)'],
  ['vso.code_write', 'Code (Read & write)'],
  ['vso.work', 'Work Items (Read)'],
];
const DAYS = ['30', '60', '90', '365'].map((days) => [days, `${days} days`] as const);

/** Makes the token that a form requests. A text says what is wrong with the form. */
function makeToken(service: AzureDevOps, fields: URLSearchParams): Made | string {
  const account = service.catalogue.account(fields.get('account') ?? '')?.login;
  if (account === undefined) return 'There is no such account';
  const days = Number(fields.get('expiration') ?? '30');
  if (!Number.isInteger(days) || days < 1 || days > 365) return 'The expiration is 1 to 365 days';
  const scopes = SCOPES.map(([scope]) => scope).filter((scope) => fields.getAll('scopes').includes(scope));
  if (scopes.length === 0) return 'Choose at least one scope';
  const expiresAt = inDays(service.now(), days);
  const record = { account, name: fields.get('name') ?? '', scopes, expiresAt, organization: undefined };
  const token = issue(service, newTokenValue(service), record);
  return { token, account, expiresAt };
}

/** `GET` lists the tokens and shows the form, `POST` makes one and shows it once, or revokes one. */
export async function tokenPage(service: AzureDevOps, visit: Visit): Promise<Response> {
  const title = 'Personal access tokens';
  const form = tokenForm(
    'Create',
    accountPicker(service.catalogue.accounts, null),
    textField('name', 'Name', 'git-integration'),
    selectField('expiration', 'Expiration', DAYS, null),
    scopeBoxes('Scopes', SCOPES, null),
  );
  const list = (first?: Html, status = 200): Response => {
    const all = service.catalogue.accounts.flatMap(({ login }) => service.store.tokensOf(login));
    const named = all.map((token) => ({ ...token, name: `${token.account}: ${token.name}` }));
    const tokens = tokenTable(named, service.now(), {
      about: ({ scopes }) => scopes.join(', '),
      actions: ({ id }) => [tokenButton('Revoke', { field: ['revoke', String(id)] })],
    });
    return show(
      visit,
      title,
      html`${first}
        <h2>New token</h2>
        ${form}
        <h2>Tokens</h2>
        ${tokens}`,
      status,
    );
  };
  if (visit.request.method === 'GET') return list();
  const fields = await readFields(visit.request);
  const revoked = fields.get('revoke');
  if (revoked === null) {
    const made = makeToken(service, fields);
    return answerForm(visit, made, { title, form, list: () => service.edition.tokenPage });
  }
  const token = service.store.token(Number(revoked));
  if (token === undefined) return list(html`<p class="note">There is no such token.</p>`, 404);
  service.store.changeToken(token.id, { revoked: true });
  return list(html`<p class="note">The token is revoked.</p>`);
}
