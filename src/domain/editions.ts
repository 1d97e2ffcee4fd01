import type { EditionFacts, ProviderFacts } from '../providers/provider-facts';
import * as facts from '../providers/facts';
import type { Cut } from './pasted-address';
import type { Checked } from './address';

type All = typeof facts;

/** The kinds of git service the product knows. */
export type ProviderKind = All[keyof All]['kind'];

export type EditionId = { [Name in keyof All]: keyof All[Name]['editions'] }[keyof All];

/** The capabilities of an edition. They are data, so pages and rules read them and need not try. */
export type Capabilities = {
  /** People can make personal access tokens there. */
  userTokens: boolean;
  draftPullRequests: boolean;
  /** A pull request may be opened while the source has no commit that the target lacks. */
  pullRequestsWithoutCommits: boolean;
  /** A new branch can also start at a commit, named by its id or (`short`) the beginning of one, and at a tag. */
  startsAt?: { commit: 'whole' | 'short'; tag?: true };
  /** How the service itself finds branches by name. */
  branchSearch: 'contains' | 'prefix' | 'none';
  /**
   * A review can be requested of people. They are found among everybody with access, or among those of the newest pull
   * requests and pushes.
   */
  reviewers?: 'everybody' | 'recent';
  /** Repositories have templates that descriptions of pull requests begin with. */
  requestTemplates?: true;
  /** A pull request can be assigned to the one who opens it, and can have labels that the repository lists. */
  requestExtras?: true;
  /** The service tells beforehand whom it asks for a review itself, or whose approval it wants. */
  requestRules?: true;
  /** The service does not say when a token expires, so its owner can. */
  tokenEndUntold?: true;
  /** What people sign in with there never expires, and nobody can make one that does. */
  tokensNeverEnd?: true;
  /** The longest branch name in UTF-8 bytes, without `refs/heads/`. */
  branchNameBytes: number;
  /** The longest title and description of a pull request, in characters (code points). */
  longestTitle: number;
  longestDescription: number;
  /** Both are counted in UTF-16 units there. */
  countsUtf16?: true;
  /** The prefix of a draft's title, where nothing else makes it a draft. */
  draftPrefix?: string;
};

/** How an edition is addressed; `address.ts` checks what an admin types by it. */
export type AddressRule =
  /** There is one, and nothing to type. */
  | { kind: 'fixed'; url: string }
  /** Every customer has a name of its own under this domain: `https://NAME.ghe.com`. */
  | { kind: 'subdomain'; of: string }
  /**
   * Every installation has an https address of its own, perhaps with a path. `needsPath`: the path says which part of it. `cut`: how much
   * of a copied address is needed.
   */
  | { kind: 'url'; needsPath?: true; cut?: Cut }
  /** The service has a way of its own to say where something is. `readUrl` reads an https address of a public host. */
  | { kind: 'own'; check: (typed: string, readUrl: (typed: string) => Checked<URL>) => Checked<string> };

export type Edition = EditionFacts & { id: EditionId; provider: ProviderKind };

/** The facts of each provider, in the order of its tiles. */
export const providers: readonly ProviderFacts<ProviderKind>[] = Object.values<ProviderFacts<ProviderKind>>(facts).sort(
  (one, other) => (one.rank ?? Infinity) - (other.rank ?? Infinity),
);

/** The facts of one of them. */
export function factsOf(kind: ProviderKind): ProviderFacts<ProviderKind> {
  const found = providers.find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`No provider ${kind}`);
  return found;
}

/** The sign before a pull request's number. */
export function signOf(kind: ProviderKind | undefined): '#' | '!' {
  return (kind && factsOf(kind).sign) ?? '#';
}

/** Every edition the product serves. */
export const editions = Object.fromEntries(
  providers.flatMap((one) =>
    Object.entries(one.editions).map(([id, edition]) => [id, { ...edition, id, provider: one.kind }]),
  ),
) as Readonly<Record<EditionId, Edition>>;

export const editionIds = Object.keys(editions) as readonly EditionId[];
