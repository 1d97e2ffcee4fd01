import { HEADS } from '../git-host/branches.ts';
import { Refusal } from './answers.ts';
import type { Caller, CodeCommit, Repository } from './context.ts';

export type Input = Readonly<Record<string, unknown>>;

export type Operation = {
  writes: boolean;
  /** The resource that the policy decides about: a repository by name (none: the account as a whole), and the ref, if the request names one. */
  about(input: Input, aws: CodeCommit): { repository?: string; reference?: string };
  /** Refuses malformed input. Permissions are checked afterwards. */
  check?(input: Input): void;
  /** `open` gives a repository that exists and can be decrypted, or refuses. */
  run(aws: CodeCommit, caller: Caller, input: Input, open: (name: string) => Repository): Promise<unknown>;
};

export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

export const heads = (name: string): string => (name.startsWith(HEADS) ? name : `${HEADS}${name}`);

/** The shape of a name: `RepositoryName` of CodeCommit's API model. */
export function checkRepositoryName(value: unknown): string {
  const name = text(value);
  if (name === undefined) throw new Refusal('RepositoryNameRequiredException', 'A repository name is required');
  if (!/^[\w.-]{1,100}$/.test(name)) throw new Refusal('InvalidRepositoryNameException', 'The name is not valid');
  return name;
}

export const oneRepository = (input: Input): { repository: string } => ({
  repository: text(input['repositoryName']) ?? '',
});

/** One page of a list; the token is opaque to callers. */
export function pageOf<Item>(
  items: readonly Item[],
  token: unknown,
  size: number,
): { page: Item[]; next: { nextToken?: string } } {
  const offset = typeof token === 'string' ? Buffer.from(token, 'base64url').toString() : 'none';
  const from = token === undefined ? 0 : /^\d+$/.test(offset) ? Number(offset) : Infinity;
  if (from > items.length)
    throw new Refusal('InvalidContinuationTokenException', 'The continuation token is not valid');
  const end = from + size;
  const next = end < items.length ? { nextToken: Buffer.from(String(end)).toString('base64url') } : {};
  return { page: items.slice(from, end), next };
}
