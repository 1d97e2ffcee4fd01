import { checkAddress, type AddressProblem } from './address';
import type { Credential } from './credential';
import { editions, type AddressRule, type EditionId } from './editions';
import { fail, ok, type Result } from './result';

/** Every kind of provider there is words for. */
export type KnownProvider = 'github' | 'gitlab' | 'azure-devops' | 'codecommit';

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
  provider: KnownProvider;
  /** Editions an address may belong to, the first that accepts it wins; the service itself says later which one it is. */
  places: readonly { edition: string; rule: AddressRule }[];
  /** Kinds of credential the integration account may have there, the usual one first. */
  credentials: readonly Credential['kind'][];
  /** What a place there looks like. */
  example: string;
};

const all: readonly Offering[] = [
  {
    key: 'github',
    name: 'GitHub',
    provider: 'github',
    places: [{ edition: 'github.com', rule: { kind: 'fixed', url: 'https://github.com' } }],
    credentials: ['token'],
    example: 'github.com',
  },
  {
    key: 'github-enterprise',
    name: 'GitHub Enterprise',
    provider: 'github',
    places: [
      { edition: 'ghe.com', rule: { kind: 'subdomain', of: 'ghe.com' } },
      { edition: 'ghes', rule: { kind: 'url' } },
    ],
    credentials: ['token'],
    example: 'https://github.example.com',
  },
  {
    key: 'gitlab',
    name: 'GitLab',
    provider: 'gitlab',
    places: [{ edition: 'gitlab.com', rule: { kind: 'fixed', url: 'https://gitlab.com' } }],
    credentials: ['token'],
    example: 'gitlab.com',
  },
  {
    key: 'gitlab-self-managed',
    name: 'GitLab Self-Managed',
    provider: 'gitlab',
    places: [{ edition: 'gitlab-self-managed', rule: { kind: 'url' } }],
    credentials: ['token'],
    example: 'https://gitlab.example.com',
  },
  {
    key: 'azure-devops',
    name: 'Azure DevOps',
    provider: 'azure-devops',
    places: [{ edition: 'azure-devops', rule: { kind: 'azure-organization' } }],
    credentials: ['token'],
    example: 'https://dev.azure.com/example',
  },
  {
    key: 'azure-devops-server',
    name: 'Azure DevOps Server, TFS',
    provider: 'azure-devops',
    places: [
      'azure-devops-server-2022',
      'azure-devops-server-2020',
      'azure-devops-server-2019',
      'tfs-2018',
      'tfs-2017',
      'tfs-2015',
      'tfs-2013',
    ].map((edition) => ({ edition, rule: { kind: 'url', collection: true } })),
    credentials: ['token', 'password'],
    example: 'https://tfs.example.com/tfs/DefaultCollection',
  },
  {
    key: 'codecommit',
    name: 'AWS CodeCommit',
    provider: 'codecommit',
    places: [{ edition: 'codecommit', rule: { kind: 'region', regions: [] } }],
    credentials: ['access-key'],
    example: 'eu-central-1',
  },
];

function isEdition(id: string): id is EditionId {
  return Object.hasOwn(editions, id);
}

/** Those with an edition this app serves: a new service appears here as soon as its editions are there. */
export const offerings: readonly Offering[] = all.filter(({ places }) =>
  places.some(({ edition }) => isEdition(edition)),
);

/** Which edition an address belongs to, and the address as it is kept. Of several refusals the last rule's is told. */
export function placeIn(
  offering: Offering,
  typed: string,
): Result<{ edition: EditionId; address: string }, AddressProblem> {
  let problem: AddressProblem = 'malformed';
  for (const { edition, rule } of offering.places) {
    if (!isEdition(edition)) continue;
    const checked = checkAddress(rule, typed);
    if (checked.ok) return ok({ edition, address: checked.value });
    problem = checked.error;
  }
  return fail(problem);
}

/** The address for an edition, checked by the rule of its offering. */
export function addressFor(edition: EditionId, typed: string): Result<string, AddressProblem> {
  const place = all.flatMap(({ places }) => places).find((one) => one.edition === edition);
  return checkAddress(place?.rule ?? editions[edition].address, typed);
}
