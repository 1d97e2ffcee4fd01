import { invoke, view } from '@forge/bridge';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

/** The first call of each page of the app. */
const firstCalls: Readonly<Record<string, string>> = {
  'user-settings': 'load-user-settings',
  'manage-repositories': 'load-site',
};

/** The least of a page: React, react-dom and the bridge, the colours, and one answer of the backend. */
const [context] = await Promise.all([view.getContext(), view.theme.enable()]);
const { issue } = context.extension as { issue?: { key?: string } };
await invoke(firstCalls[context.moduleKey] ?? 'load-issue', issue === undefined ? {} : { issueKey: issue.key });
const root = document.getElementById('root');
if (root) createRoot(root).render(createElement('button', null, 'Ready'));
