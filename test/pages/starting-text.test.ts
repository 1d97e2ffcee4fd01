import { editions } from '../../src/domain/editions';
import { startingText } from '../../static/dialogs/starting-text';

const usual = { name: 'usual', text: 'Why?', isDefault: true as const };
const other = { name: 'other', text: 'What is broken?' };
const { capabilities } = editions['codecommit'];
const link = '[DEMO-1](https://acme.atlassian.net/browse/DEMO-1)';
const textOf = (form: Parameters<typeof startingText>[0], chosen?: string) =>
  startingText(form, chosen, link, capabilities);

describe('The beginning of a description, of a request alone and of one with a new branch', () => {
  it.each([
    ['the template that the service begins with', { templates: [usual, other] }, undefined, 'Why?'],
    ['the one that was chosen', { templates: [usual, other] }, 'other', 'What is broken?'],
    ['nothing where none was wanted', { templates: [usual, other] }, '', ''],
    ['nothing where the service begins with none', { templates: [other] }, undefined, ''],
    ['nothing while it is read', undefined, undefined, ''],
  ])('is %s', (_, form, chosen, text) => expect(textOf(form, chosen)).toBe(text));

  it('leaves room for the link to the issue', () => {
    const long = { name: 'long', text: 'x'.repeat(20_000), isDefault: true as const };
    const text = textOf({ templates: [long] });
    expect(text.length).toBeLessThan(capabilities.longestDescription);
    expect(text.length + link.length).toBeLessThanOrEqual(capabilities.longestDescription);
  });
});
