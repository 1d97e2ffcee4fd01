/** A small way to write DOM: `element('p', { class: 'note' }, 'Text')`. Text is text, never HTML. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

export function button(text: string, look: 'primary' | 'default' | 'subtle' | 'link', onClick: () => void) {
  const made = element('button', { type: 'button', class: `button button-${look}` }, text);
  made.addEventListener('click', onClick);
  return made;
}
