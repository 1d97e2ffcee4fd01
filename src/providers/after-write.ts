import { isOpenOutcome, type ProviderError } from '../domain/errors';
import { fail, ok, type Result } from '../domain/result';
import type { Branch, PullRequest, Start } from './provider';

type Read<Value> = () => Promise<Result<Value, ProviderError>>;

/** The write may have happened although nobody said so: look, and never send it again. */
export function isLostAnswer(error: ProviderError): boolean {
  const isAnswer = error.code === 'UNEXPECTED_ANSWER' && error.status < 500;
  return isOpenOutcome(error) && !isAnswer;
}

/** The commit to start at: the known one, or else the head of the source. */
export async function commitToStart(
  start: Start,
  readHead: (source: string) => Promise<Result<string, ProviderError>>,
): Promise<Result<string, ProviderError>> {
  if (start.source === undefined) return ok(start.commit);
  return start.commit === undefined ? readHead(start.source) : ok(start.commit);
}

/** The commit read as the head of a source is gone: nothing was created, and the source may have moved. */
export function isStale<Request extends Start>(
  request: Request,
  { code }: ProviderError,
): request is Request & { source: string; commit: string } {
  return code === 'SOURCE_BRANCH_MISSING' && request.commit !== undefined && request.source !== undefined;
}

/** After a lost answer: the branch was created when it is at the requested commit; otherwise `lost` is the answer. */
export async function createdAfterAll(
  branch: Branch,
  lost: ProviderError,
  readHead: Read<string>,
): Promise<Result<Branch, ProviderError>> {
  const there = await readHead();
  return there.ok && there.value === branch.commit ? ok(branch) : fail(lost);
}

/** After a lost answer: the pull request was opened when the open one between its branches has the title that was sent. */
export async function openedAfterAll<Opened extends PullRequest>(
  title: string,
  lost: ProviderError,
  findOpen: () => Promise<Opened | undefined>,
): Promise<Result<Opened, ProviderError>> {
  const made = await findOpen();
  return made?.title === title ? ok(made) : fail(lost);
}

/** The truth about a refused or unanswered pull request: it was opened after all, another one exists already, or the service's own refusal. */
export async function settlePullRequest(
  title: string,
  error: ProviderError,
  findOpen: () => Promise<PullRequest | undefined>,
): Promise<Result<PullRequest, ProviderError>> {
  if (isLostAnswer(error)) return openedAfterAll(title, error, findOpen);
  if (error.code !== 'PULL_REQUEST_EXISTS') return fail(error);
  const existing = await findOpen();
  return fail({ ...error, ...(existing === undefined ? {} : { url: existing.url }) });
}
