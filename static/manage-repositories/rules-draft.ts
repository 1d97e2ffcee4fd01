import type { TokenRules } from '../../src/domain/token-rules';

/** Rules as they are typed. */
export type RulesDraft = {
  maxDays: string;
  mustEnd: boolean;
  fineGrainedOnly: boolean;
  scopesAtLeast: string;
  scopesAtMost: string;
  untoldEnd: TokenRules['untoldEnd'];
  graceDays: string;
};

const usualGraceDays = 14;

export function draftOf(rules: TokenRules | undefined): RulesDraft {
  return {
    maxDays: rules?.maxDays === undefined ? '' : String(rules.maxDays),
    mustEnd: rules?.mustEnd ?? false,
    fineGrainedOnly: rules?.fineGrainedOnly ?? false,
    scopesAtLeast: rules?.scopesAtLeast?.join(', ') ?? '',
    scopesAtMost: rules?.scopesAtMost?.join(', ') ?? '',
    untoldEnd: rules?.untoldEnd ?? 'ask',
    graceDays: String(rules?.graceDays ?? usualGraceDays),
  };
}

/** The rules that were typed: `null` where there are none, nothing where a number is none. */
export function rulesOf(draft: RulesDraft): TokenRules | null | undefined {
  const [days, grace] = [numberOf(draft.maxDays, 1, 3650), numberOf(draft.graceDays, 0, 365)];
  if ((draft.maxDays.trim() !== '' && days === undefined) || grace === undefined) return undefined;
  const [atLeast, atMost] = [namesIn(draft.scopesAtLeast), namesIn(draft.scopesAtMost)];
  const asked = {
    ...(days !== undefined && { maxDays: days }),
    ...(draft.mustEnd && { mustEnd: true }),
    ...(draft.fineGrainedOnly && { fineGrainedOnly: true }),
    ...(atLeast.length > 0 && { scopesAtLeast: atLeast }),
    ...(atMost.length > 0 && { scopesAtMost: atMost }),
  };
  return Object.keys(asked).length === 0 ? null : { ...asked, untoldEnd: draft.untoldEnd, graceDays: grace };
}

function numberOf(text: string, least: number, most: number): number | undefined {
  const value = /^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}

function namesIn(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter(Boolean))];
}
