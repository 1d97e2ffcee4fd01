import { html } from '../../html.ts';
import type { DevelopmentState } from '../development.ts';
import type { JiraState } from '../state.ts';
import type { Visit } from '../visit.ts';
import { notice, type Page } from './layout.ts';

/** `GET /issues?jql=development[pullrequests].open > 0`: the one kind of search the stand-in site knows. */
export function searchPage(jira: JiraState & DevelopmentState, visit: Visit): Page {
  const jql = visit.url.searchParams.get('jql') ?? '';
  const found = jira.searchDevelopment(visit.site.id, jql);
  if (found === undefined)
    return notice('Not modelled', 'The stand-in site searches for development[pullrequests].all and .open alone.', 400);
  const issues = found
    .flatMap((id) => jira.issue(visit.site.id, id) ?? [])
    .filter(({ key }) => visit.can('BROWSE_PROJECTS', key) && visit.can('VIEW_DEV_TOOLS', key));
  return {
    title: 'Search',
    body: html`<div class="notice">
      <h1>Search</h1>
      <p><code>${jql}</code></p>
      <ul>
        ${issues.map(
          ({ key, summary }) => html`<li><a href="${visit.link(`/browse/${key}`)}">${key}</a> ${summary}</li>`,
        )}
      </ul>
      <p>${issues.length === 0 ? 'Nothing was found.' : undefined}</p>
    </div>`,
  };
}
