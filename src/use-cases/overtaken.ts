import { createHash } from 'node:crypto';
import type { PageError } from '../contract/errors';
import { changesBetween, type Activity, type ActivityAction, type Change } from '../domain/activity';
import type { Integration } from '../domain/integration';
import { namesOf } from '../jira/people';
import { pageOfActivity } from '../store/activity';
import { refuse } from './page-error';

type Options = Pick<Integration, 'name' | 'owners' | 'projects'> & {
  seenWithoutToken: NonNullable<Integration['seenWithoutToken']> | 'usual';
};

/** The fields that an admin edits beside *Require User PAT*. */
export function optionsOf({ name, owners, projects, seenWithoutToken }: Integration): Options {
  return { name, owners, projects, seenWithoutToken: seenWithoutToken ?? 'usual' };
}

/** The fields of an edit form. */
function shown({ requireUserPat, account, ...integration }: Integration) {
  return { ...optionsOf({ requireUserPat, account, ...integration }), requireUserPat, account };
}

/** The changes, as the activity names them. The credential has no values, so it counts by whose it is. */
export function changesOf(before: Integration, after: Integration): Change[] {
  const changes = changesBetween(shown(before), shown(after));
  const isReplaced = before.credentialId !== after.credentialId && before.account === after.account;
  return isReplaced ? [...changes, { field: 'credential', from: before.account, to: after.account }] : changes;
}

/** The decisions of an admin who adds an integration. The name is the entry's own. */
export function decisionsOf(added: Integration): Change[] {
  const { requireUserPat, seenWithoutToken, projects, owners, account } = shown(added);
  return changesBetween(
    {},
    {
      requireUserPat,
      ...(seenWithoutToken !== 'usual' && { seenWithoutToken }),
      projects,
      ...(owners !== 'all' && { owners }),
      account,
    },
  );
}

/** The name of an update in the activity: its most important change. */
export function actionOf(before: Integration, after: Integration): ActivityAction {
  if (before.requireUserPat === after.requireUserPat) return 'update-integration';
  return after.requireUserPat ? 'require-tokens' : 'stop-requiring-tokens';
}

/** A digest of an edit form's fields: the same text as long as nobody changes any of it. */
export function revisionOf(integration: Integration): string {
  const text = JSON.stringify({ ...shown(integration), credentialId: integration.credentialId });
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** How many of the newest entries of the activity are looked through for who it was. */
const LOOKED_THROUGH = 100;

/** Refuses an edit that another admin has overtaken, with the name of that admin as far as the activity has it. */
export async function refuseOvertaken({ id, name }: Integration): Promise<{ ok: false; error: PageError }> {
  const who = await whoChanged(({ integration, changes }) => integration?.id === id && changes !== undefined);
  return refuse('INTEGRATION_CHANGED', { integration: name, who });
}

/** The same for rules, of the site or of an integration; nothing where nobody has changed them. */
export async function refusalOfOvertaken(
  changed: readonly Change[],
  integrationId?: string,
): Promise<{ ok: false; error: PageError } | undefined> {
  if (changed.length === 0) return undefined;
  const fields = changed.map(({ field }) => field);
  const who = await whoChanged(
    ({ integration, changes = [] }) =>
      integration?.id === integrationId && changes.some(({ field }) => fields.includes(field)),
  );
  return refuse('SETTINGS_CHANGED', { who });
}

async function whoChanged(isIt: (activity: Activity) => boolean): Promise<string | undefined> {
  const { entries } = await pageOfActivity({}, undefined, LOOKED_THROUGH);
  const { accountId } = entries.find(isIt) ?? {};
  return accountId === undefined ? undefined : (await namesOf([accountId])).get(accountId);
}
