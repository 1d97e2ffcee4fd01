import type { Service } from '../../domain/service';

const NEWER: readonly string[] = [
  'azure-devops',
  'azure-devops-server-2022',
  'azure-devops-server-2020',
  'azure-devops-server-2019',
];

/** The page that makes a token; none of them can be prefilled. Servers without tokens have the person's profile. */
export function newToken(service: Service, _note: string): string {
  const { id, capabilities } = service.edition;
  if (!capabilities.userTokens) return service.webUrl;
  return `${service.webUrl}/${NEWER.includes(id) ? '_usersSettings/tokens' : '_details/security/tokens'}`;
}

/** `Project/Repository` as the service's pages link it. */
export function repository(service: Service, name: string): string {
  const [project = '', ...rest] = name.split('/');
  return `${service.webUrl}/${encodeURIComponent(project)}/_git/${encodeURIComponent(rest.join('/'))}`;
}

/** The page of a branch's files; names with any character in them are encoded. */
export function branch(service: Service, repositoryName: string, name: string): string {
  return `${repository(service, repositoryName)}?version=GB${encodeURIComponent(name)}`;
}

/** The page of a commit. */
export function commit(service: Service, repositoryName: string, id: string): string {
  return `${repository(service, repositoryName)}/commit/${id}`;
}

/** What `git clone` takes over https. */
export function clone(service: Service, repositoryName: string): string {
  return repository(service, repositoryName);
}

/** As the service's own pages have it; its API gives no address (`_git/…/pullrequest/7`). */
export function pullRequest(service: Service, repositoryName: string, number: number): string {
  return `${repository(service, repositoryName)}/pullrequest/${number}`;
}
