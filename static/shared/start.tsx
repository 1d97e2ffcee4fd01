import { coloured, context as arriving, rememberLocale } from './arrival';
import { StrictMode, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import type { Calendar } from './dates';
import { ErrorBoundary } from './error-boundary';
import { createText, TextProvider } from './text';
import { loadMessages } from './languages';
import './style.css';

/** A page's knowledge of its place. Comes from the browser, so it decides nothing. */
export type PageContext = {
  accountId: string;
  moduleKey: string;
  /** Of the module's issue; empty elsewhere. */
  issueKey: string;
  /** The input from the opener of a dialog; nothing outside one. */
  modal?: unknown;
};

/**
 * Starts a page: Jira's colours and the person's language at the same time, then the page itself. `ahead` sends for what the page
 * will want, as soon as its place is known.
 */
export async function start(
  page: (context: PageContext) => ReactElement,
  ahead?: (context: PageContext) => void,
): Promise<void> {
  const context = await arriving;
  const extension = context.extension as { issue?: { key?: string }; modal?: unknown };
  const here: PageContext = {
    accountId: context.accountId ?? '',
    moduleKey: context.moduleKey,
    issueKey: extension.issue?.key ?? '',
    modal: extension.modal,
  };
  ahead?.(here);
  const [{ locale, messages }] = await Promise.all([loadMessages(context.locale), coloured]);
  document.documentElement.lang = locale;
  rememberLocale(locale);
  const text = createText(messages, calendarOf(locale, context.timezone));
  const root = document.getElementById('root');
  if (!root) return;
  createRoot(root).render(
    <StrictMode>
      <TextProvider value={text}>
        <ErrorBoundary>{page(here)}</ErrorBoundary>
      </TextProvider>
    </StrictMode>,
  );
}

/** The browser's first date format is the slowest thing of a page's start (some 20 ms): made when there is a date to show. */
function calendarOf(locale: string, told: string | undefined): Calendar {
  let usable: string | undefined;
  return {
    locale,
    get timeZone() {
      return (usable ??= usableTimeZone(told));
    },
  };
}

function usableTimeZone(timeZone: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
