export const headingId = 'panel-heading';

/** For when what had the focus is gone: the panel's heading takes it. */
export function focusHeading(): void {
  document.getElementById(headingId)?.focus();
}
