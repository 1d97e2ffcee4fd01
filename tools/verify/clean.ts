import { isOurs } from './gate.ts';
import { connection, note, remove, type Kit } from './kit.ts';
import { ISSUE, PREFIX } from './manners.ts';

export type Cleaned = { branches: number; pulls: number; left: readonly string[] };

/** The number of requests that cleaning up needs now: for everything known, and for a check whether that was all. */
export function costOfCleaning({ ledger, manners }: Pick<Kit, 'ledger' | 'manners'>): number {
  const pulls = manners.closePull === undefined ? 0 : ledger.pulls.size + ledger.opening + (ledger.uncertain ? 1 : 0);
  return (ledger.branches.size - ledger.leaving) * manners.deleteCost + pulls + manners.lookCost;
}

/** Everything at the service with a name of ours: all names and titles hold the key of one issue. `false`: unknown. */
async function lookFor(kit: Kit): Promise<boolean> {
  const { ledger, provider, repository, owners, manners } = kit;
  const asked = { issueKey: ISSUE, owners, repositories: [repository], requests: manners.lookCost };
  const found = await provider.findWork(connection(kit), asked);
  if (!found.ok) return false;
  ledger.pulls.clear();
  for (const { name } of found.value.branches) if (isOurs(name)) ledger.branches.add(name);
  for (const pull of found.value.pullRequests) {
    const isOpen = pull.state === 'open' || pull.state === 'draft';
    if (isOpen && pull.repository === repository && isOurs(pull.source) && isOurs(pull.target))
      note(ledger, pull.number);
  }
  return true;
}

/** Closes open pull requests. Those that can't be closed remain in the ledger. */
export async function closePulls(kit: Kit): Promise<number> {
  const { ledger, manners, repository } = kit;
  const { closePull } = manners;
  // Where a pull request closes with its branch, it is enough to delete the branch.
  if (closePull === undefined) return 0;
  let closed = 0;
  for (const number of [...ledger.pulls]) {
    // Removed from the ledger first: the request for it was reserved.
    ledger.pulls.delete(number);
    try {
      await closePull(connection(kit), repository, number);
      closed += 1;
    } catch {
      ledger.pulls.add(number);
    }
  }
  return closed;
}

async function clear(kit: Kit): Promise<{ branches: number; pulls: number }> {
  const pulls = await closePulls(kit);
  let branches = 0;
  for (const name of [...kit.ledger.branches]) if ((await remove(kit, name)).ok) branches += 1;
  return { branches, pulls };
}

/** Removes the remains of an earlier run from the repository. */
export async function sweep(kit: Kit): Promise<{ branches: number; pulls: number }> {
  kit.gate.watch([]);
  await lookFor(kit);
  return clear(kit);
}

/** Removes everything that this run made, in any state, and checks whether anything is left. */
export async function cleanUp(kit: Kit): Promise<Cleaned> {
  const { gate, ledger } = kit;
  gate.watch([]);
  gate.clean();
  const first = await clear(kit);
  const sure = await lookFor(kit);
  const second = await clear(kit);
  // Some services close a pull request with its branch.
  const pulls = kit.manners.closePull === undefined && ledger.branches.size === 0 ? [] : [...ledger.pulls];
  const left = [...ledger.branches, ...pulls.map((number) => `pull request ${number}`)];
  if (!sure) left.push(`perhaps more that begins with ${PREFIX}`);
  return { branches: first.branches + second.branches, pulls: first.pulls + second.pulls, left };
}
