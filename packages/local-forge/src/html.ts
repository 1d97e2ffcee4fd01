/** Markup that is safe to send as it is. */
export type Html = { readonly markup: string };

type Part = Html | string | number | undefined | false | readonly Part[];

/** Markup with values in it; values are escaped unless they are markup themselves. Nothing, false and empty lists are empty. */
export function html(strings: TemplateStringsArray, ...values: Part[]): Html {
  return { markup: strings.map((text, index) => text + (index < values.length ? render(values[index]) : '')).join('') };
}

/** JSON for a `<script type="application/json">`: nothing in it can end the script. */
export function json(value: unknown): Html {
  return { markup: JSON.stringify(value).replaceAll('<', '\\u003c') };
}

function render(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'string') return escape(part);
  if (typeof part === 'number') return String(part);
  if ('markup' in part) return part.markup;
  return part.map(render).join('');
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
