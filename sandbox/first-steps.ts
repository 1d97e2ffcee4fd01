import type { FirstSteps } from 'local-forge';
import { html } from 'local-forge/html';

/** What to try first, on the start page of the stand-in site. */
export const firstSteps: FirstSteps = (link, issueKey) =>
  html`<ol>
    <li>As a Jira admin, connect a service under <a href="${link('/settings/apps')}">Jira admin settings</a>.</li>
    <li>
      As a developer,
      ${issueKey === undefined ? 'open an issue' : html`open <a href="${link(`/browse/${issueKey}`)}">${issueKey}</a>`}
      and create a branch.
    </li>
    <li>
      Keep a token of your own under <a href="${link('/settings/personal')}">Personal settings</a>, and create another
      one in your own name.
    </li>
  </ol>`;
