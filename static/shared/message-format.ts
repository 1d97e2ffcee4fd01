/**
 * A sentence as a page has it: with `{name}` for what is filled in, and in pieces where its form depends on a number or a kind. It is made
 * of ICU MessageFormat when the page is built (`static/compile-messages.mts`), so a page brings no parser.
 */
export type Message = string | readonly (string | Choice)[];
type Forms = Readonly<Record<string, Message>>;
/** One form of several: by what the language counts a number as (`=0`, `one`, `few`, …), or by a value. There is always `other`. */
export type Choice = { plural: string; of: Forms } | { select: string; of: Forms };

export type Params = Readonly<Record<string, string | number>>;

const PLACEHOLDER = /\{(\w+)\}/g;

/** The sentence in the forms of these values, its placeholders still open. */
export function inForm(
  message: Message,
  params: Readonly<Record<string, unknown>>,
  rules: () => Intl.PluralRules,
): string {
  if (typeof message === 'string') return message;
  return message
    .map((piece) => (typeof piece === 'string' ? piece : inForm(formOf(piece, params, rules), params, rules)))
    .join('');
}

function formOf(choice: Choice, params: Readonly<Record<string, unknown>>, rules: () => Intl.PluralRules): Message {
  const { of } = choice;
  const name = 'plural' in choice ? choice.plural : choice.select;
  const value = String(params[name]);
  const exact = 'plural' in choice ? `=${value}` : value;
  if (Object.hasOwn(of, exact)) return of[exact] ?? '';
  const counted = 'plural' in choice ? rules().select(Number(value)) : 'other';
  return of[counted] ?? of['other'] ?? '';
}

/** Replaces `{name}` by its value; `number` writes figures. A placeholder without a value is shown as it is written. */
export function fill(sentence: string, params: Params = {}, number: (value: number) => string = String): string {
  return sentence.replace(PLACEHOLDER, (written, name: string) => {
    const value = params[name];
    return typeof value === 'number' ? number(value) : (value ?? written);
  });
}

/** The same for values that are not text, such as an element around a name: the sentence in pieces. */
export function fillParts<Part>(sentence: string, params: Readonly<Record<string, Part>>): (string | Part)[] {
  return sentence.split(PLACEHOLDER).map((piece, index) => (index % 2 === 0 ? piece : (params[piece] ?? `{${piece}}`)));
}
