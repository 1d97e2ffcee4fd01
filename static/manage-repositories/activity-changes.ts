import type { ActivityView } from '../../src/contract/views';
import type { MessageKey, Translate } from '../shared/translate';

const fields: Readonly<Record<string, MessageKey>> = {
  name: 'activity.change.name',
  owners: 'activity.change.owners',
  projects: 'activity.change.projects',
  requireUserPat: 'activity.change.requireUserPat',
  seenWithoutToken: 'activity.change.seenWithoutToken',
  account: 'activity.change.account',
  credential: 'activity.change.credential',
  branchActions: 'activity.change.branchActions',
  pullRequestActions: 'activity.change.pullRequestActions',
  developmentInfo: 'activity.change.developmentInfo',
  developmentTransitions: 'activity.change.developmentTransitions',
  template: 'activity.change.template',
  separator: 'activity.change.separator',
  maxBytes: 'activity.change.maxBytes',
  requestTitle: 'activity.change.requestTitle',
  requestTitles: 'activity.change.requestTitles',
  leaverDays: 'activity.change.leaverDays',
  reminders: 'activity.change.reminders',
  maxDays: 'activity.change.maxDays',
  mustEnd: 'activity.change.mustEnd',
  fineGrainedOnly: 'activity.change.fineGrainedOnly',
  scopesAtLeast: 'activity.change.scopesAtLeast',
  scopesAtMost: 'activity.change.scopesAtMost',
  untoldEnd: 'activity.change.untoldEnd',
  graceDays: 'activity.change.graceDays',
};
const onOrOff: Readonly<Record<string, MessageKey>> = { true: 'activity.change.true', false: 'activity.change.false' };
/** Values that are words of ours, by field: a display name may be `true`. */
const values: Readonly<Record<string, Readonly<Record<string, MessageKey>>>> = {
  requireUserPat: onOrOff,
  seenWithoutToken: {
    usual: 'activity.change.seen.usual',
    nothing: 'options.seen.nothing',
    account: 'options.seen.account',
  },
  branchActions: onOrOff,
  pullRequestActions: onOrOff,
  developmentInfo: onOrOff,
  developmentTransitions: onOrOff,
  mustEnd: onOrOff,
  fineGrainedOnly: onOrOff,
  reminders: { issue: 'admin.site.reminders.issue', none: 'admin.site.reminders.none' },
  untoldEnd: { ask: 'rules.untold.ask', refuse: 'rules.untold.refuse' },
  projects: { all: 'activity.change.allProjects' },
  owners: { all: 'activity.change.allOwners' },
};

/** An admin's changes, a line each: `Require User PAT: off → on`, or `Projects: all` where there was nothing before. */
export function changeLines({ changes = [] }: Pick<ActivityView, 'changes'>, t: Translate): string[] {
  const word = (words: typeof fields | undefined, text: string) => {
    const key = words && Object.hasOwn(words, text) ? words[text] : undefined;
    return key === undefined ? text : t(key);
  };
  return changes.map(({ field, from, to }) => {
    const value = (text: string) => (text === '' ? t('activity.change.none') : word(values[field], text));
    const named = { field: word(fields, field), from: value(from), to: value(to) };
    return t(from === '' ? 'activity.set' : 'activity.changed', named);
  });
}
