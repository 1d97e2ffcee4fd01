import { isValidRefName } from '../git/bare-repository.ts';
import { Refusal } from './answers.ts';
import type { CodeCommit, Repository } from './context.ts';
import { HEADS } from '../git-host/branches.ts';
import { checkRepositoryName, heads, oneRepository, pageOf, text, type Input, type Operation } from './names.ts';
import { pullRequestOperations } from './pull-requests.ts';

function branchNameOf(input: Input): string {
  const name = text(input['branchName']);
  if (name === undefined) throw new Refusal('BranchNameRequiredException', 'A branch name is required');
  if (name.length > 256) throw new Refusal('InvalidBranchNameException', 'The branch name is too long');
  return name;
}

function checkBranch(input: Input): void {
  checkRepositoryName(input['repositoryName']);
  branchNameOf(input);
}

const invalidBranch = (name: string): Refusal =>
  new Refusal('InvalidBranchNameException', `The branch name ${name} is not valid`);

const oneBranch = (input: Input): { repository: string; reference: string } => ({
  ...oneRepository(input),
  reference: heads(text(input['branchName']) ?? ''),
});

function oneOf(value: unknown, allowed: readonly string[], type: string): string {
  const chosen = value === undefined ? allowed[0] : value;
  if (typeof chosen !== 'string' || !allowed.includes(chosen)) throw new Refusal(type, `One of ${allowed.join(', ')}`);
  return chosen;
}

/** Seconds since 1970: when the world's repositories were made, 5 January 2026. */
const CREATED = 1_767_603_600;

function lastModified(aws: CodeCommit, name: string): number {
  const last = aws.store.activity(name).find(({ errorCode }) => errorCode === undefined);
  return last === undefined ? CREATED : Date.parse(last.eventTime) / 1000;
}

const metadata = async (aws: CodeCommit, { definition, arn, id, git }: Repository): Promise<object> => ({
  accountId: aws.definition.accountId,
  Arn: arn,
  cloneUrlHttp: `https://${aws.hosts.git}/v1/repos/${definition.name}`,
  cloneUrlSsh: `ssh://${aws.hosts.git}/v1/repos/${definition.name}`,
  creationDate: CREATED,
  ...((await git.isEmpty()) ? {} : { defaultBranch: definition.defaultBranch }),
  lastModifiedDate: lastModified(aws, definition.name),
  repositoryDescription: definition.description,
  repositoryId: id,
  repositoryName: definition.name,
});

const listRepositories: Operation = {
  writes: false,
  about: () => ({}),
  async run(aws, _caller, input) {
    const sortBy = oneOf(input['sortBy'], ['repositoryName', 'lastModifiedDate'], 'InvalidSortByException');
    const order = oneOf(input['order'], ['ascending', 'descending'], 'InvalidOrderException');
    const sorted = aws.repositories
      .map(({ id, definition: { name } }) => ({ id, name, at: lastModified(aws, name) }))
      .sort((a, b) => (sortBy === 'lastModifiedDate' && a.at !== b.at ? a.at - b.at : a.name < b.name ? -1 : 1));
    if (order === 'descending') sorted.reverse();
    const { page, next } = pageOf(sorted, input['nextToken'], aws.definition.pageSize);
    return { repositories: page.map(({ id, name }) => ({ repositoryId: id, repositoryName: name })), ...next };
  },
};

const getRepository: Operation = {
  writes: false,
  about: oneRepository,
  check: (input) => void checkRepositoryName(input['repositoryName']),
  run: async (aws, _caller, input, open) => ({
    repositoryMetadata: await metadata(aws, open(String(input['repositoryName']))),
  }),
};

const listBranches: Operation = {
  writes: false,
  about: oneRepository,
  check: (input) => void checkRepositoryName(input['repositoryName']),
  async run(aws, _caller, input, open) {
    const refs = await open(String(input['repositoryName'])).git.refs(HEADS);
    const names = refs.map(({ name }) => name.slice(HEADS.length));
    const { page, next } = pageOf(names, input['nextToken'], aws.definition.pageSize);
    return { branches: page, ...next };
  },
};

const getBranch: Operation = {
  writes: false,
  about: oneRepository,
  check: checkBranch,
  async run(_aws, _caller, input, open) {
    const repository = open(String(input['repositoryName']));
    const branchName = branchNameOf(input);
    if (!(await isValidRefName(heads(branchName)))) throw invalidBranch(branchName);
    const ref = await repository.git.ref(`${HEADS}${branchName}`);
    if (ref === undefined) throw new Refusal('BranchDoesNotExistException', `${branchName} does not exist`);
    return { branch: { branchName, commitId: ref.sha } };
  },
};

