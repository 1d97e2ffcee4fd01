import { FULL } from './gate.ts';
import { connection, isCode, make, nameOf, remove, skip, trial, type Home, type Kit } from './kit.ts';

/** The branches of a run: `target` and `behind` at one commit, the other two at the other, where the repository has one. */
export type Branches = { target: string; behind: string; odd: string; second: string };

const NO_COMMIT = 'f'.repeat(40);

export function branchesOf(kit: Kit): Branches {
  const name = (part: string) => nameOf(kit, part);
  return { target: name('target'), behind: name('behind'), odd: name('odd/100%-#1+ü'), second: name('second') };
}

/** Creates branches in every way that one credential can. `false`: the service accepted none. */
export async function tryCreating(kit: Kit, home: Home, made: Branches): Promise<boolean> {
  const { provider, repository, gate } = kit;
  const { main, commit, other = commit } = home;
  let possible = false;
  await trial(kit, [29, 31, 34], async (check) => {
    const answer = await make(kit, made.target, main, NO_COMMIT);
    check(34, answer.ok, answer);
    if (!answer.ok) return check(31, false, answer);
    possible = true;
    const head = await provider.readHead(connection(kit), { repository, name: made.target });
    check(31, answer.value.commit === commit && head.ok && head.value === commit, [answer, head]);
    check(29, head.ok && head.value === commit, [commit, head]);
  });
  if (!possible) return false;
  await trial(kit, [32, 33, 35], async (check) => {
    const answer = await make(kit, made.odd, nameOf(kit, 'gone'), other);
    check(33, answer.ok && answer.value.commit === other, answer);
    check(32, !answer.ok || gate.seen().requests === 1, `${gate.seen().requests} requests`);
    const from = await make(kit, made.second, made.odd);
    check(35, from.ok && from.value.commit === other, from);
    check(32, !from.ok || gate.seen().requests <= 3, `${gate.seen().requests - 1} requests`);
  });
  return true;
}

/** Lost answers: the adapter has to read back what the service did. */
export async function tryLostAnswers(kit: Kit, { main, commit }: Home, { target, behind }: Branches): Promise<void> {
  const { provider, repository, gate } = kit;
  const create = (name: string, at: string) =>
    provider.createBranch(connection(kit), { repository, name, source: main, commit: at });
  await trial(
    kit,
    [10, 42],
    async (check) => {
      const answer = await make(kit, behind, main, commit);
      check(42, answer.ok && answer.value.commit === commit, answer);
      check(10, gate.seen().writes === 1, `${gate.seen().writes} writes`);
    },
    'answer lost',
  );
  await trial(
    kit,
    [4, 10, 43, 44],
    async (check) => {
      const answer = await create(nameOf(kit, 'unsent'), commit);
      check(43, !answer.ok, answer);
      check(4, isCode(answer, 'UNREACHABLE'), answer);
      check(10, gate.seen().writes === 1, `${gate.seen().writes} writes`);
      check(44, !(await create(target, NO_COMMIT)).ok, 'a branch that is elsewhere');
    },
    'not sent',
  );
}

/** Requests that a service refuses with a reason. */
export async function tryRefusals(kit: Kit, { commit }: Home, { target }: Branches): Promise<void> {
  const { provider, repository } = kit;
  const create = (name: string, source: string, at?: string) =>
    provider.createBranch(connection(kit), { repository, name, source, commit: at });
  await trial(kit, [36], async (check) => {
    const answer = await create(nameOf(kit, 'a..b'), target, commit);
    check(36, isCode(answer, 'BRANCH_NAME_REFUSED'), answer);
  });
  await trial(kit, [37], async (check) => {
    const answer = await create(target, target, commit);
    check(37, isCode(answer, 'BRANCH_EXISTS'), answer);
  });
  await trial(kit, [38], async (check) => {
    const answer = await create(`${target}/below`, target, commit);
    check(38, !answer.ok && answer.error.code === 'BRANCH_NAME_CONFLICT' && answer.error.conflict === target, answer);
  });
  await trial(kit, [40], async (check) => {
    // The beginning of existing names, and no name itself.
    const answer = await create(nameOf(kit, 'never'), nameOf(kit, ''));
    check(40, isCode(answer, 'SOURCE_BRANCH_MISSING'), answer);
  });
  await trial(kit, [46], async (check) => {
    const answer = await remove(kit, nameOf(kit, ''));
    check(46, isCode(answer, 'BRANCH_MISSING'), answer);
  });
}

/** Deletes two of the branches, and checks which ones are left. */
export async function tryDeleting(kit: Kit, { target, second, behind, odd }: Branches): Promise<void> {
  const { provider, repository, ledger, gate } = kit;
  await trial(kit, [49], async (check) => check(49, !(await remove(kit, target)).ok, 'a deletion'), 'not sent');
  await trial(
    kit,
    [10, 48],
    async (check) => {
      // One request more than is reserved for removing it. Without it nobody would know the fate of the branch.
      if (gate.left() < 1) return skip(kit, [48], FULL);
      const answer = await remove(kit, behind);
      check(48, answer.ok, answer);
      check(10, gate.seen().writes === 1, `${gate.seen().writes} writes`);
    },
    'answer lost',
  );
  await trial(kit, [28, 45], async (check) => {
    const removed = await remove(kit, second);
    const cost = gate.seen().requests;
    const part = nameOf(kit, '').slice(12).toUpperCase();
    const listed = await provider.listBranches(connection(kit), { repository, search: part });
    const names = listed.ok ? listed.value.items.map(({ name }) => name).sort() : [];
    const expected = [...ledger.branches].sort();
    check(28, names.includes(target) && names.includes(odd), listed.ok ? names : listed);
    check(45, removed.ok && cost <= 2 && JSON.stringify(names) === JSON.stringify(expected), [
      removed,
      names,
      expected,
    ]);
  });
}

/** A name that an address has to escape arrives unchanged. */
export async function tryDeletingOdd(kit: Kit, { odd }: Branches): Promise<void> {
  await trial(kit, [35], async (check) => {
    const removed = await remove(kit, odd);
    check(35, removed.ok, removed);
  });
}
