import { element } from './element.ts';

export type Overlay = {
  dialog: HTMLElement;
  /** Removes the dialog. The page behind it can be used again, and has its earlier focus. */
  remove(): void;
};

/**
 * A dialog over the page. The page behind it is inert, so Tab remains inside. Flags can still be used, as in the product.
 * The dialog is not a native `<dialog>` because everything outside that one, flags included, would be dead.
 */
export function openOverlay(label: string, className: string, onDismiss: (by: 'escape' | 'overlay') => void): Overlay {
  const back = document.activeElement;
  const behind = [...document.body.children].filter(
    (one) => !one.classList.contains('flags') && !one.hasAttribute('inert'),
  );
  const dialog = element('section', {
    class: `dialog ${className}`,
    role: 'dialog',
    'aria-modal': 'true',
    'aria-label': label,
    tabindex: '-1',
  });
  const overlay = element('div', { class: 'overlay' }, dialog);
  overlay.addEventListener('mousedown', (event) => {
    if (event.target === overlay) onDismiss('overlay');
  });
  overlay.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') onDismiss('escape');
  });
  for (const one of behind) one.setAttribute('inert', '');
  document.body.append(overlay);
  dialog.focus();
  return {
    dialog,
    remove() {
      overlay.remove();
      for (const one of behind) one.removeAttribute('inert');
      if (back instanceof HTMLElement) back.focus();
    },
  };
}
