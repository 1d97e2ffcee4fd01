import { isDayOfPerson, type TokenExpiry, type TokenKind } from './token';

/** An admin's rules for people's tokens. An absent rule is not in force. */
export type TokenRules = {
  /**
   * Longest life in whole days, from when the token was saved here: no service says when it was made. A token that never expires at the
   * service may be used for so many days.
   */
  maxDays?: number | undefined;
  mustEnd?: boolean | undefined;
  /** No classic tokens, where the edition has fine-grained ones. */
  fineGrainedOnly?: boolean | undefined;
  /** Scopes as the service names them; judged where the service says a token's scopes. */
  scopesAtLeast?: readonly string[] | undefined;
  scopesAtMost?: readonly string[] | undefined;
  /** Where a rule needs the end and the service does not say it: no token at all, or the day that the person enters. */
  untoldEnd: 'refuse' | 'ask';
  /** Days that tokens saved before have from the day of the rules on. */
  graceDays: number;
};

/** Rules with the instant they hold from, as ISO. */
export type TokenRulesInForce = TokenRules & { since: string };

/**
 * The rule that a token breaks. `end-missing`: neither the service nor its owner has said when it expires. `never-ends`: an end is required,
 * and no token of this service has one. `too-old`: a token that never expires was used for as long as is allowed.
 */
export type RuleBreak =
  | 'no-end'
  | 'never-ends'
  | 'too-long'
  | 'too-old'
  | 'end-untold'
  | 'end-missing'
  | 'classic'
  | 'scopes-lacking'
  | 'scopes-beyond';

/** What rules have to know of an edition: whether it has fine-grained tokens beside classic ones, and whether nothing expires there. */
export type RuledEdition = { hasFineGrained: boolean; neverEnds: boolean };

/** The facts that rules judge: as the service says them, or the owner where the service says nothing. */
export type JudgedToken = {
  expiresAt: TokenExpiry;
  savedAt: string;
  kind?: TokenKind | undefined;
  scopes?: readonly string[] | undefined;
};

const DAY_MS = 86_400_000;

/** Everything that speaks against a token whatever its age, in the order a person would mend it. */
export function breaksOf(token: JudgedToken, rules: TokenRules, edition: RuledEdition): RuleBreak[] {
  const { fineGrainedOnly, scopesAtLeast = [], scopesAtMost = [] } = rules;
  const { kind, scopes } = token;
  const found: RuleBreak[] = [];
  if (fineGrainedOnly && edition.hasFineGrained && kind === 'classic') found.push('classic');
  const end = edition.neverEnds ? endlessBreak(rules) : endBreak(token, rules);
  if (end !== undefined) found.push(end);
  if (scopes !== undefined && scopesAtLeast.some((scope) => !scopes.includes(scope))) found.push('scopes-lacking');
  if (scopes !== undefined && scopesAtMost.length > 0 && scopes.some((scope) => !scopesAtMost.includes(scope)))
    found.push('scopes-beyond');
  return found;
}

function endBreak({ expiresAt, savedAt }: JudgedToken, rules: TokenRules): RuleBreak | undefined {
  if (!needsEnd(rules)) return undefined;
  if (expiresAt === 'never') return 'no-end';
  const isUntold = expiresAt === 'unknown' || isDayOfPerson(expiresAt);
  if (isUntold && rules.untoldEnd === 'refuse') return 'end-untold';
  if (expiresAt === 'unknown') return 'end-missing';
  // Whole days: of a day that a person says, its last second in UTC is stored.
  const days = Math.floor((Date.parse(expiresAt) - Date.parse(savedAt)) / DAY_MS);
  return rules.maxDays !== undefined && days > rules.maxDays ? 'too-long' : undefined;
}

/** Where nothing expires only an age can be asked for. */
function endlessBreak({ maxDays, mustEnd }: TokenRules): RuleBreak | undefined {
  return mustEnd && maxDays === undefined ? 'never-ends' : undefined;
}

/** What speaks against a token that is being saved, which gets no grace, at an instant (ms since the epoch). */
export function refusalOf(
  token: JudgedToken,
  rules: TokenRulesInForce | undefined,
  edition: RuledEdition,
  at: number,
): RuleBreak | undefined {
  const found = standingOf(token, rules, edition);
  return found && hasBegun(found, at) ? found.breaks[0] : undefined;
}

/** Whether a token has to have an end that is known. */
export function needsEnd({ maxDays, mustEnd }: TokenRules): boolean {
  return mustEnd === true || maxDays !== undefined;
}

/**
 * The rules that a saved token breaks, from when on, and the end of its grace (ISO instants). `from` may be in the future: a token that never
 * expires may be used for some days.
 */
export type Standing = { breaks: readonly RuleBreak[]; from: string; until: string };

/** How a saved token breaks the rules, now or later; nothing when it never does. */
export function standingOf(
  token: JudgedToken,
  rules: TokenRulesInForce | undefined,
  edition: RuledEdition,
): Standing | undefined {
  if (rules === undefined) return undefined;
  const { since, graceDays, maxDays } = rules;
  const breaks = breaksOf(token, rules, edition);
  if (breaks.length > 0) return { breaks, from: since, until: after(since, graceDays) };
  if (!edition.neverEnds || maxDays === undefined) return undefined;
  const from = after(token.savedAt, maxDays);
  // Those that were saved before the rule have the grace at least.
  const grace = token.savedAt < since ? after(since, graceDays) : from;
  return { breaks: ['too-old'], from, until: from < grace ? grace : from };
}

function after(instant: string, days: number): string {
  return new Date(Date.parse(instant) + days * DAY_MS).toISOString();
}

/** Whether a token breaks rules at an instant (ms since the epoch), admitted or not. */
export function hasBegun(standing: Standing | undefined, at: number): boolean {
  return standing !== undefined && Date.parse(standing.from) <= at;
}

/** Whether a token is admitted no more at an instant (ms since the epoch). */
export function isOver(standing: Standing | undefined, at: number): boolean {
  return standing !== undefined && Date.parse(standing.until) <= at;
}

/** Whether two sets of rules demand the same of a token, whatever the grace. */
export function asksTheSame(one: TokenRules, other: TokenRules): boolean {
  const asked = ({ maxDays, mustEnd, fineGrainedOnly, scopesAtLeast, scopesAtMost, untoldEnd }: TokenRules) =>
    JSON.stringify([maxDays, mustEnd === true, fineGrainedOnly === true, scopesAtLeast, scopesAtMost, untoldEnd]);
  return asked(one) === asked(other);
}
