import type { Credential } from '../../src/domain/credential.ts';
import type { ProviderError } from '../../src/domain/errors.ts';
import type { Result } from '../../src/domain/result.ts';
import type { Service } from '../../src/domain/service.ts';
import type { Connection, Provider, PullRequest } from '../../src/providers/provider.ts';
import { isLostAnswer } from '../../src/providers/after-write.ts';
import type { Findings } from './findings.ts';
import { STOPPED, type Gate, type Writes } from './gate.ts';
import { PREFIX, type Manners } from './manners.ts';

/** Everything that this run created and has to remove. */
export type Ledger = {
  branches: Set<string>;
  pulls: Set<number>;
  /** All that were made or found, closed or not. */
  known: Set<number>;
  /** Pull requests that are being opened, and things that are being removed: both change the cost of cleaning up. */
  opening: number;
  leaving: number;
  /** A pull request with an unknown number can exist. */
  uncertain: boolean;
};

/** The initial branches of a run: the head of the first, and a commit that only the other has, if there is one. */
export type Home = { main: string; commit: string; other?: string };

/** Everything a trial needs. */
export type Kit = {
  provider: Provider;
  manners: Manners;
  gate: Gate;
  findings: Findings;
  ledger: Ledger;
  repository: string;
  /** `acme` of `acme/scratch`; absent where repositories have no owners. */
  owners: readonly string[];
  service: Service;
  credential: Credential;
  /** A part of this run's names, so that names of two runs differ. */
  run: string;
  /** The adapter's answers as text, which must not contain a secret. */
  told: string[];
};

/** ms; enough for a request to a slow server of the customer. */
const PATIENCE = 15_000;

export function connection(kit: Kit, credential = kit.credential, patience = PATIENCE): Connection {
  return { service: kit.service, credential, deadline: Date.now() + patience };
}

/** A name of this run: `undersigned-verify-1-ab12cd-target`; `VERIFY-1` is a word of it, as the key of an issue is. */
export function nameOf({ run }: Kit, part: string): string {
  return `${PREFIX}1-${run}${part === '' ? '' : `-${part}`}`;
}

export type Check = (number: number, held: boolean, answer?: unknown) => void;

const TELLS_NOTHING: readonly string[] = ['RATE_LIMITED'];

/**
 * Tries some sentences with requests of their own. A refusal of the gate or a limit of the service says nothing about them. An error
 * that is thrown breaks these sentences and the first sentence of the contract.
 */
export async function trial(
  kit: Kit,
  sentences: readonly number[],
  run: (check: Check) => Promise<void>,
  writes: Writes = 'sent',
): Promise<void> {
  const { gate, findings } = kit;
  // Each read would be tried twice with a pause between, and after Ctrl-C people would wait for all of them.
  if (gate.stopped()) return skip(kit, sentences, STOPPED);
  gate.watch(sentences, writes);
  const checks: { number: number; held: boolean; answer: unknown }[] = [];
  try {
    await run((number, held, answer) => checks.push({ number, held, answer }));
  } catch (thrown) {
    const answer = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : 'something was thrown';
    for (const number of [1, ...sentences]) checks.push({ number, held: false, answer });
  }
  const { refused, strayed } = gate.seen();
  kit.told.push(...checks.map(({ answer }) => JSON.stringify(answer) ?? ''));
  if (strayed !== undefined) for (const number of [15, ...sentences]) findings.broken(number, strayed);
  for (const { number, held, answer } of checks) {
    const code = codeIn(answer);
    if (refused !== undefined) findings.untried(number, refused);
    else if (held) findings.held(number);
    else if (code !== undefined && TELLS_NOTHING.includes(code))
      findings.untried(number, `the service answered ${code}`);
    else findings.broken(number, `the answer was ${shown(answer)}`);
  }
  if (refused !== undefined) for (const number of sentences) findings.untried(number, refused);
}

/** The rest of a run can't find out anything about these. */
export function skip(kit: Kit, sentences: readonly number[], reason: string): void {
  for (const number of sentences) kit.findings.untried(number, reason);
}

type Answer = Result<unknown, ProviderError>;

function codeIn(answer: unknown): string | undefined {
  const { ok, error } = (answer ?? {}) as { ok?: boolean; error?: { code?: string } };
  return ok === false ? error?.code : undefined;
}

export function isCode(answer: Answer, ...codes: readonly ProviderError['code'][]): boolean {
  return !answer.ok && codes.includes(answer.error.code);
}

function shown(answer: unknown): string {
  const text = typeof answer === 'string' ? answer : (JSON.stringify(answer) ?? 'nothing');
  return text.length > 400 ? `${text.slice(0, 399)}…` : text;
}

/** Creates a branch of this run. It counts as made before the request, so that a failure leaves nothing. */
export async function make(kit: Kit, name: string, source: string, commit?: string) {
  const { ledger, provider, repository, gate } = kit;
  ledger.branches.add(name);
  const made = await provider.createBranch(connection(kit), { repository, name, source, commit });
  if (gate.seen().refused !== undefined && !made.ok && gate.seen().writes === 0) ledger.branches.delete(name);
  return made;
}

export async function remove(kit: Kit, name: string): Promise<Result<void, ProviderError>> {
  const { provider, repository, ledger } = kit;
  ledger.leaving = ledger.branches.has(name) ? 1 : 0;
  const removed = await provider.deleteBranch(connection(kit), { repository, name });
  ledger.leaving = 0;
  if (removed.ok || removed.error.code === 'BRANCH_MISSING') ledger.branches.delete(name);
  return removed;
}

/** The default title of a pull request of this run, with its issue. */
export const TITLE = `${PREFIX}1: "Größe" <b>& 日本語</b> 100% #1 'x'`;

export async function open(
  kit: Kit,
  source: string,
  target: string,
  more: { title?: string; draft?: boolean } = {},
): Promise<Result<PullRequest, ProviderError>> {
  const { provider, repository, ledger } = kit;
  const request = {
    repository,
    source,
    target,
    title: TITLE,
    description: 'Made by npm run verify.',
    draft: false,
    ...more,
  };
  ledger.opening += 1;
  const opened = await provider.createPullRequest(connection(kit), request);
  ledger.opening -= 1;
  if (opened.ok) note(ledger, opened.value.number);
  else if (isLostAnswer(opened.error) && kit.gate.seen().sent) ledger.uncertain = true;
  return opened;
}

export function note(ledger: Ledger, pull: number): void {
  ledger.pulls.add(pull);
  ledger.known.add(pull);
}
