/** For when what had the focus is gone: the first button of the panel takes it, *Refresh*. */
export function focusPanel(): void {
  document.querySelector<HTMLElement>('.panel button')?.focus();
}
