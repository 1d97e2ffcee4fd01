import en from '../../locales/en-US.json';
import { startedText } from '../../static/shared/started-text';
import { createText } from '../../static/shared/text';

const text = createText(en, { locale: 'en-US', timeZone: 'UTC' });

describe('The outcome for an issue after its branch', () => {
  it.each([
    ['was done', { assigned: { ok: true }, moved: { ok: true } }, ['Assigned to you.', 'Moved.']],
    ['was refused', { moved: { ok: false, said: 'Not now.' } }, ["Jira didn't move the issue. Not now."]],
    [
      'has no answer, so nobody claims that it was not done, and it is said once',
      { assigned: { ok: false, said: '' }, moved: { ok: false, said: '' } },
      ['Jira gave no answer. Check whether the issue was changed.'],
    ],
    ['was not wanted', {}, []],
  ] as const)('%s', (_, started, sentences) => {
    expect(startedText(started, text)).toEqual(sentences);
  });
});
