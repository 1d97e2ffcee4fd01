import type { Caller } from './context.ts';

/** What a caller wants to do, to what. */
export type Wish = { action: string; repository: string | undefined; reference: string | undefined };

/** `*` stands for anything, slashes too. */
const fits = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    's',
  ).test(text);

/** How IAM decides. Source: IAM user guide, "Policy evaluation logic": a deny beats every allow, and silence is a deny. */
export const decide = (caller: Caller, wish: Wish): 'allowed' | 'denied' | 'not-allowed' => {
  if (caller.policy === 'everything') return 'allowed';
  const about = caller.policy.filter(
    ({ actions, repositories, references }) =>
      actions.some((action) => fits(action, wish.action)) &&
      (wish.repository === undefined
        ? repositories.includes('*')
        : repositories.some((name) => fits(name, wish.repository ?? ''))) &&
      (references === undefined ||
        (wish.reference !== undefined && references.some((name) => fits(name, wish.reference ?? '')))),
  );
  if (about.some(({ effect }) => effect === 'deny')) return 'denied';
  return about.length > 0 ? 'allowed' : 'not-allowed';
};
