import { html, type Html } from 'local-forge/html';
import { readFields } from '../../git-host/pages/form.ts';
import { show } from '../../git-host/pages/site.ts';
import type { PageRoute, Visit } from '../../git-host/pages/site.ts';
import {
  accountPicker,
  answerForm,
  inDays,
  listed,
  scopeBoxes,
  selectField,
  textField,
  tokenForm,
} from '../../git-host/pages/token-pages.ts';
import type { Made } from '../../git-host/pages/token-pages.ts';
import type { GitHub } from '../context.ts';
import { issueToken } from '../credentials.ts';
import type { Permission, TokenKind } from '../store.ts';

/** The offered scopes. This simulation checks `repo`, `public_repo`, `read:org` and `user`. */
const SCOPES = ['repo', 'public_repo', 'read:org', 'user', 'read:user', 'workflow', 'gist', 'delete_repo'];
const DAYS = ['7', '30', '60', '90', 'none'];

function expirationPicker(name: string, chosen: string | null): Html {
  const choices = chosen === null || DAYS.includes(chosen) ? DAYS : [chosen, ...DAYS];
  const titled = choices.map((days) => [days, days === 'none' ? 'No expiration' : `${days} days`] as const);
  return selectField(name, 'Expiration', titled, chosen ?? '30');
}

const classicForm = (github: GitHub, { url: { searchParams: asked } }: Visit): Html =>
  tokenForm(
    'Generate token',
    accountPicker(github.catalogue.accounts, asked.get('account')),
    textField('description', 'Note', asked.get('description')),
    expirationPicker('expiration', asked.get('expiration')),
    scopeBoxes('Select scopes', SCOPES, asked.get('scopes')),
  );

const RIGHTS = [
  ['', 'No access'],
  ['read', 'Read-only'],
  ['write', 'Read and write'],
] as const;

function fineGrainedForm(github: GitHub, { url: { searchParams: asked } }: Visit): Html {
  const { accounts, organizations } = github.catalogue;
  const owners = [...accounts, ...organizations].map(({ login }) => login);
  const target = asked.get('target_name') ?? asked.get('account') ?? owners[0] ?? '';
  return tokenForm(
    'Generate token',
    accountPicker(accounts, asked.get('account')),
    textField('name', 'Token name', asked.get('name')),
    textField('description', 'Description', asked.get('description')),
    selectField('target_name', 'Resource owner', owners, target),
    expirationPicker('expires_in', asked.get('expires_in')),
    html`<fieldset>
      <legend>Repository permissions</legend>
      <p class="quiet">Metadata is always read-only. The token reaches all repositories of its resource owner.</p>
      ${selectField('contents', 'Contents', RIGHTS, asked.get('contents') ?? '')}
      ${selectField('pull_requests', 'Pull requests', RIGHTS, asked.get('pull_requests') ?? '')}
    </fieldset>`,
  );
}

/** Makes the token that a form requests. A text says what is wrong with the form. */
function makeToken(github: GitHub, kind: TokenKind, fields: URLSearchParams): Made | string {
  const account = github.catalogue.account(fields.get('account') ?? '');
  if (account === undefined) return 'There is no such account';
  const isClassic = kind === 'classic';
  const days = fields.get(isClassic ? 'expiration' : 'expires_in') ?? '30';
  if (days !== 'none' && !(/^\d{1,3}$/.test(days) && Number(days) >= 1 && Number(days) <= 366)) {
    return 'The expiration is 1 to 366 days, or none';
  }
  const expiresAt = days === 'none' ? undefined : inDays(github.now(), Number(days));
  const owner = github.catalogue.owner(fields.get('target_name') ?? account.login);
  if (owner === undefined) return 'There is no such resource owner';
  const reachable =
    owner.type === 'Organization' ? owner.members.includes(account.login) : owner.login === account.login;
  if (!isClassic && !reachable) return `${account.login} does not belong to ${owner.login}`;
  const permissions: Record<string, Permission> = {};
  for (const area of ['contents', 'pull_requests']) {
    const right = fields.get(area) ?? '';
    if (right === 'read' || right === 'write') permissions[area] = right;
    else if (right !== '') return `${area} is read or write`;
  }
  const token = issueToken(github, {
    account: account.login,
    kind,
    name: fields.get(isClassic ? 'description' : 'name') ?? '',
    scopes: isClassic ? listed(fields, 'scopes') : [],
    resourceOwner: isClassic ? undefined : owner.login,
    permissions: isClassic ? {} : permissions,
    expiresAt,
    authorizedOrganizations: [],
  });
  return { token, account: account.login, expiresAt };
}

/** `GET` shows the form with what the address prefills, `POST` makes the token and shows it once. */
async function newTokenPage(github: GitHub, visit: Visit, kind: TokenKind): Promise<Response | undefined> {
  if (kind === 'fine-grained' && !github.hasFineGrainedTokens) return undefined;
  const title = kind === 'classic' ? 'New personal access token (classic)' : 'New fine-grained personal access token';
  const form = (kind === 'classic' ? classicForm : fineGrainedForm)(github, visit);
  if (visit.request.method === 'GET') return show(visit, title, form);
  const made = makeToken(github, kind, await readFields(visit.request));
  return answerForm(visit, made, { title, form, list: (account) => `settings/tokens?account=${account}` });
}

export const newTokenRoutes: readonly PageRoute<GitHub>[] = [
  { path: '/settings/tokens/new', show: (github, visit) => newTokenPage(github, visit, 'classic') },
  {
    path: '/settings/personal-access-tokens/new',
    show: (github, visit) => newTokenPage(github, visit, 'fine-grained'),
  },
];
