import type { Credential } from '../domain/credential';
import type { AddressRule, Capabilities } from '../domain/editions';
import type { Service } from '../domain/service';
import type { MessageKey } from '../messages';
import type { Links } from './links';

/** One edition of a service; its key in `editions` is its id, which is stored. */
export type EditionFacts = {
  /** What people call it: a proper name, never translated. */
  name: string;
  address: AddressRule;
  /** Where its API is, seen from there; absent: at the same address. */
  api?: { subdomain: string } | { path: string };
  capabilities: Capabilities;
  /** It refuses a token that was just pasted in a way of its own, so pages have other sentences for it. */
  refusesTokens?: 'server-token';
};

/** What an admin can choose to connect: one tile of the page, one or more editions. */
export type OfferingFacts<Id extends string = string> = {
  key: string;
  /** Proper names, never translated. */
  name: string;
  /** Editions an address may belong to, the first that accepts it wins; the service itself says later which one it is. */
  editions: readonly [Id, ...Id[]];
  /** Kinds of credential the integration account may have there, the usual one first. */
  credentials: readonly Credential['kind'][];
  /** What a place there looks like. */
  example: string;
  /** What the field for it is called and says, where that is not *Address*. */
  field?: { label: MessageKey; hint?: MessageKey };
};

/** How to make a token, step by step. */
type Help = {
  intro: MessageKey;
  sections: readonly {
    heading: MessageKey;
    steps: readonly MessageKey[];
    /** Only for services it is true of. */
    fits?: (service: { edition: string; otherTokenUrl?: string | undefined }) => boolean;
  }[];
  last: MessageKey;
};

/**
 * What the product knows of a kind of git service without asking it. Free of I/O: the domain, the pages and the adapter read it. Whatever
 * differs between services and is no request is here, so that nobody else compares their names.
 */
export type ProviderFacts<Kind extends string = string, Id extends string = string> = {
  /** Its name in the code and the name of its folder. */
  kind: Kind;
  /** The order of its tiles, the lowest first; absent: after all others. */
  rank?: number;
  editions: Readonly<Record<Id, EditionFacts>>;
  offerings: readonly OfferingFacts<NoInfer<Id>>[];
  /** Domains that are the service's own: an installation somebody runs is never there. */
  domains?: readonly string[];
  /** Where a service is, of an address that was accepted; absent: by the edition's `address` and `api`. */
  locate?: (address: string) => Pick<Service, 'webUrl' | 'apiUrl' | 'place'>;
  links: Links;
  /** Where it shows what a pull request would bring, below the repository's address; absent where it has no such page. */
  comparePath?: (source: string, target: string) => string;
  /** What a repository is called, where the service says so; absent: anything. */
  repositoryName?: RegExp;
  /** What the id of a reviewer looks like, where it becomes a part of an address. */
  reviewerId?: RegExp;
  /** Finds where a line begins that it carries out in the name of a description's author. */
  commands?: RegExp;
  /** Absent where it calls a pull request that. */
  requestKind?: 'merge';
  /** Written before a pull request's number; absent: `#`. */
  sign?: '!';
  /** An outline of our own in a square of 12, to tell cards apart at a glance. */
  icon: string;
  /** The sentence about what a credential must be able to do; absent: `word.scopes`. */
  scopesWord?: MessageKey;
  /** Which repositories its list has, `as` the person or the integration account; absent: `listed`. */
  listed?: MessageKey;
  /** What those are called whose repositories they are, where that is not *Organizations and accounts*. */
  ownersLabel?: MessageKey;
  /** How a page says which version answered, where that is no version of the product. */
  versionSentence?: MessageKey;
  /** What a person signs in with. */
  credential: Exclude<Credential['kind'], 'password'>;
  /** Of a token in use, or of the id of an access key, in characters. */
  shortestToken: number;
  /** What its tokens begin with, and what to call their service; absent where they have no form of their own. */
  tokens?: { form: RegExp; of: string };
  /** Its own tokens that are of no use here, and what to say of one. */
  uselessTokens?: readonly { form: RegExp; sentence: MessageKey }[];
  help?: Help;
  /** A policy in the service's format that gives a credential its rights, to be copied. */
  policy?: () => string;
};

/** The facts of a provider: infers its kind and the ids of its editions. */
export function providerFacts<const Kind extends string, const Id extends string>(
  facts: ProviderFacts<Kind, Id>,
): ProviderFacts<Kind, Id> {
  return facts;
}
