// cspell:ignore approv gitbutler gitbutlerapp mislav dugite aquasecurity
import type { ProviderError } from '../../domain/errors';
import { retryAtOf, type Found, type Refusal } from '../refusals';

/** Whom GitHub turns away whatever they ask for: too often, the account, the token, a policy of its organization. See `refusals.ts`, which puts them in order. */
export const refusalsOfAccounts: readonly Refusal[] = [
  // How often.
  {
    status: 429,
    means: (_, { headers }) => rateLimit(headers),
    text: 'Too many requests',
    source: 'docs "Rate limits for the REST API"',
  },
  {
    status: 403,
    header: { name: 'x-ratelimit-remaining', is: /^0$/, example: '0' },
    means: (_, { headers }) => rateLimit(headers),
    text: 'API rate limit exceeded for user ID 1.',
    source: 'docs "Rate limits for the REST API"',
  },
  {
    status: 403,
    says: /rate limit|abuse detection|login attempts? exceeded/i,
    means: (_, { headers }) => rateLimit(headers),
    text: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    source: 'docs "Rate limits for the REST API"; of logins: PyGithub/PyGithub, ReplayData of its tests',
  },
  {
    status: [403, 422],
    says: /submitted too quickly/i,
    // Many pull requests or branches in a short time.
    means: (_, { headers }) => rateLimit(headers),
    text: 'Validation Failed\nwas submitted too quickly',
    source: 'Azure/azure-sdk-tools#7226; cli/cli#4801',
  },
  // Who asks.
  {
    status: [403, 404],
    header: {
      name: 'x-github-sso',
      is: /^required/,
      example: 'required; url=https://github.com/orgs/acme/sso?authorization_request=A1',
    },
    means: (_, { headers }) => singleSignOn(headers.get('x-github-sso') ?? ''),
    text: 'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.',
    source: 'docs "Authenticating to the REST API"',
  },
  {
    status: 403,
    says: /account (?:was|is|has been)(?: currently| temporarily)? (?:suspended|locked|flagged|disabled)|verify your e-?mail|verified e-?mail|e-?mail[^\n]{0,30} verified|two-factor|\b2FA\b|accept[^\n]{0,40} terms of (?:service|use)/i,
    // Each of these is solved by signing in with a browser, or by GitHub's support.
    means: (_, { said }) => ({ code: 'ACCOUNT_BLOCKED', ...said }),
    text: 'At least one email address must be verified to do that.',
    source:
      'utterance/utterances#534; of a suspended account, assumption: git says "Your account is suspended." (github/site-policy#1258) and "is disabled" (desktop/dugite#264)',
  },
  {
    status: [401, 403],
    says: /\btoken (?:has |is )?expired/i,
    means: { code: 'AUTH_EXPIRED' },
    text: 'The token has expired.',
    source: 'assumption: today an expired token is told as any other, “Bad credentials”',
  },
  {
    status: 401,
    means: { code: 'AUTH_INVALID' },
    text: 'Bad credentials',
    source: 'docs "Troubleshooting the REST API"',
  },
  {
    status: 403,
    at: 'account',
    says: /not accessible by integration/i,
    // A token of an app is no person's, so it may not request its account.
    means: { code: 'BOT_TOKEN' },
    text: 'Resource not accessible by integration',
    source: 'actions/create-github-app-token#258',
  },
  // A policy of an organization or an enterprise.
  {
    status: 403,
    says: /lifetime (?:is (?:greater|longer) than|of(?: at most| no more than)?) (?:(\d{1,5}) days?)?|forbids access[^\n]{0,100} (?:does not expire|never expires|without an expiration)/i,
    means: ([, days], found) => ({
      code: 'TOKEN_LIFETIME_TOO_LONG',
      ...(days === undefined ? {} : { days: Number(days) }),
      ...organizationIn(found),
      ...found.link,
    }),
    text: "The 'acme' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 366 days. Please adjust your token's lifetime at the following URL: https://github.com/settings/personal-access-tokens/4711",
    source: 'NixOS/org#247; of one that never expires: assumption',
  },
  {
    status: 403,
    says: /(?:forbids|restricts|prohibits|not allow|n't allow)(?: access via)?(?: a)? personal access tokens? \(classic\)|tokens? \(classic\)[^\n]{0,40} not (?:allowed|permitted)/i,
    means: (_, found) => kindRefused('classic', found),
    text: '`acme` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal access token with fine-grained permissions.',
    source: 'git-town/git-town#4609',
  },
  {
    status: 403,
    says: /(?:forbids|restricts|prohibits|not allow|n't allow)(?: access via)?(?: a)? (?:personal access tokens? with fine-grained|fine-grained)|fine-grained[^\n]{0,60} not (?:allowed|permitted)/i,
    means: (_, found) => kindRefused('fine-grained', found),
    text: '`acme` forbids access via a personal access token with fine-grained permissions. Please use a GitHub App, OAuth App, or a personal access token (classic).',
    source: 'mislav/hub#3363',
  },
  {
    status: 403,
    says: /(?:forbids|restricts|prohibits|not allow|n't allow)(?: access via)?(?: a)? personal access tokens?/i,
    means: (_, found) => ({ code: 'TOKEN_KIND_REFUSED', refused: 'all', ...organizationIn(found), ...found.link }),
    text: "The 'acme' enterprise forbids access via personal access tokens.",
    source: 'assumption: worded as the two above',
  },
  {
    status: 403,
    says: /OAuth App access restrictions/i,
    // A token of an OAuth App, such as the GitHub CLI's own, is no personal access token.
    means: (_, found) => ({ code: 'TOKEN_KIND_REFUSED', ...organizationIn(found), ...found.said }),
    text: 'Although you appear to have the correct authorization credentials, the `acme` organization has enabled OAuth App access restrictions, meaning that data access to third-parties is limited.',
    source: 'gitbutlerapp/gitbutler#2780',
  },
  {
    status: 403,
    says: /(?:waiting|pending|awaiting|requires?|needs?)[^\n]{0,60} approv|not (?:yet )?(?:been )?approved/i,
    means: (_, found) => ({ code: 'TOKEN_WAITS_FOR_APPROVAL', ...organizationIn(found), ...found.link }),
    text: "The 'acme' organization requires approval of fine-grained personal access tokens.",
    source: 'assumption: docs "Managing requests for personal access tokens" say that it waits, not what is answered',
  },
  {
    status: 403,
    says: /IP allow list|IP address[^\n]{0,60} not (?:permitted|allowed|on the allow)/i,
    means: (_, found) => ({ code: 'IP_BLOCKED', ...organizationIn(found) }),
    text: 'Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.',
    source: 'aquasecurity/trivy#10567; with the address: microsoft/PullRequestQuantifier#118',
  },
  {
    status: [403, 404],
    says: /SAML|single sign-on/i,
    means: (_, found) => ({ code: 'SSO_REQUIRED', ...organizationIn(found), ...found.link }),
    text: 'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.',
    source: 'docs "Authenticating to the REST API"',
  },
];

/** Docs "Rate limits": `retry-after` first, else the reset where nothing remains, else at least one minute. */
function rateLimit(headers: Headers): ProviderError {
  const counts = headers.get('retry-after') !== null || headers.get('x-ratelimit-remaining') === '0';
  const { retryAt } = counts ? retryAtOf(headers) : {};
  return { code: 'RATE_LIMITED', retryAt: retryAt ?? new Date(Date.now() + 60_000).toISOString() };
}

/** `required; url=https://github.com/orgs/ORG/sso?authorization_request=…` (docs "Authenticating to the REST API"). */
function singleSignOn(header: string): ProviderError {
  const url = /url=(https:\/\/[^\s;]{1,1000})/.exec(header)?.[1];
  const organization = /\/orgs\/([^/\s]{1,100})\//.exec(url ?? '')?.[1];
  return {
    code: 'SSO_REQUIRED',
    ...(url === undefined ? {} : { url }),
    ...(organization === undefined ? {} : { organization }),
  };
}

/** Where GitHub names no other kind of token to use instead, none is left. */
function kindRefused(kind: 'classic' | 'fine-grained', found: Found): ProviderError {
  const instead = /please use ([^\n]{1,300})/i.exec(found.text)?.[1];
  const refused = instead !== undefined && !/token/i.test(instead) ? 'all' : kind;
  return { code: 'TOKEN_KIND_REFUSED', refused, ...organizationIn(found), ...found.link };
}

/** `The 'acme' organization forbids …`, `` `acme` forbids … ``, `the "acme" enterprise …`, `the acme organization …`. */
function organizationIn({ text }: Found): { organization?: string } {
  const [, quoted, plain] =
    /[`'"]([\w.-]{1,100})[`'"] (?:organization|enterprise|forbids|requires)|\bthe ([\w.-]{1,100}) (?:organization|enterprise) (?:has|forbids|requires)/i.exec(
      text,
    ) ?? [];
  const organization = quoted ?? plain;
  return organization === undefined ? {} : { organization };
}
