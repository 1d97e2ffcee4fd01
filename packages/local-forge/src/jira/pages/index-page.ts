import { html, type Html } from '../../html.ts';
import type { Site } from '../../sites.ts';
import type { JiraState } from '../state.ts';
import { projectKeyOf } from '../state.ts';
import type { Visit } from '../visit.ts';
import type { Page } from './layout.ts';

/** A list of first steps. */
export type FirstSteps = (at: {
  /** Makes an address of the site. It has the same person unless it names another one. */
  link: (path: string) => string;
  /** An issue that the person can see. */
  issueKey: string | undefined;
  site: Site;
  /** The pages of the app outside of issues. */
  places: readonly { name: string; path: string }[];
  services: readonly { name: string; url: string }[];
}) => Html;

const anyApp: FirstSteps = ({ link, issueKey, places }) =>
  html`<ul>
    ${issueKey !== undefined && html`<li><a href="${link(`/browse/${issueKey}`)}">An issue with the app on it</a></li>`}
    ${places.map(({ name, path }) => html`<li><a href="${link(path)}">${name}</a></li>`)}
  </ul>`;

/** `GET /`: the start page, with the first steps. */
export function indexPage(
  jira: JiraState,
  visit: Visit,
  services: readonly { name: string; url: string }[],
  firstSteps: FirstSteps | undefined,
  places: readonly { name: string; path: string }[],
): Page {
  const issues = visit.site.issues.filter((issue) => visit.can('BROWSE_PROJECTS', issue.key));
  const [first] = issues;
  const others = jira.sites().filter(({ id }) => id !== visit.site.id);
  return {
    title: 'Start',
    body: html`<div class="start">
      <h1>${visit.site.name}</h1>
      <p>A stand-in Jira site on this machine. Nothing here reaches Atlassian or a real git service.</p>
      <h2>What to try first</h2>
      ${(firstSteps ?? anyApp)({ link: visit.link, issueKey: first?.key, site: visit.site, places, services })}
      <h2>Issues</h2>
      ${
        issues.length === 0
          ? html`<p>
              ${visit.person ? 'You cannot see any issue here.' : 'Log in with the menu at the top right to see issues.'}
            </p>`
          : html`<table>
              <thead>
                <tr>
                  <th scope="col">Key</th>
                  <th scope="col">Summary</th>
                  <th scope="col">Project</th>
                  <th scope="col">Status</th>
                </tr>
              </thead>
              <tbody>
                ${issues.map(
                  (issue) =>
                    html`<tr>
                      <td><a href="${visit.link(`/browse/${issue.key}`)}">${issue.key}</a></td>
                      <td>${issue.summary}</td>
                      <td>${jira.project(visit.site.id, projectKeyOf(issue.key))?.name}</td>
                      <td>${issue.status}</td>
                    </tr>`,
                )}
              </tbody>
            </table>`
      }
      <h2>People</h2>
      <ul>
        ${visit.site.people.map((person) => html`<li><a href="${visit.link(`/?as=${person.id}`)}">${person.displayName}</a>${person.jiraAdmin ? ', Jira admin' : ''}</li>`)}
      </ul>
      ${
        services.length > 0 &&
        html`<h2>Simulated services</h2>
          <ul>
            ${services.map(({ name, url }) => html`<li>${name}: <a href="${url}">${url}</a></li>`)}
          </ul>`
      }
      ${
        others.length > 0 &&
        html`<h2>Other sites</h2>
          <ul>
            ${others.map(({ id, name }) => html`<li><a href="${visit.link(`/?site=${id}`)}">${name}</a></li>`)}
          </ul>`
      }
    </div>`,
  };
}
