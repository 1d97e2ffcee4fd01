import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createFaults } from '../faults.ts';
import { openBareRepository } from '../git/bare-repository.ts';
import { openRepositories } from '../git/create-repository.ts';
import type { FirstContent } from '../git/create-repository.ts';
import type { ServiceOptions } from '../service.ts';
import { openStore } from './store.ts';
import type { Activity, Token } from './store.ts';

/** The initial state of a service. */
type Beginning<TokenRecord extends Token> = {
  /** Logins. */
  accounts: readonly string[];
  /** The initial content of the repositories, by the path of their folders, without `.git`. */
  repositories: readonly (readonly [string, FirstContent])[];
  tokens: readonly (Omit<TokenRecord, 'id' | 'createdAt'> & { value: string })[];
};

/**
 * Opens what all dialects share: real bare repositories and one database file in `options.directory`, faults, and the two
 * ends of a service's life. A world that names a person it does not have is refused before anything is created from it.
 */
export async function openHost<TokenRecord extends Token, Entry extends { repository: string } = Activity>(
  { accounts, repositories, tokens }: Beginning<TokenRecord>,
  { directory, now = () => new Date() }: ServiceOptions,
  tables = '',
) {
  for (const { account } of tokens)
    if (!accounts.includes(account)) throw new Error(`The world has a token of ${account}, but no such account`);
  const folder = join(resolve(directory), 'repositories');
  const pathOf = (name: string): string => join(folder, `${name}.git`);
  const first = new Map(repositories.map(([name, content]) => [pathOf(name), content]));
  await mkdir(directory, { recursive: true });
  const made = await openRepositories(folder, first);
  const store = openStore<TokenRecord, Entry>(join(directory, 'host.sqlite'), tables);
  const addTokens = (): void => {
    for (const { value, ...token } of tokens)
      store.addToken(value, { ...token, createdAt: now().toISOString() } as unknown as Omit<TokenRecord, 'id'>);
  };
  addTokens();
  const faults = createFaults();

  return {
    store,
    now,
    faults,
    /** The repository in a folder. */
    open: (name: string) => openBareRepository(pathOf(name)),
    ends: {
      async reset(): Promise<void> {
        faults.clear();
        store.clear();
        await made.reset();
        addTokens();
      },
      async close(): Promise<void> {
        faults.clear();
        store.close();
      },
    },
  };
}
