import type { FirstSteps } from 'local-forge';
import { html } from 'local-forge/html';

/** The first steps on the start page of the stand-in site, in the order of the README. Each link opens as the person it is for. */
export const firstSteps: FirstSteps = ({ link, issueKey, site, services }) => {
  const sees = (id: string) =>
    site.projects.some(({ permissions: { VIEW_DEV_TOOLS: who = [] } }) => who === '*' || who.includes(id));
  const admin = site.people.find(({ jiraAdmin }) => jiraAdmin);
  const developer = site.people.find(({ id, jiraAdmin }) => !jiraAdmin && sees(id));
  const outsider = site.people.find(({ id, jiraAdmin }) => !jiraAdmin && !sees(id));
  const as = (person: { id: string } | undefined, path: string) => {
    const address = person ? `${path}?as=${person.id}` : path;
    return html`<a href="${link(address)}">${address}</a>`;
  };
  const [service] = services;
  return html`<ol>
    <li>
      As <b>${admin?.id ?? 'a Jira admin'}</b>, connect a service: ${as(admin, '/settings/apps')}.
      <i>New token</i> opens the page where its token is made. Tick <i>Require User PAT</i>.
    </li>
    <li>
      As <b>${developer?.id ?? 'a developer'}</b>, create a branch:
      ${issueKey === undefined ? 'open an issue' : as(developer, `/browse/${issueKey}`)}. The dialog asks for a token of
      your own and keeps what you typed.
    </li>
    ${
      service &&
      html`<li>
        With git, look what is there:
        <code>git ls-remote http://NAME:TOKEN@${service.url.replace(/^https?:\/\//, '')}OWNER/REPOSITORY.git</code>
      </li>`
    }
    ${
      outsider &&
      html`<li>
        As <b>${outsider.id}</b>, who lacks <i>View Development Tools</i>, there is nothing to see:
        ${issueKey === undefined ? link('/') : as(outsider, `/browse/${issueKey}`)}.
      </li>`
    }
  </ol>`;
};
