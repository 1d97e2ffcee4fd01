import type { CheckedPayloadOf } from '../contract/answers';
import type { PageError } from '../contract/errors';
import type { SiteSettingsView } from '../contract/views';
import { changesBetween } from '../domain/activity';
import type { BranchNameRule } from '../domain/branch-name-rule';
import { templateProblem } from '../domain/branch-template';
import { requiresToken, type DailySettings, type Integration, type SiteSettings } from '../domain/integration';
import { titleProblem } from '../domain/request-title';
import { ok, type Result } from '../domain/result';
import { listIntegrations, removeReadyCredential } from '../store/integrations';
import { readAllSettings, readSettings, writeSettings } from '../store/settings';
import { record } from './record';
import { openAdmin, type Person } from './open';
import { refusalOfOvertaken } from './overtaken';
import { refuse } from './page-error';
import { pushWithdrawal } from './report-development';
import { pushReadyCredentials } from './ready-credentials';

/** Changes switches of the site. A switch that is not sent, or does not change, is not written: another admin may be changing it. */
export async function saveSiteSettings(
  person: Person,
  wanted: CheckedPayloadOf<'manage-repositories', 'save-site-settings'>,
): Promise<Result<{ settings: SiteSettingsView }, PageError>> {
  const [allowed, stored, integrations] = await Promise.all([openAdmin(person), readAllSettings(), listIntegrations()]);
  if (!allowed.ok) return allowed;
  const before = switches(...stored);
  const settings = Object.fromEntries(
    Object.entries(before).map(([name, value]) => [name, wanted[name as keyof SiteSettingsView] ?? value]),
  ) as SiteSettingsView;
  const changes = changesBetween(before, settings);
  if (changes.length === 0) return ok({ settings });
  const changed = Object.fromEntries(
    Object.entries(settings).filter(([name, value]) => before[name as keyof SiteSettingsView] !== value),
  );
  const withdrawn = before.developmentInfo && !settings.developmentInfo ? integrations : [];
  const required = integrations.filter((integration) => requiresToken(settings, integration));
  await Promise.all([
    writeSettings(changed),
    ...required.map(({ id }) => removeReadyCredential(id)),
    pushReadyCredentials(),
    ...withdrawn.map(({ id }) => pushWithdrawal(id)),
    record(person, 'save-site-settings', undefined, { changes }),
  ]);
  return ok({ settings });
}

/** Changes how branches and pull requests are called, unless another admin has done so since the form was opened; a template that could give a name git or Jira cannot use is refused with the reason. */
export async function saveBranchNameRule(
  person: Person,
  { shown, requestTitles = {}, ...site }: CheckedPayloadOf<'manage-repositories', 'save-branch-name-rule'>,
): Promise<Result<{ branchName: BranchNameRule }, PageError>> {
  const [allowed, stored, integrations] = await Promise.all([openAdmin(person), readSettings(), listIntegrations()]);
  if (!allowed.ok) return allowed;
  const meanwhile = shown ? changesBetween(named(shown, integrations), named(stored.branchName, integrations)) : [];
  const overtaken = await refusalOfOvertaken(meanwhile);
  if (overtaken !== undefined) return overtaken;
  const patterns = [...(site.requestTitle === undefined ? [] : [site.requestTitle]), ...Object.values(requestTitles)];
  const reason = [templateProblem(site), ...patterns.map(titleProblem)].find((problem) => problem !== undefined);
  if (reason !== undefined) return refuse('BRANCH_TEMPLATE_INVALID', { reason });
  // One that was disconnected meanwhile leaves nothing behind.
  const own = Object.entries(requestTitles).filter(([id]) => integrations.some((integration) => integration.id === id));
  const rule = { ...site, ...(own.length > 0 && { requestTitles: Object.fromEntries(own) }) };
  const changes = changesBetween(named(stored.branchName, integrations), named(rule, integrations));
  await Promise.all([
    writeSettings({ branchName: rule }),
    record(person, 'save-site-settings', undefined, { changes }),
  ]);
  return ok({ branchName: rule });
}

/** The switches alone, as the page shows them. */
export function switches(
  { branchName: _, tokenRules: __, ...settings }: SiteSettings,
  daily: DailySettings,
): SiteSettingsView {
  return { ...settings, ...daily };
}

/** The activity records a pattern that was removed, too, and integrations under their names. */
function named(
  { requestTitle = '', requestTitles = {}, ...rule }: BranchNameRule,
  integrations: readonly Integration[],
) {
  const own = integrations.flatMap(({ id, name }) =>
    requestTitles[id] === undefined ? [] : [`${name}: ${requestTitles[id]}`],
  );
  return { ...rule, requestTitle, requestTitles: own };
}
