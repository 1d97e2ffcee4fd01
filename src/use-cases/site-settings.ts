import type { PageError } from '../contract/errors';
import type { SiteSettingsView } from '../contract/views';
import { templateProblem, type BranchNameRule } from '../domain/branch-template';
import { requiresToken, type SiteSettings } from '../domain/integration';
import { ok, type Result } from '../domain/result';
import { listIntegrations, removeReadyCredential } from '../store/integrations';
import { readSettings, writeSettings } from '../store/settings';
import { note } from './note';
import { openAdmin, type Person } from './open';
import { refuse } from './page-error';
import { pushReadyCredentials } from './ready-credentials';

/** Changes the switches of the site; how branches are named stays. */
export async function saveSiteSettings(
  person: Person,
  settings: SiteSettingsView,
): Promise<Result<{ settings: SiteSettingsView }, PageError>> {
  const [allowed, stored, integrations] = await Promise.all([openAdmin(), readSettings(), listIntegrations()]);
  if (!allowed.ok) return allowed;
  const required = integrations.filter((integration) => requiresToken(settings, integration));
  await Promise.all([
    writeSettings({ ...stored, ...settings }),
    ...required.map(({ id }) => removeReadyCredential(id)),
    pushReadyCredentials(),
    note(person, 'save-site-settings'),
  ]);
  return ok({ settings });
}

/** Changes how branches are named; a template that could give a name git or Jira cannot use is refused with the reason. */
export async function saveBranchNameRule(
  person: Person,
  rule: BranchNameRule,
): Promise<Result<{ branchName: BranchNameRule }, PageError>> {
  const [allowed, stored] = await Promise.all([openAdmin(), readSettings()]);
  if (!allowed.ok) return allowed;
  const reason = templateProblem(rule);
  if (reason !== undefined) return refuse('BRANCH_TEMPLATE_INVALID', { reason });
  await Promise.all([writeSettings({ ...stored, branchName: rule }), note(person, 'save-site-settings')]);
  return ok({ branchName: rule });
}

/** The switches alone, as the page shows them. */
export function switches({ requireUserPat, branchActions, pullRequestActions }: SiteSettings): SiteSettingsView {
  return { requireUserPat, branchActions, pullRequestActions };
}
