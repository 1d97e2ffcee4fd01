import de from '../../locales/de-DE.json';
import en from '../../locales/en-US.json';
import type { TokenView } from '../../src/contract/views';
import { daysUntil, endOfToken, fromNow, longDate } from '../../static/shared/dates';
import { fill, fillParts } from '../../static/shared/message-format';
import { createText } from '../../static/shared/text';
import { tokenSentence } from '../../static/shared/token-sentence';

const berlin = { locale: 'en-US', timeZone: 'Europe/Berlin' };
const now = Date.parse('2027-03-01T12:00:00Z');

describe('a sentence', () => {
  it('gets its placeholders filled, and leaves one without a value as it is written', () => {
    expect(fill('{a} of {b}', { a: 1 })).toBe('1 of {b}');
  });

  it('fills in a name that looks like a placeholder only once', () => {
    expect(fill('Use {name}', { name: '{name}' })).toBe('Use {name}');
    expect(fill('Use {name}', { name: '$& {other}' })).toBe('Use $& {other}');
  });

  it('comes in pieces around things that are not text', () => {
    const bold = { bold: 'alice' };
    expect(fillParts('as {login}, today', { login: bold })).toEqual(['as ', bold, ', today']);
  });

  it('counts as the language does', () => {
    const { t } = createText(en, berlin);
    expect(t('disconnect.tokens', { count: 0 })).toContain('No one');
    expect(t('disconnect.tokens', { count: 1 })).toContain('1 person');
    expect(t('disconnect.tokens', { count: 2 })).toContain('2 people');
    expect(t('disconnect.tokens', { count: 2000 })).toContain('2,000 people');
  });
});

describe('dates', () => {
  afterEach(() => jest.useRealTimers());

  it('are written in the person’s language and calendar', () => {
    expect(longDate('2027-03-12T23:30:00Z', berlin)).toBe('March 13, 2027');
    expect(longDate('2027-03-12T23:30:00Z', { locale: 'de-DE', timeZone: 'America/New_York' })).toBe('12. März 2027');
  });

  it.each(['Europe/Berlin', 'Pacific/Auckland', 'Pacific/Honolulu'])(
    'that a person typed are those days, also in %s',
    (timeZone) => {
      const typed = '2027-03-12T23:59:59.000Z';
      expect(longDate(typed, { locale: 'en-US', timeZone })).toBe('March 12, 2027');
      expect(daysUntil(typed, now, { locale: 'en-US', timeZone })).toBe(timeZone === 'Pacific/Auckland' ? 10 : 11);
    },
  );

  it('that cannot be read are shown as they came', () => {
    expect(longDate('soon', berlin)).toBe('soon');
  });

  it('count days in the person’s calendar, not in hours', () => {
    expect(daysUntil('2027-03-01T23:30:00Z', now, berlin)).toBe(1);
    expect(daysUntil('2027-03-01T20:00:00Z', now, berlin)).toBe(0);
    expect(daysUntil('2027-02-28T20:00:00Z', now, berlin)).toBe(-1);
  });

  it('ahead are shown as a distance, and less than a minute as none', () => {
    expect(fromNow('2027-03-01T12:05:00Z', now, berlin)).toBe('in 5 minutes');
    expect(fromNow('2027-03-01T12:00:30Z', now, berlin)).toBeUndefined();
  });

  it('that have passed are shown in the largest unit, in either language; one that has not passed yet is now', () => {
    jest.useFakeTimers({ now });
    const english = createText(en, berlin);
    const german = createText(de, { locale: 'de-DE', timeZone: 'Europe/Berlin' });
    expect(english.ago('2027-03-01T11:59:30Z')).toBe('just now');
    expect(english.fromNow('2027-03-01T12:00:30Z')).toBe('in a moment');
    expect(english.ago('2027-03-01T12:01:30Z')).toBe('just now');
    expect(english.ago('2027-03-01T11:58:30Z')).toBe('1 minute ago');
    expect(english.ago('2027-03-01T10:00:00Z')).toBe('2 hours ago');
    expect(english.ago('2027-02-27T10:00:00Z')).toBe('2 days ago');
    expect(english.ago('2026-12-01T10:00:00Z')).toBe('3 months ago');
    expect(english.ago('2026-02-27T10:00:00Z')).toBe('1 year ago');
    expect(german.ago('2027-02-28T10:00:00Z')).toBe('vor 1 Tag');
    expect(german.ago('2025-02-27T10:00:00Z')).toBe('vor 2 Jahren');
  });
});

