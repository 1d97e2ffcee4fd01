import { partitionOf } from './regions';
import type { Service } from '../../domain/service';
import { named, numberOf, segmentsOf, type Named } from '../../domain/work-address';

/** The region of a service: the second part of its API's host, `codecommit.<region>.…`. */
export function regionOf(service: Service): string {
  return new URL(service.apiUrl).hostname.split('.')[1] ?? '';
}

/** IAM's page of one's own security credentials; it takes nothing to prefill. Its addresses in China and GovCloud: assumption. */
export function newToken(service: Service): string {
  return `https://${partitionOf(regionOf(service)).console}/iam/home#/security_credentials`;
}

/** Paths of the console: as it shows them, documented nowhere (assumption). */
function page(service: Service, repository: string, rest: string): string {
  const path = `/codesuite/codecommit/repositories/${encodeURIComponent(repository)}`;
  return `${service.webUrl}${path}/${rest}?${new URLSearchParams({ region: regionOf(service) }).toString()}`;
}

/** The console's page of a repository's files. */
export function repository(service: Service, name: string): string {
  return page(service, name, 'browse');
}

/** The page of a branch's files; names with any character in them are encoded. */
export function branch(service: Service, name: string, branchName: string): string {
  return page(service, name, `browse/refs/heads/${branchName.split('/').map(encodeURIComponent).join('/')}`);
}

/** The console's page of a commit. */
export function commit(service: Service, name: string, id: string): string {
  return page(service, name, `commit/${id}`);
}

/** The console's page of a pull request; its API gives no address. */
export function pullRequest(service: Service, name: string, number: number): string {
  return page(service, name, `pull-requests/${number}/details`);
}

/** What `git clone` takes over https. */
export function clone(service: Service, name: string): string {
  return `${service.apiUrl.replace('https://', 'https://git-')}/v1/repos/${encodeURIComponent(name)}`;
}

/** AWS's own way to clone with the credentials of its command line ("Setup steps for HTTPS connections … with git-remote-codecommit"). */
export function cloneWithHelper(service: Service, name: string) {
  return { address: `codecommit::${regionOf(service)}://${name}`, helper: 'git-remote-codecommit' };
}

/** Pages of the console, in the form that `branch` and `pullRequest` give; it also shows them without a region in its host. */
export function read(service: Service, page: URL): Named | undefined {
  const here = new URL(page);
  const { console } = partitionOf(regionOf(service));
  if (here.hostname === console && here.searchParams.get('region') === regionOf(service))
    here.hostname = `${regionOf(service)}.${console}`;
  const [, , repositories, name = '', kind, ...rest] = segmentsOf(service, here) ?? [];
  if (repositories !== 'repositories') return undefined;
  if (kind === 'pull-requests') return named(name, { number: numberOf(rest[0]) });
  const folder = rest.indexOf('--');
  const [refs, heads, ...branch] = folder === -1 ? rest : rest.slice(0, folder);
  return kind === 'browse' && refs === 'refs' && heads === 'heads'
    ? named(name, { branch: branch.join('/') })
    : undefined;
}
