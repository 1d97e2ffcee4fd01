import type { EditionId } from '../../domain/editions';

/** `api-version` as the service takes it: `5.0`, `7.2-preview.2`. */
export type ApiVersion = `${number}.${number}` | `${number}.${number}-preview.${number}`;

/** "Each API version works on the server release it came with and on later ones" (learn.microsoft.com, "REST API versioning"). */
export const ANY_SERVER = '1.0' satisfies ApiVersion;

/** Searching pull requests by title; hosted service only. */
export const TITLE_SEARCH = '7.2-preview.2' satisfies ApiVersion;

/**
 * What the first release of an edition serves, so that every update of it does (same page, and the specs in
 * `MicrosoftDocs/vsts-rest-api-specs`). `azure-devops-server-2022`: 2022.1 and later serve 7.1 too.
 */
export function releasedVersion(edition: EditionId): ApiVersion {
  return released[edition] ?? ANY_SERVER;
}

const released: Readonly<Partial<Record<EditionId, ApiVersion>>> = {
  'azure-devops': '7.1',
  'azure-devops-server-2022': '7.0',
  'azure-devops-server-2020': '6.0',
  'azure-devops-server-2019': '5.0',
  'tfs-2018': '4.0',
  'tfs-2017': '3.0',
};

/** The edition of a server by the released version of its refs resource; majors as in the table of "REST API versioning". */
export function editionOf(released: string): EditionId {
  const major = Number.parseInt(released, 10);
  if (major >= 7) return 'azure-devops-server-2022';
  if (major === 6) return 'azure-devops-server-2020';
  if (major === 5) return 'azure-devops-server-2019';
  if (major === 4) return 'tfs-2018';
  if (major === 3) return 'tfs-2017';
  return major === 2 ? 'tfs-2015' : 'tfs-2013';
}

/** `filterContains` and paging of refs came with API 5.0; older servers ignore what they do not know. */
export function searchesBranches(edition: EditionId): boolean {
  return Number.parseInt(releasedVersion(edition), 10) >= 5;
}

/** TFS 2015 and older take `sourceRefName=` where newer ones take `searchCriteria.sourceRefName=`. */
export function hasBareCriteria(edition: EditionId): boolean {
  return edition === 'tfs-2015' || edition === 'tfs-2013';
}
