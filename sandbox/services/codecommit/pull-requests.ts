import { createHash } from 'node:crypto';
import { Refusal } from './answers.ts';
import type { CodeCommit, Repository } from './context.ts';
import { HEADS } from '../git-host/branches.ts';
import { newPullRequest } from '../git-host/pull-requests.ts';
import type { PullRequest } from '../git-host/store.ts';
import { checkRepositoryName, heads, oneRepository, pageOf, text, type Input, type Operation } from './names.ts';

const statusOf = ({ state }: PullRequest): string => (state === 'open' ? 'OPEN' : 'CLOSED');

const isOneOf = (value: unknown, ...allowed: unknown[]): boolean => allowed.includes(value);

/** A pull request as the API shows it; times in seconds since 1970. */
const shapeOf = (aws: CodeCommit, pull: PullRequest): object => ({
  pullRequestId: String(pull.id),
  title: pull.title,
  ...(pull.body === undefined ? {} : { description: pull.body }),
  lastActivityDate: Date.parse(pull.updatedAt) / 1000,
  creationDate: Date.parse(pull.createdAt) / 1000,
  pullRequestStatus: statusOf(pull),
  authorArn: aws.caller(pull.author)?.arn,
  pullRequestTargets: [
    {
      repositoryName: pull.repository,
      sourceReference: heads(pull.source),
      destinationReference: heads(pull.target),
      sourceCommit: pull.sourceSha,
      destinationCommit: pull.targetSha,
      mergeMetadata: { isMerged: pull.state === 'merged' },
    },
  ],
  ...(pull.requestToken === undefined ? {} : { clientRequestToken: pull.requestToken }),
  revisionId: createHash('sha256').update(`${aws.definition.accountId} ${pull.id} ${pull.updatedAt}`).digest('hex'),
  approvalRules: [],
});

const openOf = (aws: CodeCommit, repository: string): PullRequest[] =>
  aws.store.pullRequests(repository).filter(({ state }) => state === 'open');

const listPullRequests: Operation = {
  writes: false,
  about: oneRepository,
  check(input) {
    checkRepositoryName(input['repositoryName']);
    const status = input['pullRequestStatus'];
    if (status !== undefined && status !== 'OPEN' && status !== 'CLOSED')
      throw new Refusal('InvalidPullRequestStatusException', 'OPEN or CLOSED');
    const max = input['maxResults'];
    if (max !== undefined && !(Number.isInteger(max) && Number(max) > 0))
      throw new Refusal('InvalidMaxResultsException', 'A number from 1');
  },
  async run(aws, _caller, input, open) {
    const { definition } = open(String(input['repositoryName']));
    const ids = aws.store
      .pullRequests(definition.name)
      .filter(
        (pull) =>
          isOneOf(input['pullRequestStatus'], undefined, statusOf(pull)) &&
          isOneOf(input['authorArn'], undefined, aws.caller(pull.author)?.arn),
      )
      .map(({ id }) => String(id));
    const size = Math.min(Number(input['maxResults'] ?? aws.definition.pageSize), aws.definition.pageSize);
    const { page, next } = pageOf(ids, input['nextToken'], size);
    return { pullRequestIds: page, ...next };
  },
};

const pullOf = (aws: CodeCommit, input: Input): PullRequest | undefined =>
  aws.store.pullRequests().find(({ id }) => String(id) === input['pullRequestId']);

const getPullRequest: Operation = {
  writes: false,
  about: (input, aws) => ({ repository: pullOf(aws, input)?.repository ?? '' }),
  check(input) {
    const id = text(input['pullRequestId']);
    if (id === undefined) throw new Refusal('PullRequestIdRequiredException', 'A pull request ID is required');
    if (!/^\d+$/.test(id)) throw new Refusal('InvalidPullRequestIdException', 'The pull request ID is not valid');
  },
  async run(aws, _caller, input, open) {
    const pull = pullOf(aws, input);
    if (pull === undefined) throw new Refusal('PullRequestDoesNotExistException', 'There is no such pull request');
    open(pull.repository);
    return { pullRequest: shapeOf(aws, pull) };
  },
};

const targetsOf = (input: Input): Input[] => (Array.isArray(input['targets']) ? (input['targets'] as Input[]) : []);

async function branchIn({ git }: Repository, reference: string): Promise<{ name: string; sha: string }> {
  const ref = await git.ref(heads(reference));
  if (ref === undefined) throw new Refusal('ReferenceDoesNotExistException', `${reference} does not exist`);
  return { name: heads(reference).slice(HEADS.length), sha: ref.sha };
}

