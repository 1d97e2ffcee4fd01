import { randomBytes } from 'node:crypto';
import type { Credential } from '../../src/domain/credential.ts';
import { serviceAt } from '../../src/domain/service.ts';
import { loadProvider } from '../../src/providers/registry.ts';
import { branchesOf, tryCreating, tryDeleting, tryDeletingOdd, tryLostAnswers, tryRefusals } from './branches.ts';
import { cleanUp, costOfCleaning, sweep } from './clean.ts';
import { openFindings } from './findings.ts';
import { openGate, MOST_REQUESTS } from './gate.ts';
import { connection, skip, trial, type Kit, type Ledger } from './kit.ts';
import { manners, PREFIX } from './manners.ts';
import type { Options } from './options.ts';
import { tryDraft, tryPullRequests } from './pulls.ts';
import { look, tryCredential, tryRepositories, tryTheRest, type Account, type Seen } from './reading.ts';
import { reportOf } from './report.ts';
import { secretsOf } from './scrub.ts';

/** The environment of a run. */
export type Around = {
  sentences: ReadonlyMap<number, string>;
  stop: AbortSignal;
  say(line: string): void;
  /** Whether the person agrees to the plan. */
  confirm(): Promise<boolean>;
};

export type Ended = { code: number; report?: string };

/** The most other branches of a scratch repository; with more it looks used. */
const FEW = 3;

function planOf({ service, repository }: Options): string {
  return `What this does with ${repository} at ${service.place}, in your name:
  1. asks whose credential it is, which repositories there are, and whether this is one of them;
  2. removes what an earlier run left there: branches called ${PREFIX}…, and pull requests between them;
  3. makes four branches and two or three pull requests called ${PREFIX}… between those branches alone;
  4. closes and deletes all of them, also after a failure or Ctrl-C.
At most ${MOST_REQUESTS} requests. Nothing else is changed, nothing is merged, and nobody is asked to review. Closed pull requests stay to be
seen, and whoever watches the repository may get messages. One request carries a credential that is nobody's.
`;
}

/** One run, from the plan to the report. It removes everything that it makes, in every case. */
export async function verify(options: Options, credential: Credential, around: Around): Promise<Ended> {
  const { provider: kind, repository, service } = options;
  around.say(planOf(options));
  if (!(await around.confirm())) return { code: 2 };
  const ledger: Ledger = {
    branches: new Set(),
    pulls: new Set(),
    known: new Set(),
    opening: 0,
    leaving: 0,
    uncertain: false,
  };
  const origins = [service.apiUrl, ...(kind === 'codecommit' ? [service.apiUrl.replace('codecommit', 'sts')] : [])];
  const gate = openGate({
    manners: manners[kind],
    ours: { api: service.apiUrl, repository, pulls: ledger.known },
    origins: origins.map((url) => new URL(url).origin),
    sandbox: options.sandbox,
    reserved: () => costOfCleaning({ ledger, manners: manners[kind] }),
    stopped: () => around.stop.aborted,
  });
  const kit: Kit = {
    provider: await loadProvider(kind),
    manners: manners[kind],
    gate,
    findings: openFindings(around.sentences),
    ledger,
    repository,
    owners: kind === 'codecommit' ? [] : [repository.split('/')[0] ?? ''],
    service,
    credential,
    run: randomBytes(3).toString('hex'),
    told: [],
  };
  try {
    return await go(kit, options, around);
  } finally {
    gate.close();
  }
}

async function go(kit: Kit, options: Options, around: Around): Promise<Ended> {
  const met = await introduce(kit);
  const refusal = 'refusal' in met ? met.refusal : await enter(kit);
  if ('refusal' in met || refusal !== undefined) {
    around.say(refusal ?? '');
    return { code: 2 };
  }
  const seen = await look(kit);
  const used = seen === undefined ? undefined : warningOf(seen);
  if (used !== undefined) around.say(used);
  if (seen === undefined || (used !== undefined && options.refuseUsed)) {
    if (seen === undefined) around.say('The repository has no branch to begin with: give it one commit.');
    return { code: 2 };
  }
  let left: readonly string[];
  try {
    const swept = seen.left ? await sweep(kit) : { branches: 0, pulls: 0 };
    // Remains that can't be removed are named at the end. They must not use up this run's requests.
    kit.ledger.branches.clear();
    kit.ledger.pulls.clear();
    if (swept.branches + swept.pulls > 0)
      around.say(`Removed of an earlier run: ${swept.branches} branches, ${swept.pulls} pull requests.`);
    await write(kit, seen, met.account, around);
  } finally {
    ({ left } = await cleanUp(kit));
  }
  around.say(
    left.length === 0 ? 'Everything is removed.' : `Not removed: ${left.join(', ')}. Run this again, or remove it.`,
  );
  return finish(kit, left, around.stop.aborted);
}

/** The edition and the account of the credential, or why nothing more can be tried. */
async function introduce(kit: Kit): Promise<{ refusal: string } | { account: Account }> {
  const { provider, service } = kit;
  let why: string | undefined;
  await trial(kit, [18], async (check) => {
    const found = await provider.detect(connection(kit));
    if (!found.ok) {
      why = `${service.place} did not answer as ${service.edition.name} does (${found.error.code}). Nothing was made.`;
      return check(18, false, found);
    }
    kit.service = serviceAt(found.value.edition, service.webUrl, found.value.version);
    check(18, true);
  });
  if (why !== undefined) return { refusal: why };
  const account = await tryCredential(kit);
  if (account !== undefined) return { account };
  return { refusal: `${service.place} did not say whose credential this is. Nothing was made.` };
}

async function enter(kit: Kit): Promise<string | undefined> {
  if (await tryRepositories(kit)) return undefined;
  return `${kit.repository} is not among the repositories that this credential can write to, by this very name. Nothing was made.`;
}

function warningOf({ foreign }: Seen): string | undefined {
  if (foreign <= FEW) return undefined;
  return `The repository looks used: it has ${foreign} branches besides. A scratch repository is better; --refuse-used ends here.`;
}

const PULLS = [50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 64, 65, 67, 68] as const;
const BRANCHES = [4, 10, 28, 33, 34, 35, 36, 37, 38, 40, 42, 43, 44, 45, 46, 48, 49, ...PULLS] as const;

async function write(kit: Kit, { home }: Seen, account: Account, around: Around): Promise<void> {
  around.say('Branches…');
  const made = branchesOf(kit);
  if (!(await tryCreating(kit, home, made))) return skip(kit, BRANCHES, 'not even a branch could be made');
  await tryLostAnswers(kit, home, made);
  await tryRefusals(kit, home, made);
  around.say('Pull requests…');
  const ends = await tryPullRequests(kit, home, made);
  await tryDeleting(kit, made);
  if (ends !== undefined) await tryDraft(kit, ends, account.login);
  await tryDeletingOdd(kit, made);
  await tryTheRest(kit, account, home);
}

function finish(kit: Kit, left: readonly string[], stopped: boolean): Ended {
  const { findings, gate, service, repository, credential } = kit;
  findings.held(15);
  const texts = [...kit.told, ...gate.exchanges.map(({ url }) => decodeURIComponent(url))];
  const isTold = secretsOf(credential).some((secret) => texts.some((text) => text.includes(secret)));
  if (isTold) findings.broken(16, 'a secret was in an address or an answer');
  else findings.held(16);
  const report = reportOf({ service, repository, credential, findings, exchanges: gate.exchanges, left });
  const isBroken = findings.all().some(({ outcome }) => outcome === 'broken');
  return { code: stopped ? 130 : isBroken || left.length > 0 ? 1 : 0, report };
}
