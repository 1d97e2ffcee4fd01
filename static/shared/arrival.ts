import { view } from '@forge/bridge';
import { loadMessages } from './languages';

/*
/*
 * The requests that every page waits for are sent when this file is evaluated. Pages import it first, so that all of it is on its way
 * while React is evaluated. The language is the one of the last time, or at first the browser's, for Jira has not said yet which it is.
 */
export const coloured = view.theme.enable().catch(() => undefined);
export const context = view.getContext();
const KEY = 'undersigned:locale';
const last = lastLocale();
loadMessages(last ?? navigator.language).catch(() => undefined);

function lastLocale(): string | null {
  try {
    return window.localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Keeps in this browser which language the person's Jira is in. Where a browser forbids that, pages are a little slower. */
export function rememberLocale(locale: string): void {
  if (locale === last) return;
  try {
    window.localStorage.setItem(KEY, locale);
  } catch {
    // Forbidden.
  }
}