/** The API takes a second pull request for the same branches, and one between branches that do not differ (assumption). */
const createPullRequest: Operation = {
  writes: true,
  about(input) {
    const [target] = targetsOf(input);
    const source = text(target?.['sourceReference']);
    return { ...oneRepository(target ?? {}), ...(source === undefined ? {} : { reference: heads(source) }) };
  },
  check(input) {
    const title = text(input['title']);
    if (title === undefined) throw new Refusal('TitleRequiredException', 'A title is required');
    if (title.length > 150) throw new Refusal('InvalidTitleException', 'A title has at most 150 characters');
    const description = input['description'];
    if (typeof description === 'string' && description.length > 10_240)
      throw new Refusal('InvalidDescriptionException', 'A description has at most 10240 characters');
    const targets = targetsOf(input);
    const [target] = targets;
    if (target === undefined) throw new Refusal('TargetsRequiredException', 'Targets are required');
    if (targets.length > 1) throw new Refusal('InvalidTargetsException', 'One target only');
    checkRepositoryName(target['repositoryName']);
    if (text(target['sourceReference']) === undefined)
      throw new Refusal('ReferenceNameRequiredException', 'A reference name is required');
  },
  async run(aws, caller, input, open) {
    const [target = {}] = targetsOf(input);
    const repository = open(String(target['repositoryName']));
    const { name, defaultBranch } = repository.definition;
    const source = await branchIn(repository, String(target['sourceReference']));
    const destination = await branchIn(repository, text(target['destinationReference']) ?? defaultBranch);
    if (source.name === destination.name)
      throw new Refusal('SourceAndDestinationAreSameException', 'The branches are the same');
    const wanted = { title: String(input['title']), body: text(input['description']) };
    const clientRequestToken = text(input['clientRequestToken']);
    const earlier = aws.store
      .pullRequests()
      .find((pull) => clientRequestToken !== undefined && pull.requestToken === clientRequestToken);
    if (earlier !== undefined) {
      const same =
        earlier.repository === name &&
        earlier.source === source.name &&
        earlier.target === destination.name &&
        earlier.title === wanted.title &&
        earlier.body === wanted.body;
      if (!same) throw new Refusal('IdempotencyParameterMismatchException', 'The token was used for another request');
      return { pullRequest: shapeOf(aws, earlier) };
    }
    if (openOf(aws, name).length >= aws.definition.openPullRequests)
      throw new Refusal('MaximumOpenPullRequestsExceededException', 'Too many open pull requests');
    const pull = aws.store.addPullRequest({
      ...newPullRequest(aws, repository, { login: caller.name }),
      ...wanted,
      ...{ source: source.name, sourceSha: source.sha, target: destination.name, targetSha: destination.sha },
      ...{ draft: false, reviewers: [], requestToken: clientRequestToken },
    });
    return { pullRequest: shapeOf(aws, pull) };
  },
};

/** Closes a pull request. To merge it, the target is moved to the source first. Says why it can't. */
export async function endPullRequest(
  aws: CodeCommit,
  repository: Repository,
  pull: PullRequest,
  how: 'close' | 'merge',
): Promise<string | undefined> {
  if (pull.state !== 'open') return 'It is closed already';
  if (how === 'merge') {
    const [source, target] = await Promise.all(
      [pull.source, pull.target].map((name) => repository.git.ref(heads(name))),
    );
    if (source === undefined || target === undefined) return 'One of its branches is gone';
    if (!(await repository.git.isAncestor(target.sha, source.sha))) return 'Only a fast-forward merge is modelled';
    await repository.git.setRef(target.name, source.sha);
  }
  const updatedAt = aws.now().toISOString();
  aws.store.savePullRequest({ ...pull, state: how === 'merge' ? 'merged' : 'closed', closedAt: updatedAt, updatedAt });
  return undefined;
}

const updatePullRequestStatus: Operation = {
  writes: true,
  about: (input, aws) => getPullRequest.about(input, aws),
  check(input) {
    getPullRequest.check?.(input);
    if (input['pullRequestStatus'] !== 'CLOSED')
      throw new Refusal('InvalidPullRequestStatusUpdateException', 'A pull request can only be closed');
  },
  async run(aws, _caller, input, open) {
    const pull = pullOf(aws, input);
    if (pull === undefined) throw new Refusal('PullRequestDoesNotExistException', 'There is no such pull request');
    const refused = await endPullRequest(aws, open(pull.repository), pull, 'close');
    if (refused !== undefined) throw new Refusal('PullRequestAlreadyClosedException', refused);
    return { pullRequest: shapeOf(aws, pullOf(aws, input) ?? pull) };
  },
};

export const pullRequestOperations: Readonly<Record<string, Operation>> = {
  ListPullRequests: listPullRequests,
  GetPullRequest: getPullRequest,
  CreatePullRequest: createPullRequest,
  UpdatePullRequestStatus: updatePullRequestStatus,
};
