import { html, type Html } from 'local-forge/html';
import { readFields } from '../../git-host/pages/form.ts';
import { lookOf } from '../../git-host/pages/look.ts';
import { homePage, pullPage, repositoryRoutes, WORDS } from '../../git-host/pages/repository-pages.ts';
import type { Dialect } from '../../git-host/pages/repository-pages.ts';
import { createPages, row, table, visitOf } from '../../git-host/pages/site.ts';
import type { PageRoute, Site, Visit } from '../../git-host/pages/site.ts';
import { encodePath } from '../../git-host/router.ts';
import type { CodeCommit, Repository } from '../context.ts';
import { endPullRequest } from '../pull-requests.ts';
import { accessKeysPage } from './access-keys-page.ts';

const HOME = 'codesuite/codecommit/repositories';

const SITE: Site = {
  look: lookOf({
    light: { ink: '#16191f', paper: '#fff', link: '#0073bb', go: '#c2410c' },
    dark: { ink: '#f2f3f3', paper: '#0f1b2a', link: '#539fe5', go: '#c2410c' },
    edge: '3px solid #ff9900',
  }),
  name: 'AWS',
  note: 'not aws.amazon.com',
  base: '',
  links: [
    [HOME, 'Repositories'],
    ['iam/home', 'Access keys'],
  ],
};

const dialectOf = ({ store }: CodeCommit): Dialect<Repository> => ({
  words: WORDS,
  address: {
    repository: ({ fullName }) => `${HOME}/${fullName}/browse`,
    branch: ({ fullName }, name) => `${HOME}/${fullName}/browse/refs/heads/${encodePath(name)}`,
    pull: ({ fullName }, { id }) => `${HOME}/${fullName}/pull-requests/${id}/details`,
  },
  numberOf: ({ id }) => id,
  about: ({ arn }) => arn,
  states: () => [],
  mark: () => undefined,
  pulls: ({ fullName }) => store.pullRequests(fullName),
});

/** Denials of policies, and the trail of what people did. */
function account({ definition, store }: CodeCommit): Html {
  const denied = definition.users.flatMap(({ name, policy }) =>
    policy
      .filter(({ effect }) => effect === 'deny')
      .map((deny) =>
        row(name, deny.actions.join(', '), `${deny.in} ${deny.policy ?? ''}`, deny.references?.join(', ')),
      ),
  );
  const events = store
    .activity()
    .map((one) => row(one.eventTime, one.userArn, one.eventName, one.repository, one.reference, one.errorCode));
  return html`<h2>What policies deny</h2>
    ${table(denied, 'Nothing.')}
    <h2>Event history</h2>
    ${table(events, 'Nothing has happened yet.')}`;
}

/** Shows a pull request; `POST` closes or merges it. */
async function pullRequestPage(
  aws: CodeCommit,
  visit: Visit,
  repository: Repository,
  number: number,
): Promise<Response> {
  const pull = aws.store.pullRequests(repository.fullName).find(({ id }) => id === number);
  let said: string | undefined;
  if (pull !== undefined && visit.request.method === 'POST') {
    const how = (await readFields(visit.request)).get('do');
    said =
      how === 'close' || how === 'merge'
        ? ((await endPullRequest(aws, repository, pull, how)) ?? 'Done')
        : 'This is not something to do with a pull request';
  }
  const more = html`${said !== undefined && html`<p role="alert">${said}.</p>`}
    <form method="post">
      <button name="do" value="merge">Merge</button>
      <button name="do" value="close">Close pull request</button>
    </form>`;
  const page = await pullPage(visit, dialectOf(aws), repository, number, more);
  return said === undefined || said === 'Done' ? page : new Response(page.body, { status: 422, headers: page.headers });
}

const find = (aws: CodeCommit, { name = '' }: Readonly<Record<string, string>>): Repository | undefined =>
  aws.repository(name);

const home: PageRoute<CodeCommit>['show'] = (aws, visit) =>
  homePage(visit, dialectOf(aws), {
    title: `CodeCommit in ${aws.definition.region}`,
    repositories: aws.repositories,
    more: account(aws),
  });

const pages = createPages<CodeCommit>([
  { path: '/iam/home', show: accessKeysPage },
  { path: '/', show: home },
  { path: `/${HOME}`, show: home },
  ...repositoryRoutes(dialectOf, find, {
    repository: `/${HOME}/:name/browse`,
    branch: `/${HOME}/:name/browse/refs/heads/:branch+`,
  }),
  {
    path: `/${HOME}/:name/pull-requests/:id(\\d+)/details`,
    show(aws, visit, params) {
      const repository = find(aws, params);
      return repository && pullRequestPage(aws, visit, repository, Number(params['id']));
    },
  },
]);

/** The pages of the console. */
export const handlePages = (aws: CodeCommit, request: Request): Promise<Response> => pages(aws, visitOf(SITE, request));
