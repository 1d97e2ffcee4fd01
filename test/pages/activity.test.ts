import de from '../../locales/de-DE.json';
import en from '../../locales/en-US.json';
import type { ActivityView, ManagedIntegrationView } from '../../src/contract/views';
import type { ErrorCode } from '../../src/domain/errors';
import { changeLines } from '../../static/manage-repositories/activity-changes';
import { activityRows } from '../../static/manage-repositories/activity-csv';
import { doerOf, reasonOf } from '../../static/manage-repositories/activity-words';
import { createText } from '../../static/shared/text';

const text = createText(en, { locale: 'en-US', timeZone: 'Europe/Berlin' });
const german = createText(de, { locale: 'de-DE', timeZone: 'Europe/Berlin' });
const gitHub = { id: 'one', name: 'acme-github', serviceName: 'GitHub', host: 'github.com', provider: 'github' };
const integrations = [gitHub as ManagedIntegrationView];
const codes = Object.keys(en).flatMap((key) => /^error\.([A-Z_]+)\.title$/.exec(key)?.[1] ?? []) as ErrorCode[];

const entry = (more: Partial<ActivityView> = {}): ActivityView => ({
  id: '1',
  at: '2026-11-30T08:05:06.789Z',
  action: 'create-branch',
  outcome: 'done',
  person: { accountId: 'a', name: 'Alice Developer' },
  integration: { id: 'one', name: 'acme-github' },
  ...more,
});

describe('The reason of a refusal', () => {
  it.each(codes)('is shown in words that address nobody, for %s', (error) => {
    for (const language of [text, german]) {
      for (const actor of ['person', 'integration', undefined] as const) {
        const said = reasonOf(entry({ error, ...(actor && { actor }) }), language, integrations) ?? '';
        expect(said).not.toMatch(/[A-Z]+_[A-Z]+|[{}]|undefined/);
        expect(said).not.toMatch(/\b(your?|you're)\b/i);
        expect(said).not.toMatch(/\b(Ihr|Sie)/);
        expect(said.length).toBeGreaterThan(5);
      }
    }
  });

  it('names its subject, also when the integration is gone', () => {
    const branch = entry({ error: 'BRANCH_EXISTS', branch: 'DEMO-1-a' });
    expect(reasonOf(branch, text, [])).toContain('DEMO-1-a');
    expect(reasonOf(entry({ error: 'OF_LONG_AGO' }), text, integrations)).toBe(en['activity.reason.unknown']);
    expect(reasonOf(entry(), text, integrations)).toBeUndefined();
  });
});

describe('The person of a record', () => {
  it('is the one who acted, unless it is about their token', () => {
    expect(doerOf(entry(), text, integrations)).toEqual({ who: 'Alice Developer' });
    expect(doerOf(entry({ action: 'reject-token' }), text, integrations)).toEqual({
      who: 'GitHub',
      tokenOf: 'Alice Developer',
    });
    expect(doerOf(entry({ action: 'erase-token' }), text, [])).toEqual({ who: 'The app', tokenOf: 'Alice Developer' });
    expect(doerOf(entry({ action: 'reject-token' }), text, [])).toMatchObject({ who: 'The service' });
  });
});

describe('A change of an admin', () => {
  const lines = (field: string, from: string, to: string) => changeLines({ changes: [{ field, from, to }] }, text.t);

  it('is shown from its old value to its new one, and without a *from* where there was none', () => {
    expect(lines('requireUserPat', 'false', 'true')).toEqual(['Require User PAT: off → on']);
    expect(lines('requireUserPat', '', 'true')).toEqual(['Require User PAT: on']);
    expect(lines('projects', 'all', 'OPS')).toEqual(['Projects: all → OPS']);
    expect(lines('owners', 'acme', '')).toEqual([expect.stringContaining('acme → nothing')]);
  });

  it('does not take a name for a word of ours', () => {
    expect(lines('name', 'true', 'all')).toEqual(['Display name: true → all']);
  });
});

describe('The CSV', () => {
  it('has both times with their zone, the reason in words and its code in a column of its own', () => {
    const [head = [], row = []] = activityRows(
      [entry({ error: 'AUTH_INVALID', outcome: 'refused', action: 'reject-token' })],
      text,
      integrations,
    );
    const cell = (name: string) => row[head.indexOf(name)];
    expect(cell('Time (UTC)')).toBe('2026-11-30T08:05:06.789Z');
    expect(cell('Time (Europe/Berlin)')).toBe('2026-11-30 09:05:06');
    expect(cell('Reason')).toBe('GitHub no longer accepts the token');
    expect(cell('Code')).toBe('AUTH_INVALID');
    expect(cell('Person')).toBe('GitHub');
    expect(cell('Token of')).toBe('Alice Developer');
    expect(row).toHaveLength(head.length);
  });
});
