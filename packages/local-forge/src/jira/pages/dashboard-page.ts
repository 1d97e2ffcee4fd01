import { html } from '../../html.ts';
import type { ShownModule } from './issue-page.ts';
import type { Page } from './layout.ts';

/** A dashboard with all gadgets of the app on it. */
export function dashboardPage(gadgets: readonly ShownModule[]): Page {
  return {
    title: 'Dashboard',
    body: html`<div class="start">
      <h1>Dashboard</h1>
      ${gadgets.map(
        (gadget) =>
          html`<section aria-labelledby="gadget-${gadget.key}">
            <h2 id="gadget-${gadget.key}">${gadget.title}</h2>
            <div class="module-place" data-module-frame="${gadget.key}"></div>
          </section>`,
      )}
    </div>`,
  };
}
