import { html } from 'local-forge/html';
import { leadTo, link, show, to } from '../../git-host/pages/site.ts';
import type { PageRoute, Visit } from '../../git-host/pages/site.ts';
import { accountPicker, tokenButton, tokenTable } from '../../git-host/pages/token-pages.ts';
import { waitsForApproval } from '../access.ts';
import type { GitHub } from '../context.ts';
import type { TokenRecord } from '../store.ts';

const about = (token: TokenRecord): string =>
  token.kind === 'classic'
    ? `classic · ${token.scopes.join(', ') || 'no scope'}`
    : `fine-grained · ${token.resourceOwner ?? ''} · ${Object.entries(token.permissions)
        .map(([area, right]) => `${area}: ${right}`)
        .join(', ')}`;

/** The tokens of one account, without their values, with their actions. */
function tokensPage(github: GitHub, visit: Visit): Response | undefined {
  const { catalogue, store } = github;
  const account = catalogue.account(visit.url.searchParams.get('account') ?? '') ?? catalogue.accounts[0];
  if (account === undefined) return undefined;
  const { login } = account;
  const secured = catalogue.organizations.filter(({ sso, members }) => sso && members.includes(login));
  const tokens = tokenTable(store.tokensOf(login), github.now(), {
    about,
    state(token) {
      const owner = catalogue.owner(token.resourceOwner ?? '');
      return owner && waitsForApproval({ owner }, token) ? `Waits for approval by ${owner.login}` : undefined;
    },
    actions: ({ id, kind, authorizedOrganizations }) => [
      tokenButton('Revoke', { action: to(visit, `settings/tokens/${id}/revoke`) }),
      ...secured
        .filter((one) => kind === 'classic' && !authorizedOrganizations.includes(one.login))
        .map((one) => html` ${link(visit, `orgs/${one.login}/sso?token=${id}`, `Configure SSO (${one.login})`)}`),
    ],
  });
  const fine = `settings/personal-access-tokens/new?account=${login}&contents=write&pull_requests=write`;
  return show(
    visit,
    'Personal access tokens',
    html`<form method="get" class="fields">
        ${accountPicker(catalogue.accounts, login)}<button type="submit">Show</button>
      </form>
      <p>
        ${link(visit, `settings/tokens/new?account=${login}&scopes=repo`, 'Generate new token (classic)')}
        ${github.hasFineGrainedTokens && link(visit, fine, 'Generate new fine-grained token')}
      </p>
      ${tokens}`,
  );
}

function revokeToken(github: GitHub, visit: Visit, id: string): Response | undefined {
  const token = github.store.token(Number(id));
  if (token === undefined) return undefined;
  github.store.changeToken(token.id, { revoked: true });
  return leadTo(visit, `settings/tokens?account=${token.account}`);
}

/** Owners of an organization see the waiting fine-grained tokens here, and approve them with a button. */
function tokenRequestsPage(github: GitHub, visit: Visit, login: string): Response | undefined {
  const owner = github.catalogue.organizations.find((one) => one.login === login && one.tokenApproval);
  if (owner === undefined) return undefined;
  const waiting = github.catalogue.accounts
    .flatMap((account) => github.store.tokensOf(account.login))
    .filter((token) => token.resourceOwner === login && !token.revoked && waitsForApproval({ owner }, token));
  if (visit.request.method === 'POST') {
    for (const { id } of waiting) github.store.authorizeToken(id, login);
    return leadTo(visit, `orgs/${login}/settings/personal-access-token-requests`);
  }
  return show(
    visit,
    `Pending requests of ${login}`,
    waiting.length === 0
      ? html`<p class="note">No fine-grained token waits for approval.</p>`
      : html`<ul>
            ${waiting.map((token) => html`<li>${token.name || 'Without a note'} of ${token.account}</li>`)}
          </ul>
          <form method="post"><button class="go" type="submit">Approve</button></form>`,
  );
}

/** Single sign-on of an organization: one button authorizes a token. The API's refusal and the list link here. */
function ssoPage(github: GitHub, visit: Visit, login: string): Response | undefined {
  const { searchParams: query } = visit.url;
  const organization = github.catalogue.organizations.find((one) => one.login === login && one.sso);
  if (organization === undefined) return undefined;
  const key = query.get('authorization_request');
  const asked = key === null ? undefined : github.store.ssoRequest(key, github.now().getTime());
  const id = asked?.organization === login ? asked.token : Number(query.get('token') ?? Number.NaN);
  const token = Number.isInteger(id) ? github.store.token(id) : undefined;
  const say = (text: string, status = 200): Response =>
    show(
      visit,
      `Single sign-on to ${login}`,
      html`<p class="note">${text}</p>
        ${token && html`<p>${link(visit, `settings/tokens?account=${token.account}`, `All tokens of ${token.account}`)}</p>`}`,
      status,
    );
  if (token === undefined) return say('This address is no longer valid.', 404);
  if (visit.request.method === 'GET') {
    return show(
      visit,
      `Single sign-on to ${login}`,
      html`<p>
          The token “${token.name || 'without a note'}” of <strong>${token.account}</strong> asks for access to
          ${login}.
        </p>
        <form method="post"><button class="go" type="submit">Authorize</button></form>`,
    );
  }
  const account = github.catalogue.account(token.account);
  if (account === undefined || !organization.members.includes(account.login))
    return say(`${token.account} is not a member of ${login}.`, 403);
  github.store.authorizeToken(token.id, login);
  return say(`The token is authorized for ${login}.`);
}

export const tokenRoutes: readonly PageRoute<GitHub>[] = [
  { path: '/orgs/:login/sso', show: (github, visit, { login = '' }) => ssoPage(github, visit, login) },
  {
    path: '/orgs/:login/settings/personal-access-token-requests',
    show: (github, visit, { login = '' }) => tokenRequestsPage(github, visit, login),
  },
  {
    method: 'POST',
    path: '/settings/tokens/:id(\\d+)/revoke',
    show: (github, visit, { id = '' }) => revokeToken(github, visit, id),
  },
  { method: 'GET', path: '/settings/tokens', show: tokensPage },
  { method: 'GET', path: '/settings/personal-access-tokens', show: tokensPage },
];
