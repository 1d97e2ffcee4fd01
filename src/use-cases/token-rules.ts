import type { CheckedPayloadOf } from '../contract/answers';
import type { PageError } from '../contract/errors';
import type { TokenRulesView } from '../contract/views';
import { changesBetween, type Change } from '../domain/activity';
import { rulesFor } from '../domain/integration';
import { ok, type Result } from '../domain/result';
import type { Service } from '../domain/service';
import {
  asksTheSame,
  isOver,
  standingOf,
  type RuledEdition,
  type Standing,
  type TokenRules,
} from '../domain/token-rules';
import { linksOf } from '../providers/links';
import { readIntegration, writeRules } from '../store/integrations';
import { readSettings, writeSiteRules } from '../store/settings';
import type { SavedToken } from '../store/tokens';
import { record } from './record';
import { openAdmin, type OpenIntegration, type Person } from './open';
import { refusalOfOvertaken } from './overtaken';
import { namesOf, refuse } from './page-error';

/** What rules have to know of a service. */
export function ruledEdition(service: Service): RuledEdition {
  return {
    hasFineGrained: linksOf(service).otherToken?.(service) !== undefined,
    neverEnds: service.edition.capabilities.tokensNeverEnd === true,
  };
}

/** How a person's saved token breaks the rules; nothing without a token, or when it does not. */
export function standing({ integration, settings, service, token }: OpenIntegration): Standing | undefined {
  return token && standingOf(token, rulesFor(settings, integration), ruledEdition(service));
}

/** Refuses to act with a token that the rules admit no more. */
export function refusalByRules(opened: OpenIntegration, token: SavedToken): PageError | undefined {
  const found = standing({ ...opened, token });
  return isOver(found, Date.now()) ? ruleError(opened, found?.breaks[0] ?? 'no-end', token) : undefined;
}

/** A rule that a token breaks, for the sentence. */
export function ruleError(
  { integration, settings, service, required }: Omit<OpenIntegration, 'token'>,
  reason: Standing['breaks'][number],
  { login, scopes = [] }: Pick<SavedToken, 'login'> & { scopes?: readonly string[] | undefined },
): PageError {
  const { maxDays, scopesAtLeast = [], scopesAtMost = [] } = rulesFor(settings, integration) ?? {};
  const named =
    reason === 'scopes-lacking'
      ? scopesAtLeast.filter((scope) => !scopes.includes(scope))
      : scopes.filter((scope) => !scopesAtMost.includes(scope));
  const { error } = refuse('TOKEN_AGAINST_RULE', {
    ...namesOf(integration, service),
    login,
    reason,
    ...(['too-long', 'too-old'].includes(reason) && maxDays !== undefined && { days: maxDays }),
    ...(reason.startsWith('scopes') && { scopeNames: named }),
  });
  return { ...error, ...(required ? {} : { mayContinueAsIntegration: true }) };
}

/**
 * Changes the rules for people's tokens: of one integration, or of all that have no rules of their own. `rules: null`: the
 * integration follows the site again, the site has no rules. A form that another admin has overtaken is refused. The grace begins anew only where the rules demand more or something else than before.
 */
export async function saveTokenRules(
  person: Person,
  { integrationId, rules, shown }: CheckedPayloadOf<'manage-repositories', 'save-token-rules'>,
): Promise<Result<{ rules: TokenRulesView | null }, PageError>> {
  const [allowed, settings, integration] = await Promise.all([
    openAdmin(person),
    readSettings(),
    integrationId === undefined ? undefined : readIntegration(integrationId),
  ]);
  if (!allowed.ok) return allowed;
  if (integrationId !== undefined && (integration === undefined || integration.disconnecting))
    return refuse('INTEGRATION_NOT_FOUND');
  const before = integration === undefined ? settings.tokenRules : integration.tokenRules;
  const overtaken =
    shown === undefined ? undefined : await refusalOfOvertaken(ruleChanges(shown, before), integrationId);
  if (overtaken !== undefined) return overtaken;
  const isSame = before !== undefined && rules !== null && asksTheSame(before, rules);
  const stored = rules === null ? undefined : { ...rules, since: isSame ? before.since : new Date().toISOString() };
  const changes = ruleChanges(before, stored);
  await Promise.all([
    integration === undefined ? writeSiteRules(stored) : writeRules(integration.id, stored),
    integration === undefined
      ? record(person, 'save-site-settings', undefined, { changes })
      : record(person, 'update-integration', integration, { changes }),
  ]);
  return ok({ rules: stored ?? null });
}

function ruleChanges(before: TokenRules | null | undefined, after: TokenRules | undefined): Change[] {
  const flat = (rules: TokenRules | null | undefined) => ({
    maxDays: rules?.maxDays ?? '',
    mustEnd: rules?.mustEnd ?? false,
    fineGrainedOnly: rules?.fineGrainedOnly ?? false,
    scopesAtLeast: rules?.scopesAtLeast ?? [],
    scopesAtMost: rules?.scopesAtMost ?? [],
    untoldEnd: rules?.untoldEnd ?? '',
    graceDays: rules?.graceDays ?? '',
  });
  return changesBetween(flat(before), flat(after));
}