const getCommit: Operation = {
  writes: false,
  about: oneRepository,
  check(input) {
    checkRepositoryName(input['repositoryName']);
    if (text(input['commitId']) === undefined)
      throw new Refusal('CommitIdRequiredException', 'A commit ID is required');
  },
  async run(_aws, _caller, input, open) {
    const { git } = open(String(input['repositoryName']));
    const id = String(input['commitId']);
    const isThere = (await git.objectType(id)) === 'commit';
    const commit = isThere ? (await git.commits(id, undefined, 1))[0] : undefined;
    if (commit === undefined) throw new Refusal('CommitIdDoesNotExistException', `${id} does not exist`);
    const { author: name, email, date, subject } = commit;
    const at = `${Date.parse(date) / 1000} +0000`;
    const person = { name, email, date: at };
    return { commit: { commitId: id, parents: [], message: `${subject}\n`, author: person, committer: person } };
  },
};

/**
 * A name in conflict with another one (`fix/login` beside `fix`) is an invalid name. Assumption: the API has no error
 * of its own for it.
 */
const createBranch: Operation = {
  writes: true,
  about: oneBranch,
  check(input) {
    checkBranch(input);
    const commit = text(input['commitId']);
    if (commit === undefined) throw new Refusal('CommitIdRequiredException', 'A commit ID is required');
    if (!/^[0-9a-f]{40}$/.test(commit)) throw new Refusal('InvalidCommitIdException', 'The commit ID is not valid');
  },
  async run(_aws, _caller, input, open) {
    const { git } = open(String(input['repositoryName']));
    const name = branchNameOf(input);
    const commit = String(input['commitId']);
    const [isValid, existing, type] = await Promise.all([
      isValidRefName(heads(name)),
      git.ref(`${HEADS}${name}`),
      git.objectType(commit),
    ]);
    if (!isValid) throw invalidBranch(name);
    if (existing !== undefined) throw new Refusal('BranchNameExistsException', `${name} already exists`);
    if (type !== 'commit') throw new Refusal('CommitDoesNotExistException', `${commit} does not exist`);
    const change = await git.createRef(`${HEADS}${name}`, commit);
    if (change.ok) return undefined;
    throw change.why === 'exists'
      ? new Refusal('BranchNameExistsException', `${name} already exists`)
      : invalidBranch(name);
  },
};

/** For a branch that does not exist, the answer names no branch. Assumption: the API has no error of its own for it. */
const deleteBranch: Operation = {
  writes: true,
  about: oneBranch,
  check: checkBranch,
  async run(_aws, _caller, input, open) {
    const { git, definition } = open(String(input['repositoryName']));
    const branchName = branchNameOf(input);
    if (branchName === definition.defaultBranch)
      throw new Refusal('DefaultBranchCannotBeDeletedException', `${branchName} is the default branch`);
    if (!(await isValidRefName(heads(branchName)))) throw invalidBranch(branchName);
    const ref = await git.ref(`${HEADS}${branchName}`);
    if (ref === undefined) return {};
    const change = await git.deleteRef(`${HEADS}${branchName}`);
    if (!change.ok && change.why !== 'missing') throw new Error(`git kept ${branchName}: ${change.said}`);
    return change.ok ? { deletedBranch: { branchName, commitId: ref.sha } } : {};
  },
};

const listApprovalRuleTemplates: Operation = {
  writes: false,
  about: oneRepository,
  check: (input) => void checkRepositoryName(input['repositoryName']),
  run: async (_aws, _caller, input, open) => {
    const { definition } = open(String(input['repositoryName']));
    return { approvalRuleTemplateNames: definition.approvalRules.map(({ name }) => name) };
  },
};

/** At AWS, templates belong to the account. Here each one belongs to a repository. */
const getApprovalRuleTemplate: Operation = {
  writes: false,
  about: () => ({}),
  async run(aws, _caller, input) {
    const { accountId } = aws.definition;
    const name = text(input['approvalRuleTemplateName']);
    const all = aws.definition.repositories.flatMap(({ approvalRules }) => approvalRules);
    const rule = all.find((one) => one.name === name);
    if (rule === undefined) throw new Refusal('ApprovalRuleTemplateDoesNotExistException', 'There is no such template');
    // As the user guide's "Create an approval rule template" writes one.
    const content = {
      Version: '2018-11-08',
      ...(rule.branches.length > 0 && { DestinationReferences: rule.branches.map(heads) }),
      Statements: [
        {
          Type: 'Approvers',
          NumberOfApprovalsNeeded: rule.count,
          ApprovalPoolMembers: rule.members.map((member) => `arn:${aws.partition}:iam::${accountId}:user/${member}`),
        },
      ],
    };
    const approvalRuleTemplateContent = JSON.stringify(content);
    return { approvalRuleTemplate: { approvalRuleTemplateName: rule.name, approvalRuleTemplateContent } };
  },
};

/** The operations that are modelled, by name. */
export const operations: Readonly<Record<string, Operation>> = {
  ListRepositories: listRepositories,
  GetRepository: getRepository,
  ListBranches: listBranches,
  GetBranch: getBranch,
  GetCommit: getCommit,
  CreateBranch: createBranch,
  DeleteBranch: deleteBranch,
  ListAssociatedApprovalRuleTemplatesForRepository: listApprovalRuleTemplates,
  GetApprovalRuleTemplate: getApprovalRuleTemplate,
  ...pullRequestOperations,
};
