import en from '../../locales/en-US.json';
import type { PageError } from '../../src/contract/errors';
import { refusalOf } from '../../static/manage-repositories/egress-refusal';
import { errorButtons } from '../../static/shared/error-buttons';
import { errorText } from '../../static/shared/error-text';
import { createText } from '../../static/shared/text';

const text = createText(en, { locale: 'en-US', timeZone: 'Europe/Berlin' });

describe('an answer to a request for consent to a host', () => {
  it.each([
    [new Error('Access to external domains was declined.'), 'declined'],
    [undefined, 'declined'],
    [new Error('Only an administrator can allow access to external domains.'), 'not-admin'],
    [{ status: 403, message: '' }, 'not-admin'],
    [new Error('Request failed with status code 403'), 'not-admin'],
    [{ status: 400, message: '' }, 'no-room'],
    [new Error('Max egress limit exceeded'), 'no-room'],
    [new Error('Request failed with status code 400'), 'no-room'],
    [{ status: 429 }, 'busy'],
    [{ status: 403, message: 'Rate limit exceeded' }, 'busy'],
    [{ status: 503 }, 'busy'],
    [new Error('Too many requests'), 'busy'],
    [new Error('Request failed with status code 500'), 'busy'],
  ] as const)('%p is: %s', (thrown, refusal) => {
    expect(refusalOf(thrown)).toBe(refusal);
  });

  it.each([
    ['declined', /choose Allow/, ['Try again']],
    ['not-admin', /Ask a site admin/, []],
    ['no-room', /Disconnect an integration/, []],
    ['busy', /in a minute/, ['Try again']],
  ] as const)('is shown in a sentence of its own: %s', (reason, next, buttons) => {
    const error = { code: 'EGRESS_DECLINED', params: { host: 'git.acme.example', reason } } satisfies PageError;
    const told = errorText(error, text);
    expect(`${told.title} ${told.why}`).not.toMatch(/[{}]/);
    expect(told.next).toMatch(next);
    const labels = errorButtons(error, told, text, { onTryAgain: () => {} }).map(({ label }) => label);
    expect(labels).toEqual(buttons);
  });
});
