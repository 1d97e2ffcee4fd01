import type { CodeCommitUser } from '../../world/codecommit.ts';
import type { Caller } from './context.ts';

export type Statement = CodeCommitUser['policy'][number];

/** An action that a caller requests, and its resource. */
export type Wish = { action: string; repository: string | undefined; reference: string | undefined };

/** `*` matches anything, slashes too. */
const fits = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    's',
  ).test(text);

export type Decision = { kind: 'allowed' | 'not-allowed' } | { kind: 'denied'; by: Statement };

/** How IAM decides. Source: IAM user guide, "Policy evaluation logic": a deny beats every allow, and no statement is a deny. */
export function decide(caller: Caller, wish: Wish): Decision {
  if (caller.policy === 'everything') return { kind: 'allowed' };
  const about = caller.policy.filter(
    ({ actions, repositories, references }) =>
      actions.some((action) => fits(action, wish.action)) &&
      (wish.repository === undefined
        ? repositories.includes('*')
        : repositories.some((name) => fits(name, wish.repository ?? ''))) &&
      (references === undefined ||
        (wish.reference !== undefined && references.some((name) => fits(name, wish.reference ?? '')))),
  );
  const by = about.find(({ effect }) => effect === 'deny');
  if (by !== undefined) return { kind: 'denied', by };
  return { kind: about.length > 0 ? 'allowed' : 'not-allowed' };
}
