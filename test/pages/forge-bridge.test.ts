import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The bridge searches its other side when it is loaded. */
beforeAll(() => {
  Object.assign(globalThis, { __bridge: { callBridge: () => Promise.resolve(undefined) }, window: globalThis });
});

const shim = readFileSync(join(process.cwd(), 'static/shims/forge-bridge.ts'), 'utf8');
const names = [...shim.matchAll(/^export \{ (\w+) \}/gm)].map(([, name = '']) => name);

describe('The part of the bridge that pages are built with', () => {
  it('names its exports', () => {
    expect(names).toEqual([
      'events',
      'requestJira',
      'showFlag',
      'invoke',
      'Modal',
      'permissions',
      'Jira',
      'realtime',
      'router',
      'view',
    ]);
  });

  it.each(names)('has the same %s as the whole package', async (name) => {
    const whole: Record<string, unknown> = await import('@forge/bridge');
    const part: Record<string, unknown> = await import('../../static/shims/forge-bridge');
    expect(part[name]).toBeDefined();
    expect(part[name]).toBe(whole[name]);
  });

  it('normalises locales like the whole of @forge/i18n', async () => {
    const whole = await import('@forge/i18n');
    const part = await import('../../static/shims/forge-i18n');
    expect(part.ensureLocale).toBe(whole.ensureLocale);
  });
});
