import type { Tap } from '../support/in-process';
import { tokens } from '../support/github-tokens';
import type { Stage } from '../support/stage';

export const people = {
  ada: '712020:ada00000-0000-4000-8000-000000000001',
  alice: '712020:a11ce000-0000-4000-8000-000000000002',
  bob: '712020:b0b00000-0000-4000-8000-000000000003',
} as const;

type More = { as?: string; tap?: Tap; context?: Record<string, unknown> };

/** The app in this process with one site, for all tests of a file; each connects integrations with names of its own. */
export type Office = {
  stage: Stage;
  /** A new integration with acme's repositories; `saved`: alice has a token there. */
  connect(options?: { requireUserPat?: boolean; projects?: string[]; saved?: boolean }): Promise<string>;
  /** An integration that no service stands behind, as storage holds it. */
  pretend(edition: string, address: string, more?: object): Promise<string>;
  onIssue(call: string, payload?: object, more?: More): Promise<any>;
  inSettings(call: string, payload?: object, more?: More): Promise<any>;
  asAdmin(call: string, payload?: object, more?: More): Promise<any>;
  /** What was noted last, newest first. */
  noted(filter?: object): Promise<any[]>;
  /** A record in the store. */
  stored(key: string): any;
  put(key: string, value: unknown): void;
  close(): Promise<void>;
};

export const site = 'acme';
export const everythingOn = { requireUserPat: false, branchActions: true, pullRequestActions: true };
export const token = (value: string) => ({ kind: 'token', token: value });

/** Answers of the service alone: a status for each request. */
export const serviceAnswers = (status: number, body?: string): Tap => {
  return ({ to }) =>
    to === 'service' ? { kind: 'answer', status, ...(body === undefined ? {} : { body }) } : undefined;
};

export async function openOffice(now: () => Date = () => new Date()): Promise<Office> {
  // Loaded when a test needs it: under mutation most files are loaded for none of their tests.
  const { openStage } = await import('../support/stage');
  const stage = await openStage({ load: () => import('../../src'), sites: [site], now });
  const { app } = stage;
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
  return {
    stage,
    connect: async ({ requireUserPat = false, projects, saved = false } = {}) => {
      const id = await stage.connect(site, { name: `one ${(made += 1)}`, requireUserPat, projects: projects ?? 'all' });
      if (saved) await stage.saveToken(site, 'alice', id, tokens.aliceEndless);
      return id;
    },
    pretend: async (edition, address, more = {}) => {
      const id = `pretended-${(made += 1)}`;
      const record = { edition, address, name: id, owners: ['acme'], requireUserPat: false, projects: 'all' };
      put(`integration:${id}`, { id, ...record, account: 'acme-bot', credentialId: 'c', ...more });
      return id;
    },
    onIssue: invoke('issue-context', 'alice', { issueKey: 'DEMO-1' }),
    inSettings: invoke('user-settings', 'alice', {}),
    asAdmin,
    noted: async (filter = {}) => (await asAdmin('list-activity', filter)).value.entries,
    stored: (key) => JSON.parse(app.entries.get(site, 'value', key)?.json ?? 'null'),
    put,
    close: () => stage.close(),
  };
}
