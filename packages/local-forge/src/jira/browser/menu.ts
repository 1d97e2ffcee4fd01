/** Buttons with `data-menu="<id>"` open the menu of that id; arrow keys, Home, End, Escape and Tab as people expect them. */
export function startMenus(): void {
  for (const trigger of document.querySelectorAll<HTMLElement>('[data-menu]')) {
    const menu = document.getElementById(trigger.dataset['menu'] ?? '');
    if (menu) startMenu(trigger, menu);
  }
}

function startMenu(trigger: HTMLElement, menu: HTMLElement): void {
  const items = () => [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
  const show = (open: boolean) => {
    menu.hidden = !open;
    trigger.setAttribute('aria-expanded', String(open));
  };
  const close = () => {
    show(false);
    trigger.focus();
  };
  trigger.addEventListener('click', () => {
    show(menu.hidden);
    if (!menu.hidden) items()[0]?.focus();
  });
  // This runs before the item's own action. So a dialog that it opens returns the focus to the button.
  menu.addEventListener(
    'click',
    (event) => {
      if (event.target instanceof Element && event.target.closest('[role^="menuitem"]')) close();
    },
    { capture: true },
  );
  menu.addEventListener('keydown', (event) => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      all.at(next % all.length)?.focus();
    } else if (event.key === 'Escape') {
      close();
    } else if (event.key === 'Tab') {
      show(false);
    }
  });
  document.addEventListener('mousedown', (event) => {
    if (event.target instanceof Node && !menu.contains(event.target) && !trigger.contains(event.target)) show(false);
  });
  // A click into a page of the app never reaches this document, but the loss of the focus to its frame does.
  window.addEventListener('blur', () => show(false));
}
