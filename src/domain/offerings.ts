import { checkAddress, type AddressProblem } from './address';
import type { Credential } from './credential';
import { editions, type EditionId, type ProviderKind } from './editions';
import { fail, ok, type Result } from './result';

export type OfferingKey =
  | 'github'
  | 'github-enterprise'
  | 'gitlab'
  | 'gitlab-self-managed'
  | 'azure-devops'
  | 'azure-devops-server'
  | 'codecommit';

/** What an admin can choose to connect: one tile of the page, one or more editions. */
export type Offering = {
  key: OfferingKey;
  /** Proper names, never translated. */
  name: string;
  provider: ProviderKind;
  /** Editions an address may belong to, the first that accepts it wins; the service itself says later which one it is. */
  editions: readonly [EditionId, ...EditionId[]];
  /** Kinds of credential the integration account may have there, the usual one first. */
  credentials: readonly Credential['kind'][];
  /** What a place there looks like. */
  example: string;
};

/** Every service there is to connect, in the order of the tiles. */
export const offerings: readonly Offering[] = [
  {
    key: 'github',
    name: 'GitHub',
    provider: 'github',
    editions: ['github.com'],
    credentials: ['token'],
    example: 'github.com',
  },
  {
    key: 'github-enterprise',
    name: 'GitHub Enterprise',
    provider: 'github',
    editions: ['ghe.com', 'ghes'],
    credentials: ['token'],
    example: 'https://github.example.com',
  },
  {
    key: 'gitlab',
    name: 'GitLab',
    provider: 'gitlab',
    editions: ['gitlab.com'],
    credentials: ['token'],
    example: 'gitlab.com',
  },
  {
    key: 'gitlab-self-managed',
    name: 'GitLab Self-Managed',
    provider: 'gitlab',
    editions: ['gitlab-self-managed'],
    credentials: ['token'],
    example: 'https://gitlab.example.com',
  },
  {
    key: 'azure-devops',
    name: 'Azure DevOps',
    provider: 'azure-devops',
    editions: ['azure-devops'],
    credentials: ['token'],
    example: 'https://dev.azure.com/example',
  },
  {
    key: 'azure-devops-server',
    name: 'Azure DevOps Server, TFS',
    provider: 'azure-devops',
    editions: [
      'azure-devops-server-2022',
      'azure-devops-server-2020',
      'azure-devops-server-2019',
      'tfs-2018',
      'tfs-2017',
      'tfs-2015',
      'tfs-2013',
    ],
    credentials: ['token', 'password'],
    example: 'https://tfs.example.com/tfs/DefaultCollection',
  },
  {
    key: 'codecommit',
    name: 'AWS CodeCommit',
    provider: 'codecommit',
    editions: ['codecommit'],
    credentials: ['access-key'],
    example: 'eu-central-1',
  },
];

/**
 * Which edition an address belongs to, and the address as it is kept. Of several refusals the one is told of the edition whose
 * domain it is, or else the last.
 */
export function placeIn(
  offering: Offering,
  typed: string,
): Result<{ edition: EditionId; address: string }, AddressProblem> {
  let problem: AddressProblem = 'malformed';
  for (const edition of offering.editions) {
    const checked = addressFor(edition, typed);
    if (checked.ok) return ok({ edition, address: checked.value });
    problem = checked.error;
    if (isOfDomain(edition, typed)) break;
  }
  return fail(problem);
}

/** Whether what was typed, right or wrong, is a name in the domain where all customers of an edition are. */
function isOfDomain(edition: EditionId, typed: string): boolean {
  const rule = editions[edition].address;
  const [host = ''] = typed
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .split(/[/:?#]/);
  return rule.kind === 'subdomain' && `.${host}`.endsWith(`.${rule.of}`);
}

/** The address for an edition, checked by its rule. */
export function addressFor(edition: EditionId, typed: string): Result<string, AddressProblem> {
  return checkAddress(editions[edition].address, typed);
}
