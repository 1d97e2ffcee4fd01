import type { Issue, Person } from '../../sites.ts';
import { html, type Html } from '../../html.ts';
import type { DevelopmentState } from '../development.ts';
import { projectKeyOf, type JiraState } from '../state.ts';
import type { Visit } from '../visit.ts';
import { developmentSection } from './development-section.ts';
import type { Page } from './layout.ts';

/** A module with its texts in the person's language. */
export type ShownModule = {
  type: string;
  key: string;
  title: string;
  label: string;
  iconUrl: string | undefined;
  pages: readonly { title: string; route: string }[];
};

/** `GET /browse/DEMO-1`, for a person who can see it. */
export function issuePage(
  jira: JiraState & DevelopmentState,
  visit: Visit,
  issue: Issue,
  modules: readonly ShownModule[],
  here: (url: string) => string,
): Page {
  const ofType = (type: string) => modules.filter((module) => module.type === type);
  const project = jira.project(visit.site.id, projectKeyOf(issue.key));
  const added = (module: ShownModule) => jira.hasPanel(visit.site.id, issue.key, module.key);
  const assignee = issue.assignee === undefined ? undefined : jira.person(visit.site.id, issue.assignee);
  return {
    title: `[${issue.key}] ${issue.summary}`,
    body: html`<div class="issue">
      <div class="issue-main">
        <nav aria-label="Breadcrumbs" class="breadcrumbs">
          <ol>
            <li><a href="${visit.link('/')}">Projects</a></li>
            <li>${project?.name}</li>
            <li><a href="${visit.link(`/browse/${issue.key}`)}">${issue.key}</a></li>
          </ol>
        </nav>
        <h1>${issue.summary}</h1>
        <div class="issue-actions">
          ${ofType('jira:issuePanel')
            .filter((module) => !added(module))
            .map(
              (module) =>
                html`<button type="button" class="button button-default" data-panel="${module.key}" data-shown="true">
                  ${iconOf(module)}Add panel: ${module.title}
                </button>`,
            )}
          ${actionsMenu(ofType('jira:issueAction'))}
        </div>
        <h2>Description</h2>
        <p class="description">${issue.description || 'No description.'}</p>
        ${ofType('jira:issuePanel').filter(added).map(panel)}
        <h2>Activity</h2>
        <p>There are no comments yet on this work item.</p>
        ${ofType('jira:issueActivity').map(activity)}
      </div>
      <aside class="issue-side" aria-label="Details">
        ${
          visit.can('VIEW_DEV_TOOLS', issue.key)
            ? developmentSection(jira.development(visit.site.id, issue.id), here)
            : undefined
        }
        ${[...ofType('jira:issueContext'), ...ofType('jira:issueGlance')].map(contextPanel)} ${details(issue, assignee)}
      </aside>
    </div>`,
  };
}

function actionsMenu(actions: readonly ShownModule[]): Html {
  return html`<div class="menu">
    <button
      type="button"
      class="button button-default"
      data-menu="actions-menu"
      aria-haspopup="menu"
      aria-expanded="false"
      aria-label="Actions"
    >
      •••
    </button>
    <div id="actions-menu" role="menu" aria-label="Actions" hidden>
      ${
        actions.length === 0
          ? html`<button type="button" role="menuitem" tabindex="-1" aria-disabled="true">No actions</button>`
          : actions.map(
              (module) =>
                html`<button type="button" role="menuitem" tabindex="-1" data-open-module="${module.key}">
                  ${iconOf(module)}${module.title}
                </button>`,
            )
      }
    </div>
  </div>`;
}

/** As in the product, a context panel shows its title and its label, and opens at once when it was left open. */
function contextPanel(module: ShownModule): Html {
  return html`<details class="context-panel" open>
    <summary>
      <h2>${iconOf(module)}${module.title}</h2>
      <span class="label">${module.label}</span>
    </summary>
    <div class="module-place" data-module-frame="${module.key}"></div>
  </details>`;
}

/** In the product it is a tab beside comments and history. */
function activity(module: ShownModule): Html {
  return html`<section aria-labelledby="activity-${module.key}">
    <h3 id="activity-${module.key}">${module.title}</h3>
    <div class="module-place" data-module-frame="${module.key}"></div>
  </section>`;
}

function panel(module: ShownModule): Html {
  return html`<section class="issue-panel" aria-labelledby="panel-${module.key}">
    <header>
      <h2 id="panel-${module.key}">${iconOf(module)}${module.title}</h2>
      <button type="button" class="button button-subtle" data-panel="${module.key}" data-shown="false">
        Remove panel
      </button>
    </header>
    <div class="module-place" data-module-frame="${module.key}"></div>
  </section>`;
}

function details(issue: Issue, assignee: Person | undefined): Html {
  return html`<section class="details" aria-label="Fields">
    <h2>Details</h2>
    <dl>
      <dt>Status</dt>
      <dd><span class="lozenge">${issue.status}</span></dd>
      <dt>Type</dt>
      <dd>${issue.type}</dd>
      <dt>Assignee</dt>
      <dd>${assignee?.displayName ?? 'Unassigned'}</dd>
    </dl>
  </section>`;
}

function iconOf(module: ShownModule): Html | undefined {
  return module.iconUrl === undefined
    ? undefined
    : html`<img class="icon" src="${module.iconUrl}" alt="" width="16" height="16" />`;
}
