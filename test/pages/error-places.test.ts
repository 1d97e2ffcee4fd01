import en from '../../locales/en-US.json';
import type { PageError } from '../../src/contract/errors';
import { errors, type ErrorCode } from '../../src/domain/errors';
import { errorButtons, type ErrorWays } from '../../static/shared/error-buttons';
import { errorText } from '../../static/shared/error-text';
import { createText } from '../../static/shared/text';

const text = createText(en, { locale: 'en-US', timeZone: 'Europe/Berlin' });
const codes = Object.keys(errors) as ErrorCode[];
function nothing() {}

/** Every place that shows an error about a stored credential, and its possible actions. */
const places: Readonly<Record<string, ErrorWays>> = {
  panel: { onTryAgain: nothing, onToken: nothing, mayManage: true },
  'repository picker': { onTryAgain: nothing, onToken: nothing, mayManage: true },
  'branch picker': { onTryAgain: nothing, onToken: nothing, mayManage: true },
  'people picker': { onTryAgain: nothing, onToken: nothing, mayManage: true },
  'create dialog': { onTryAgain: nothing, onToken: nothing, mayManage: true, look: 'https://github.com/acme/web' },
  'delete dialog': { onTryAgain: nothing, onToken: nothing, mayManage: true, look: 'https://github.com/acme/web' },
  'default in the settings': { onTryAgain: nothing, onToken: nothing },
};

/** An error as a service reports it: with an address if its row can have one. */
const asked = (code: ErrorCode, more: object = {}): PageError =>
  ({ code, params: { service: 'GitHub', integration: 'acme-github' }, ...more }) as PageError;

function shown(error: PageError, ways: ErrorWays) {
  const told = errorText(error, text);
  return { ...told, buttons: errorButtons(error, told, text, ways).map(({ label }) => label) };
}

/** The expected first button, by the row of the code. */
const mends = {
  'set-up-token': /^Set up your /,
  'replace-token': /^Replace /,
  'try-again': /^(Try again|Open on )/,
  'open-url': /^(Authorize on |Open on |Open the |Try again)/,
  'open-existing': /^Open the /,
  'manage-repositories': /^Manage Git repositories$/,
} as const;

const url = 'https://github.com/settings';
const table = codes.flatMap((code) => Object.keys(places).map((place) => [code, place] as const));

describe('an error', () => {
  it.each(codes)('%s has one title, one reason, one next step and one first button wherever it is shown', (code) => {
    const everywhere = Object.entries(places).map(([place, { look: _, ...ways }]) => {
      const { title, why, next, buttons } = shown(asked(code, { url }), ways);
      const isManaged = errors[code].action === 'manage-repositories' && place.startsWith('default');
      return JSON.stringify({ title, why, next, first: isManaged ? 'Manage Git repositories' : buttons[0] });
    });
    expect(new Set(everywhere).size).toBe(1);
  });

  it.each(table)('%s in the %s has the button that mends it, or none', (code, place) => {
    const { action, buttons } = shown(asked(code, { url }), places[place] ?? {});
    expect(new Set(buttons).size).toBe(buttons.length);
    if (action === 'none') expect(buttons).toEqual([]);
    else if (action !== 'manage-repositories' || places[place]?.mayManage) expect(buttons[0]).toMatch(mends[action]);
  });

  it.each(codes)('%s offers another try only where that can help', (code) => {
    const { action, mendedBy } = { action: 'none', ...errors[code] };
    const { buttons } = shown(asked(code), { onTryAgain: nothing, onToken: nothing, mayManage: true });
    if (action === 'none' || /token/.test(action)) expect(buttons).not.toContain('Try again');
    if (buttons.includes('Try again'))
      // After somebody solved it elsewhere, or it passed.
      expect(mendedBy.includes('time') || /again/i.test(errorText(asked(code), text).next)).toBe(true);
  });

  it('with an unknown outcome leads to a place that shows it, before it is tried again', () => {
    const unsure = codes.filter((code) => errors[code].outcome === 'unknown' && errors[code].action === 'try-again');
    expect(unsure.length).toBeGreaterThan(4);
    for (const code of unsure) {
      const { buttons } = shown(asked(code), places['create dialog'] ?? {});
      expect([code, buttons]).toEqual([code, ['Open on GitHub', 'Try again']]);
      const status = code === 'NOT_AN_API_ANSWER' ? {} : { status: 502 };
      const reading = { params: { service: 'GitHub', reading: true, ...status } };
      expect(shown(asked(code, reading), places['create dialog'] ?? {}).buttons).toEqual(['Try again']);
    }
  });

  it('is final where a page refused for good: neither a look nor another try helps', () => {
    const refused = asked('NOT_AN_API_ANSWER', { params: { service: 'GitHub', status: 403 } });
    expect(shown(refused, places['create dialog'] ?? {}).buttons).toEqual([]);
  });

  it.each(['UNREACHABLE', 'TIMEOUT'] as const)('%s of an address that was just typed names the host', (code) => {
    const instead = { typed: 'true', host: 'nowhere.acme.example' };
    const told = errorText(asked(code), text, { situation: 'new-token', instead });
    expect(told.title).toContain('nowhere.acme.example');
    expect(told.next).toMatch(/^Check the address/);
    expect(told.why).not.toContain('saved');
  });

  it('UNREACHABLE of a server of their own names the usual causes', () => {
    const told = errorText(asked('UNREACHABLE', { params: { ownServer: true } }), text, { situation: 'own-token' });
    expect(told.why).toMatch(/closed to the internet.*certificate/);
    expect(told.next).toContain('ask the people who run');
  });

  it('offers an admin page only to people who have one', () => {
    const { buttons } = shown(asked('INTEGRATION_CREDENTIAL_REJECTED'), { onTryAgain: nothing });
    expect(buttons).toEqual([]);
  });
});