describe('the expiry of a token', () => {
  afterEach(() => jest.useRealTimers());

  const end = (expiresAt: string, health: TokenView['health']) => endOfToken({ expiresAt, health }, now, berlin);

  it('is shown in days, with a warning when they are few', () => {
    expect(end('2027-09-01T00:00:00Z', 'good')).toEqual({ key: 'end.days', params: { days: 184 } });
    expect(end('2027-03-31T12:00:00Z', 'ending-soon')).toEqual({ key: 'end.days', params: { days: 30 } });
    expect(end('2027-03-09T12:00:00Z', 'ending-soon').key).toBe('end.days');
    expect(end('2027-03-08T12:00:00Z', 'ending-soon')).toEqual({ key: 'end.soon', params: { days: 7 } });
    expect(end('2027-03-02T08:00:00Z', 'ending-soon').key).toBe('end.tomorrow');
    expect(end('2027-03-01T20:00:00Z', 'ending-soon').key).toBe('end.today');
  });

  it('is counted like that in a sentence, and is more than a year away when it is', () => {
    jest.useFakeTimers({ now });
    const { ends } = createText(en, berlin);
    const sentence = (expiresAt: string, health: TokenView['health'] = 'good') =>
      ends({ expiresAt, health }, 'GitHub', 'sentence');
    expect(sentence('2027-09-01T00:00:00Z')).toBe('It expires in 184 days.');
    expect(sentence('2028-02-29T13:00:00Z')).toBe('It expires in 365 days.');
    expect(sentence('2028-03-02T00:00:00Z')).toBe('It expires in more than a year.');
    expect(ends({ expiresAt: '2028-03-02T00:00:00Z', health: 'good' }, 'GitHub')).toBe('expires in more than a year');
    expect(sentence('2027-03-08T12:00:00Z', 'ending-soon')).toBe('It expires in 7 days: replace it soon.');
    expect(sentence('never')).toBe('It never expires.');
    expect(sentence('2027-09-01T00:00:00Z', 'rejected')).toContain('GitHub no longer accepts it');
  });

  it('says when it has passed, even if nobody has noticed yet', () => {
    expect(end('2027-02-28T12:00:00Z', 'good').key).toBe('end.ended');
  });

  it('is not guessed when the service does not report it', () => {
    expect(end('unknown', 'good').key).toBe('end.unknown');
    expect(end('never', 'good').key).toBe('end.never');
    expect(end('2027-09-01T00:00:00Z', 'rejected').key).toBe('end.rejected');
  });
});

describe('the message after saving a token', () => {
  const token: TokenView = {
    login: 'alice',
    expiresAt: '2027-03-12T12:00:00Z',
    health: 'good',
    savedAt: '2027-03-01T00:00:00Z',
    scopes: ['repo'],
    missingScopes: [],
  };
  const gitHub = { provider: 'github', serviceName: 'GitHub' } as const;
  const text = createText(en, berlin);

  it('names the account, its abilities and the expiry', () => {
    expect(tokenSentence(token, gitHub, text)).toBe(
      "You're signed in to GitHub as alice. This token can create branches and pull requests. It expires on March 12, 2027.",
    );
  });

  it('names what the token lacks', () => {
    expect(tokenSentence({ ...token, missingScopes: ['repo'] }, gitHub, text)).toContain('missing: repo');
  });

  it('claims nothing about a token whose scopes the service does not report', () => {
    const { scopes: _untold, ...fineGrained } = token;
    expect(tokenSentence(fineGrained, gitHub, text)).not.toContain('can create branches');
  });
});
