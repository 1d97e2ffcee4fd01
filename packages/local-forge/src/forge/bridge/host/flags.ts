import { button, element } from './element.ts';

export type FlagOptions = {
  id: string | number;
  title?: string;
  description?: string;
  type?: string;
  appearance?: string;
  actions?: { text: string; onClick: () => unknown }[];
  isAutoDismiss?: boolean;
};

const kinds = ['info', 'success', 'warning', 'error'];
/** As Atlaskit's AutoDismissFlag. */
const dismissAfterMs = 8000;

/** Messages at the lower left, the newest on top. The region exists from the start, so that screen readers announce new messages. */
export function createFlags() {
  const region = element('div', { class: 'flags', role: 'region', 'aria-label': 'Messages' });
  document.body.append(region);
  const shown = new Map<string, HTMLElement>();

  const close = (id: string | number): boolean => {
    const flag = shown.get(String(id));
    flag?.remove();
    return shown.delete(String(id));
  };

  return {
    /** A flag with the id of a visible flag replaces it. */
    show(options: FlagOptions): void {
      close(options.id);
      const kind = options.appearance ?? options.type ?? 'info';
      if (!kinds.includes(kind)) throw new Error(`There is no flag of type ${kind}.`);
      const flag = element('div', {
        class: `flag flag-${kind}${options.appearance ? ' flag-bold' : ''}`,
        role: kind === 'info' || kind === 'success' ? 'status' : 'alert',
        'data-flag': String(options.id),
      });
      if (options.title) flag.append(element('strong', { class: 'flag-title' }, options.title));
      if (options.description) flag.append(element('p', {}, options.description));
      const actions = (options.actions ?? []).map(({ text, onClick }) => button(text, 'link', () => void onClick()));
      if (actions.length > 0) flag.append(element('div', { class: 'flag-actions' }, ...actions));
      const dismiss = button('×', 'subtle', () => close(options.id));
      dismiss.setAttribute('aria-label', 'Dismiss');
      dismiss.classList.add('flag-dismiss');
      flag.append(dismiss);
      shown.set(String(options.id), flag);
      region.prepend(flag);
      if (options.isAutoDismiss) dismissLater(flag, () => shown.get(String(options.id)) === flag && close(options.id));
    },
    close,
  };
}

/** Not while the pointer or the keyboard focus is on it. */
function dismissLater(flag: HTMLElement, dismiss: () => void): void {
  let timer = 0;
  const start = () => (timer = window.setTimeout(dismiss, dismissAfterMs));
  const stop = () => window.clearTimeout(timer);
  for (const event of ['mouseenter', 'focusin']) flag.addEventListener(event, stop);
  for (const event of ['mouseleave', 'focusout']) flag.addEventListener(event, start);
  start();
}
