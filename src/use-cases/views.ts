import type { AttributionView, Card, IntegrationView, ManagedIntegrationView, TokenView } from '../contract/views';
import { attribution } from '../domain/attribution';
import { rulesFor, serviceOf, type Integration } from '../domain/integration';
import { tokenHealth } from '../domain/token';
import type { Service } from '../domain/service';
import { linksOf } from '../providers/links';
import type { SavedToken } from '../store/tokens';
import type { Standing } from '../domain/token-rules';
import { questionOf, type OpenIntegration } from './open';
import { revisionOf } from './overtaken';
import { standing } from './token-rules';

/** How a token made for the app is called on the service's page. */
export const TOKEN_NOTE = 'Undersigned for Jira';

/** A saved token as its person may see it: everything but the token. */
export function tokenView(token: SavedToken, service: Service, against?: Standing): TokenView {
  const { login, expiresAt, savedAt, lastUsedAt, rejectedAt, scopes, missingScopes, renewingSince } = token;
  return {
    ...(isRenewable(token, service) && { renewable: true }),
    ...(renewingSince !== undefined && { renewalUnfinished: true }),
    login,
    expiresAt,
    savedAt,
    missingScopes,
    health: tokenHealth({ expiresAt, rejected: rejectedAt !== undefined }, Date.now()),
    ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
    ...(scopes === undefined ? {} : { scopes }),
    ...(against && { against }),
  };
}

/** Whether the service can replace it: it works, it may do so, and nobody has begun to. */
export function isRenewable({ expiresAt, rejectedAt, scopes, renewingSince }: SavedToken, service: Service): boolean {
  const health = tokenHealth({ expiresAt, rejected: rejectedAt !== undefined }, Date.now());
  const works = health === 'good' || health === 'ending-soon';
  return works && renewingSince === undefined && linksOf(service).renewsTokens?.(service, scopes) === true;
}

/** The actor of this person there, and why. */
export function attributionView(opened: OpenIntegration): AttributionView {
  const { integration, required, token, removed } = opened;
  return {
    state: attribution(questionOf(opened)),
    required,
    integrationAccount: integration.account,
    ...(token === undefined ? {} : { token: tokenView(token, opened.service, standing(opened)) }),
    ...(removed === undefined ? {} : { removed }),
  };
}

/** A card with the addresses its branch can be opened at. */
export function cardView(service: Service, card: Card): Card {
  const links = linksOf(service);
  const withHelper = links.cloneWithHelper?.(service, card.repository);
  const webEditor = links.webEditor?.(service, card.repository, card.branch);
  const clone = links.clone(service, card.repository);
  return { ...card, places: { clone, ...(withHelper && { withHelper }), ...(webEditor && { webEditor }) } };
}

/** An integration as a person sees it. */
export function integrationView(opened: OpenIntegration): IntegrationView {
  const { integration, settings } = opened;
  const { disabled } = integration;
  const tokenRules = rulesFor(settings, integration);
  return {
    ...common(integration),
    attribution: attributionView(opened),
    ...(disabled && { disabled }),
    ...(tokenRules && { tokenRules }),
  };
}

/** An integration as a Jira admin sees it. `found`: what storage knows beside the record. */
export function managedIntegrationView(
  integration: Integration,
  found: { hasCredential: boolean; isRefused: boolean; peopleWithTokens: number; morePeople: boolean },
): ManagedIntegrationView {
  const { address, requireUserPat, seenWithoutToken, projects, owners, account, expiresAt, disabled, disconnecting } =
    integration;
  const { tokenRules } = integration;
  return {
    ...common(integration),
    address,
    requireUserPat,
    ...(seenWithoutToken !== undefined && { seenWithoutToken }),
    projects,
    owners,
    account,
    ...((expiresAt !== undefined || found.isRefused) && {
      expiry: {
        expiresAt: expiresAt ?? 'unknown',
        health: tokenHealth({ expiresAt: expiresAt ?? 'unknown', rejected: found.isRefused }, Date.now()),
      },
    }),
    ...(tokenRules && { tokenRules }),
    revision: revisionOf(integration),
    status: disconnecting
      ? 'disconnecting'
      : disabled
        ? 'disabled'
        : found.hasCredential
          ? 'connected'
          : 'credential-missing',
    peopleWithTokens: found.peopleWithTokens,
    morePeople: found.morePeople,
  };
}

function common(integration: Integration): Omit<IntegrationView, 'attribution'> {
  const { id, name, edition } = integration;
  const service = serviceOf(integration);
  const links = linksOf(service);
  const otherTokenUrl = links.otherToken?.(service);
  return {
    id,
    name,
    provider: service.edition.provider,
    edition,
    serviceName: service.edition.name,
    host: service.place,
    capabilities: service.edition.capabilities,
    newTokenUrl: links.newToken(service, TOKEN_NOTE),
    ...(service.version === undefined ? {} : { version: service.version }),
    ...(otherTokenUrl === undefined ? {} : { otherTokenUrl }),
  };
}
