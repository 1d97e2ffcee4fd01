import type { ActivityView } from '../../src/contract/views';
import type { MessageKey, Translate } from '../shared/translate';

const fields: Readonly<Record<string, MessageKey>> = {
  name: 'activity.change.name',
  owners: 'activity.change.owners',
  projects: 'activity.change.projects',
  requireUserPat: 'activity.change.requireUserPat',
  account: 'activity.change.account',
  credential: 'activity.change.credential',
  branchActions: 'activity.change.branchActions',
  pullRequestActions: 'activity.change.pullRequestActions',
  template: 'activity.change.template',
  separator: 'activity.change.separator',
  maxBytes: 'activity.change.maxBytes',
};
const values: Readonly<Record<string, MessageKey>> = {
  '': 'activity.change.none',
  true: 'activity.change.true',
  false: 'activity.change.false',
};

/** What an admin changed, a line each: `Require User PAT: off → on`. */
export function changeLines({ changes = [] }: Pick<ActivityView, 'changes'>, t: Translate): string[] {
  const word = (words: typeof fields, text: string) => {
    const key = Object.hasOwn(words, text) ? words[text] : undefined;
    return key === undefined ? text : t(key);
  };
  return changes.map(({ field, from, to }) =>
    t('activity.changed', { field: word(fields, field), from: word(values, from), to: word(values, to) }),
  );
}
