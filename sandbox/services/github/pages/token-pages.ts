import { waitsForApproval } from '../access.ts';
import type { GitHub } from '../context.ts';
import type { TokenRecord } from '../store.ts';
import { html } from 'local-forge/html';
import { relative } from '../../pages/look.ts';
import { accountPicker, notFoundPage, pageResponse, seeOther } from './page.ts';

const about = (token: TokenRecord): string =>
  token.kind === 'classic'
    ? `classic · ${token.scopes.join(', ') || 'no scope'}`
    : `fine-grained · ${token.resourceOwner ?? ''} · ${Object.entries(token.permissions)
        .map(([area, right]) => `${area}: ${right}`)
        .join(', ')}`;

const stateOf = (github: GitHub, token: TokenRecord): string => {
  if (token.revoked) return 'Revoked';
  const owner = github.catalogue.owner(token.resourceOwner ?? '');
  if (owner !== undefined && waitsForApproval({ owner }, token)) return `Waits for approval by ${owner.login}`;
  if (token.expiresAt === undefined) return 'No expiration';
  const ended = Date.parse(token.expiresAt) <= github.now().getTime();
  return `${ended ? 'Expired on' : 'Expires on'} ${token.expiresAt.slice(0, 10)}`;
};

/** The tokens of one account, without their values, with what can be done to them. */
export const tokensPage = (github: GitHub, url: URL): Response => {
  const account = github.catalogue.account(url.searchParams.get('account') ?? '') ?? github.catalogue.accounts[0];
  if (account === undefined) return notFoundPage(url.pathname);
  const to = (path: string): string => relative(url.pathname, path);
  const secured = github.catalogue.organizations.filter(({ sso, members }) => sso && members.includes(account.login));
  const rows = github.store.tokensOf(account.login).map((token) => {
    const waiting = secured.filter(({ login }) => !token.authorizedOrganizations.includes(login));
    const usable = !token.revoked;
    return html`<tr>
      <td>${token.note || 'Without a note'}<br /><span class="quiet">${about(token)}</span></td>
      <td>${stateOf(github, token)}</td>
      <td>
        ${
          usable &&
          html`<form method="post" action="${to(`settings/tokens/${token.id}/revoke`)}">
            <button type="submit">Revoke</button>
          </form>`
        }
        ${
          usable &&
          token.kind === 'classic' &&
          waiting.map(
            ({ login }) => html` <a href="${to(`orgs/${login}/sso?token=${token.id}`)}">Configure SSO (${login})</a>`,
          )
        }
      </td>
    </tr>`;
  });
  return pageResponse(
    url.pathname,
    'Personal access tokens',
    html`<form method="get" class="fields">
        ${accountPicker(github, account.login)}<button type="submit">Show</button>
      </form>
      <p>
        <a href="${to(`settings/tokens/new?account=${account.login}&scopes=repo`)}">Generate new token (classic)</a> ·
        <a
          href="${to(`settings/personal-access-tokens/new?account=${account.login}&contents=write&pull_requests=write`)}"
          >Generate new fine-grained token</a
        >
      </p>
      <table>
        <thead>
          <tr>
            <th>Token</th>
            <th>Expiration</th>
            <th>Actions</th>
          </tr>
        </thead>
        <tbody>
          ${
            rows.length === 0
              ? html`<tr>
                  <td colspan="3">${account.login} has no tokens.</td>
                </tr>`
              : rows
          }
        </tbody>
      </table>`,
  );
};

export const revokeToken = (github: GitHub, path: string, id: string): Response => {
  const token = github.store.token(Number(id));
  if (token === undefined) return notFoundPage(path);
  github.store.revokeToken(token.id);
  return seeOther(path, `settings/tokens?account=${token.account}`);
};

/** Where owners of an organization see the fine-grained tokens that wait, and let them in with a button. */
export const tokenRequestsPage = (github: GitHub, request: Request, login: string): Response => {
  const url = new URL(request.url);
  const organization = github.catalogue.organizations.find((one) => one.login === login && one.tokenApproval);
  if (organization === undefined) return notFoundPage(url.pathname);
  const waiting = github.catalogue.accounts
    .flatMap((account) => github.store.tokensOf(account.login))
    .filter(
      (token) => token.resourceOwner === login && !token.revoked && waitsForApproval({ owner: organization }, token),
    );
  if (request.method === 'POST') {
    for (const { id } of waiting) github.store.authorizeToken(id, login);
    return seeOther(url.pathname, `orgs/${login}/settings/personal-access-token-requests`);
  }
  return pageResponse(
    url.pathname,
    `Pending requests of ${login}`,
    waiting.length === 0
      ? html`<p class="note">No fine-grained token waits for approval.</p>`
      : html`<ul>
            ${waiting.map((token) => html`<li>${token.note || 'Without a note'} of ${token.account}</li>`)}
          </ul>
          <form method="post"><button class="go" type="submit">Approve</button></form>`,
  );
};

/** Single sign-on of an organization: one button lets a token in. Addressed by the API's refusal, or from the list. */
export const ssoPage = (github: GitHub, request: Request, login: string): Response => {
  const url = new URL(request.url);
  const organization = github.catalogue.organizations.find((one) => one.login === login && one.sso);
  const key = url.searchParams.get('authorization_request');
  const asked = key === null ? undefined : github.store.ssoRequest(key, github.now().getTime());
  const id = asked?.organization === login ? asked.token : Number(url.searchParams.get('token') ?? Number.NaN);
  const token = Number.isInteger(id) ? github.store.token(id) : undefined;
  if (organization === undefined) return notFoundPage(url.pathname);
  if (token === undefined) {
    return pageResponse(
      url.pathname,
      `Single sign-on to ${login}`,
      html`<p class="note">This address is no longer valid.</p>`,
      404,
    );
  }
  if (request.method === 'GET') {
    return pageResponse(
      url.pathname,
      `Single sign-on to ${login}`,
      html`<p>
          The token “${token.note || 'without a note'}” of <strong>${token.account}</strong> asks for access to
          ${login}.
        </p>
        <form method="post"><button class="go" type="submit">Authorize</button></form>`,
    );
  }
  const account = github.catalogue.account(token.account);
  if (account === undefined || !organization.members.includes(account.login)) {
    return pageResponse(
      url.pathname,
      `Single sign-on to ${login}`,
      html`<p class="note">${token.account} is not a member of ${login}.</p>`,
      403,
    );
  }
  github.store.authorizeToken(token.id, login);
  return pageResponse(
    url.pathname,
    `Single sign-on to ${login}`,
    html`<p class="note">The token is authorized for ${login}.</p>
      <p>
        <a href="${relative(url.pathname, `settings/tokens?account=${token.account}`)}"
          >All tokens of ${token.account}</a
        >
      </p>`,
  );
};
