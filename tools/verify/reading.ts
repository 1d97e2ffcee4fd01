import { isOurs } from './gate.ts';
import { connection, isCode, nameOf, skip, trial, type Home, type Kit } from './kit.ts';

const INSTANT = /^(never|unknown|\d{4}-\d\d-\d\dT[\d:.]+Z)$/;

export type Account = { id: string; login: string };

/** The account of the credential; undefined if the credential is useless here, so nothing else is tried. */
export async function tryCredential(kit: Kit): Promise<Account | undefined> {
  const { provider, manners, gate, repository } = kit;
  await trial(kit, [2], async (check) => {
    const late = await provider.checkToken(connection(kit, kit.credential, -1));
    check(2, isCode(late, 'TIMEOUT') && gate.seen().requests === 0, late);
  });
  let account: Account | undefined;
  await trial(kit, [11, 17, 19, 20, 21], async (check) => {
    const [mine, theirs] = await Promise.all([
      provider.checkToken(connection(kit)),
      provider.listBranches(connection(kit, manners.nobody), { repository, search: '' }),
    ]);
    check(11, isCode(theirs, 'AUTH_INVALID'), theirs);
    check(17, mine.ok && !theirs.ok, [mine, theirs]);
    if (!mine.ok) return check(19, false, mine);
    account = { id: mine.value.accountId, login: mine.value.login };
    check(19, account.id !== '' && account.login !== '', mine);
    check(21, INSTANT.test(mine.value.expiresAt), mine);
    // Only a credential with all rights can break this sentence, and only the service knows whether it is one.
    if (mine.value.missingScopes.length === 0) check(20, true);
    else skip(kit, [20], `the service says that this credential lacks ${mine.value.missingScopes.join(', ')}`);
  });
  if (account === undefined) return undefined;
  await trial(kit, [22], async (check) => {
    const found = await provider.findOwners(connection(kit));
    const names = found.ok ? found.value : [];
    const has = (owner: string) => names === 'all' || names.some((name) => name.toLowerCase() === owner.toLowerCase());
    check(22, found.ok && kit.owners.every(has), found);
  });
  return account;
}

/** Reads that are only made if requests are left. */
export async function tryTheRest(kit: Kit, account: Account, { main, commit }: Home): Promise<void> {
  const { provider, repository, owners } = kit;
  await trial(kit, [62], async (check) => {
    const found = await provider.findWork(connection(kit), { issueKey: 'NOTHING-1', owners, repositories: [] });
    check(62, found.ok && found.value.branches.length === 0, found);
  });
  await trial(kit, [69], async (check) => {
    const head = await provider.readHead(connection(kit), { repository, name: main });
    const none = await provider.readHead(connection(kit), { repository, name: commit });
    check(69, head.ok && head.value === commit && isCode(none, 'BRANCH_MISSING'), [head, none]);
  });
  await trial(kit, [19], async (check) => {
    const again = await kit.provider.checkToken(connection(kit));
    check(19, again.ok && again.value.accountId === account.id, again);
  });
}

/** Finds the repository among those of its owner; `false` if it is missing or has another name. */
export async function tryRepositories(kit: Kit): Promise<boolean> {
  const { provider, repository, owners, gate, service } = kit;
  const search = (repository.split('/').at(-1) ?? '').slice(0, 30).toUpperCase();
  const isOwned = (name: string) =>
    owners.length === 0 || owners.some((owner) => name.toLowerCase().startsWith(`${owner.toLowerCase()}/`));
  let found = false;
  await trial(kit, [23, 24, 26], async (check) => {
    const answer = await provider.listRepositories(connection(kit), { owners, search });
    const items = answer.ok ? answer.value.items : [];
    found = items.some(({ name }) => name === repository);
    check(24, found, answer.ok ? 'a list without the repository' : answer);
    check(26, gate.seen().requests === 1 || !found, `${gate.seen().requests} requests`);
    const strange = items.filter(({ name, url }) => !isOwned(name) || !url.startsWith(`${service.webUrl}/`));
    check(23, answer.ok && strange.length === 0, answer.ok ? strange : answer);
  });
  if (!found) return false;
  await trial(kit, [13], async (check) => {
    const missing = `${repository}-${nameOf(kit, 'gone')}`;
    const answer = await provider.listBranches(connection(kit), { repository: missing, search: '' });
    check(13, isCode(answer, 'REPOSITORY_NOT_FOUND'), answer);
  });
  return true;
}

/** `left`: an earlier run can have left something. */
export type Seen = { home: Home; foreign: number; left: boolean };

/** The present branches of the repository: one to begin with, and one at another commit; undefined without branches. */
export async function look(kit: Kit): Promise<Seen | undefined> {
  const { provider, repository } = kit;
  let seen: Seen | undefined;
  await trial(kit, [25, 26, 29], async (check) => {
    const listed = await provider.listBranches(connection(kit), { repository, search: '' });
    check(26, kit.gate.seen().requests === 1, listed);
    if (!listed.ok) return check(29, false, listed);
    const { items } = listed.value;
    const first =
      items.find(({ name }) => ['main', 'master'].includes(name)) ?? items.find(({ name }) => !isOurs(name));
    if (first === undefined) return;
    const commit = first.commit ?? (await headOf(kit, first.name));
    if (commit === undefined) return check(29, false, 'no commit of a branch that was listed');
    const others = items.filter(({ name }) => name !== first.name && !isOurs(name));
    const left = listed.value.next !== undefined || items.some(({ name }) => isOurs(name));
    seen = {
      home: { main: first.name, commit, ...(await elsewhere(kit, others, commit)) },
      foreign: others.length,
      left,
    };
    const odd = await provider.listBranches(connection(kit), { repository, search: `zz%*?"'\\&page=2` });
    check(25, odd.ok && odd.value.items.length === 0, odd);
  });
  return seen;
}

async function headOf(kit: Kit, name: string): Promise<string | undefined> {
  const head = await kit.provider.readHead(connection(kit), { repository: kit.repository, name });
  return head.ok ? head.value : undefined;
}

/** A commit of another branch. If lists contain no commits, two branches are read. */
async function elsewhere(
  kit: Kit,
  others: readonly { name: string; commit?: string }[],
  commit: string,
): Promise<{ other?: string }> {
  const told = others.find((one) => one.commit !== undefined && one.commit !== commit)?.commit;
  if (told !== undefined) return { other: told };
  for (const { name } of others.filter((one) => one.commit === undefined).slice(0, 2)) {
    const other = await headOf(kit, name);
    if (other !== undefined && other !== commit) return { other };
  }
  return {};
}
