import type { InProcessForge, JiraRates, Tap } from 'local-forge';
import type { Integration } from '../../src/domain/integration';
import { tokens } from '../../rig/github-tokens';
import type { SmallGitHub } from '../../rig/small-git-hub';
import { forgetPace } from '../support/forget-pace';

export const people = {
  ada: '712020:ada00000-0000-4000-8000-000000000001',
  alice: '712020:a11ce000-0000-4000-8000-000000000002',
  bob: '712020:b0b00000-0000-4000-8000-000000000003',
} as const;

type More = { as?: string; tap?: Tap; context?: Record<string, unknown> };

/** The app in this process with one site, for all tests of a file; each connects integrations with names of its own. */
export type Office = {
  app: InProcessForge;
  gitHub: SmallGitHub;
  /** A new integration with acme's repositories, in a minute in which nobody has called; `saved`: alice has a token there. */
  connect(options?: { requireUserPat?: boolean; projects?: 'all' | string[]; saved?: boolean }): Promise<string>;
  /** A stored integration without a service. */
  pretend(edition: string, address: string, more?: Partial<Integration>): Promise<string>;
  onIssue(call: string, payload?: object, more?: More): Promise<any>;
  inSettings(call: string, payload?: object, more?: More): Promise<any>;
  asAdmin(call: string, payload?: object, more?: More): Promise<any>;
  /** The latest activity records, newest first. */
  noted(filter?: object): Promise<any[]>;
  /** A record in the store. */
  stored(key: string): any;
  put(key: string, value: unknown): void;
  /** Resets the site's settings. */
  usualSettings(): void;
  close(): Promise<void>;
};

export const site = 'acme';
export const everythingOn = {
  requireUserPat: false,
  branchActions: true,
  pullRequestActions: true,
  developmentInfo: true,
  developmentTransitions: false,
  leaverDays: 7,
  reminders: 'issue',
};
export const token = (value: string) => ({ kind: 'token', token: value });

/** Answers only the service's requests: a status for each. */
export function serviceAnswers(status: number, body?: string): Tap {
  return ({ to }) =>
    to === 'service' ? { kind: 'answer', status, ...(body === undefined ? {} : { body }) } : undefined;
}

export async function openOffice(now: () => Date = () => new Date(), jiraRates?: JiraRates): Promise<Office> {
  // Loaded when a test needs it: under mutation most files are loaded for none of their tests.
  const [{ openInProcess }, { siteNamed }, { smallGitHub }] = await Promise.all([
    import('local-forge'),
    import('../../rig/site'),
    import('../../rig/small-git-hub'),
  ]);
  const gitHub = smallGitHub();
  const sites = [siteNamed(site)];
  const app = await openInProcess({
    app: process.cwd(),
    load: () => import('../../src'),
    sites,
    services: [gitHub],
    now,
    ...(jiraRates && { jiraRates }),
  });
  let made = 0;
  const invoke =
    (module: string, usual: string, always: object) =>
    (call: string, payload: object = {}, { as = usual, tap, context }: More = {}) =>
      app.invoke({
        ...{ site, as, module, call, payload: { ...always, ...payload } },
        ...(tap === undefined ? {} : { tap }),
        ...(context === undefined ? {} : { context }),
      });
  const asAdmin = invoke('manage-repositories', 'ada', {});
  const put = (key: string, value: unknown) =>
    void app.entries.set(site, 'value', key, JSON.stringify(value), undefined);
  const inSettings = invoke('user-settings', 'alice', {});
  return {
    app,
    gitHub,
    connect: async ({ requireUserPat = false, projects = 'all', saved = false } = {}) => {
      forgetPace(app, site);
      const options = { name: `one ${(made += 1)}`, owners: ['acme'], requireUserPat, projects };
      const added = await asAdmin('add-integration', {
        edition: 'github.com',
        credential: token(tokens.bot),
        ...options,
      });
      const { id } = added.value.integration;
      if (saved) await inSettings('save-token', { integrationId: id, credential: token(tokens.aliceEndless) });
      return id;
    },
    pretend: async (edition, address, more = {}) => {
      const id = `pretended-${(made += 1)}`;
      const { requireUserPat, disabled, disconnecting, name = id, owners = ['acme'], projects = 'all', ...rest } = more;
      put(`integration:${id}`, { id, edition, address, account: 'acme-bot', credentialId: 'c', ...rest });
      for (const [part, value] of Object.entries({ name, owners, projects })) put(`integration:${id}:${part}`, value);
      for (const [part, on] of Object.entries({ required: requireUserPat, disabled, disconnecting }))
        if (on) put(`integration:${id}:${part}`, true);
      return id;
    },
    onIssue: invoke('issue-context', 'alice', { issueKey: 'DEMO-1' }),
    inSettings,
    asAdmin,
    noted: async (filter = {}) => (await asAdmin('list-activity', filter)).value.entries,
    stored: (key) => JSON.parse(app.entries.get(site, 'value', key)?.json ?? 'null'),
    put,
    usualSettings: () => {
      for (const { key } of app.entries.list(site, 'setting:', undefined, 100)) app.entries.delete(site, 'value', key);
    },
    close: () => app.close(),
  };
}
