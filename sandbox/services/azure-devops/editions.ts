import type { AzureDevOpsService } from '../../world/world.ts';

/** The abilities of one edition of the service. */
export type Edition = {
  id: AzureDevOpsService['edition'];
  hosted: boolean;
  /** The newest version of the API that is served without `-preview`. */
  released: string;
  /** The newest version served at all, with `-preview`. */
  newest: string;
  /** Personal access tokens came with TFS 2017. */
  tokens: boolean;
  /** `filterContains`, `$top` and `continuationToken` of refs, `isDraft` of pull requests: API 5.0. */
  isNew: boolean;
  /** `searchCriteria.title` of pull requests: 7.2-preview, hosted only. */
  titleSearch: boolean;
  /** `searchCriteria.…` of pull requests; TFS 2015 and older take the bare names. */
  criteriaPrefix: boolean;
  /** The page of personal access tokens, below the collection. */
  tokenPage: string;
};

const NEW_PAGE = '_usersSettings/tokens';
const OLD_PAGE = '_details/security/tokens';

const server = (id: Edition['id'], released: string, more: Partial<Edition> = {}): Edition => ({
  id,
  hosted: false,
  released,
  newest: released,
  tokens: true,
  isNew: true,
  titleSearch: false,
  criteriaPrefix: true,
  tokenPage: NEW_PAGE,
  ...more,
});

const old: Partial<Edition> = { isNew: false, tokenPage: OLD_PAGE };

/**
 * Released versions: learn.microsoft.com "REST API versioning" (TFS 2013: a few 1.0 calls, undocumented). The first release
 * of each edition is simulated. That a server's newest preview is its released version is an assumption.
 */
const EDITIONS: readonly Edition[] = [
  server('azure-devops', '7.1', { hosted: true, newest: '7.2', titleSearch: true }),
  server('azure-devops-server-2022', '7.0'),
  server('azure-devops-server-2020', '6.0'),
  server('azure-devops-server-2019', '5.0'),
  server('tfs-2018', '4.0', old),
  server('tfs-2017', '3.0', old),
  server('tfs-2015', '2.0', { ...old, tokens: false, criteriaPrefix: false }),
  server('tfs-2013', '1.0', { ...old, tokens: false, criteriaPrefix: false }),
];

export function editionOf(id: Edition['id']): Edition {
  const edition = EDITIONS.find((one) => one.id === id);
  if (edition === undefined) throw new Error(`No edition ${id}`);
  return edition;
}
