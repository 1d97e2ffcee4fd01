import { view } from '@forge/bridge';
import { StrictMode, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import { ErrorBoundary } from './error-boundary';
import { createText, TextProvider } from './text';
import { loadMessages } from './translate';
import './style.css';

/** What a page knows of where it stands. Comes from the browser, so it decides nothing. */
export type PageContext = {
  accountId: string;
  moduleKey: string;
  /** Of the issue the module stands on; empty elsewhere. */
  issueKey: string;
  /** What the opener of a dialog passed; nothing outside one. */
  modal?: unknown;
};

/**
 * Starts a page: Jira's colours and the person's language at the same time, then the page itself. `ahead` sends for what the page
 * will want, as soon as it is known where it stands.
 */
export async function start(
  page: (context: PageContext) => ReactElement,
  ahead?: (context: PageContext) => void,
): Promise<void> {
  const coloured = view.theme.enable().catch(() => undefined);
  const context = await view.getContext();
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
  const text = createText(messages, { locale, timeZone: usableTimeZone(context.timezone) });
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

function usableTimeZone(timeZone: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
