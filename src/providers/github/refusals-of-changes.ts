// cspell:ignore cyberark nori owenthereal mislav palxiao
import type { ProviderError } from '../../domain/errors';
import { unquoted, type Refusal } from '../refusals';

/** Rules of the repository, and what is wrong with a branch or a pull request. See `refusals.ts`, which puts them in order. */
export const refusalsOfChanges: readonly Refusal[] = [
  // Rules of git and of GitHub itself, which read as one of the repository does.
  {
    status: 422,
    says: /reference name must (?:contain at least|start with)|names? consisting of 40 hex|not a valid ref name|valid reference\b|(?:branch|ref|reference) name is too long/i,
    means: { code: 'BRANCH_NAME_REFUSED' },
    text: 'Reference name must contain at least three slash-separated components.',
    source: 'recorded in public tests of "Create a reference"; of 40 hex figures: GH002, as git is told it',
  },
  // Rules of the repository.
  {
    status: [403, 409, 422],
    says: /(?<!tag )name must (not )?(match|start with|end with|contain)(?: (?:a|the)(?: given| matching)?)?(?: regex)?(?: pattern)?:?\s{1,3}([^\n]{1,300})/i,
    means: ([, not, how = '', pattern = ''], { said }) =>
      nameRule(not !== undefined, how.toLowerCase(), unquoted(pattern), said),
    text: 'Repository rule violations found\n\nBranch name must match a given regex pattern: ^(feature|bugfix)/.*',
    source: 'github/github-mcp-server#3081',
  },
  {
    status: [403, 409, 422],
    says: /verified signatures?|must be signed/i,
    means: { code: 'SIGNATURE_RULE' },
    text: 'Repository rule violations found\n\nCommits must have verified signatures.\n\n',
    source: 'github/github-mcp-server#3081',
  },
  {
    status: [403, 409, 422],
    says: /^(?:remote:)?[\s-]{0,10}(?:commit (?:author|message)|committer|author email|file (?:path|size|extension)|secrets? (?:detected|found)|push cannot contain secrets)/im,
    // A rule about commits that are there already: only its own words tell which.
    means: (_, { status, said }) => ({ code: 'REQUEST_REFUSED', status, ...said }),
    text: 'Repository rule violations found\n\nPush cannot contain secrets\n\n',
    source:
      'palxiao/poster-design#140, as git is told it; of messages and addresses: assumption, docs "Available rules for rulesets"',
  },
  // Pull requests.
  {
    status: [403, 422],
    says: /draft pull requests are not supported/i,
    means: { code: 'DRAFTS_UNAVAILABLE' },
    text: 'Draft pull requests are not supported in this repository.',
    source: 'SWE-agent/SWE-agent#179',
  },
  {
    status: [409, 422],
    says: /no history in common/i,
    means: { code: 'NO_COMMON_HISTORY' },
    text: 'Validation Failed\nThe DEMO-1 branch has no history in common with main',
    source: 'mislav/hub#2322',
  },
  {
    status: [409, 422],
    says: /\b(title|body) is too long(?: \(maximum is ([\d,]{1,12}))?/i,
    means: ([, field = '', limit]) => ({
      code: 'PULL_REQUEST_TEXT_TOO_LONG',
      field: /body/i.test(field) ? 'description' : 'title',
      ...(limit === undefined ? {} : { limit: Number(limit.replaceAll(',', '')) }),
    }),
    text: 'Validation Failed\nbody is too long (maximum is 65536 characters)',
    source: 'renovatebot/renovate#2032; of the title: googleapis/repo-automation-bots#1895',
  },
  {
    status: [409, 422],
    says: /pull request already exists/i,
    means: { code: 'PULL_REQUEST_EXISTS' },
    text: 'Validation Failed\nA pull request already exists for acme:DEMO-1.',
    source: 'assumption: Financial-Times/nori#65 tells of it, not the words',
  },
  // A branch that is not there has no commits either: GitHub says both, and the branch is the reason.
  {
    status: [409, 422],
    says: /^head(?: \w{1,20})?$|head ref must be a branch|head_sha missing_field/im,
    means: { code: 'SOURCE_BRANCH_MISSING' },
    text: "Validation Failed\nHead sha can't be blank\nBase sha can't be blank\nNo commits between main and DEMO-1\nHead ref must be a branch",
    source: 'cli/cli#2691; "head invalid": peter-evans/create-pull-request#1763; head_sha: owenthereal/gh#101',
  },
  {
    status: [409, 422],
    says: /^base(?: \w{1,20})?$|base ref must be a branch/im,
    means: { code: 'TARGET_BRANCH_MISSING' },
    text: 'Validation Failed\nbase invalid',
    source: 'iterative/cml#619; "Base ref must be a branch": cli/cli#2691',
  },
  {
    status: [409, 422],
    says: /head sha can't be blank/i,
    means: { code: 'SOURCE_BRANCH_MISSING' },
    text: "Validation Failed\nHead sha can't be blank",
    source: 'cli/cli#2691',
  },
  {
    status: [409, 422],
    says: /no commits between/i,
    means: { code: 'PULL_REQUEST_WITHOUT_COMMITS' },
    text: 'Validation Failed\nNo commits between main and DEMO-1',
    source: 'cyberark/dev-flow#42',
  },
  // Branches.
  {
    status: [409, 422],
    says: /reference already exists/i,
    means: { code: 'BRANCH_EXISTS' },
    text: 'Reference already exists',
    source: 'renovatebot/renovate#20281',
  },
  {
    status: [409, 422],
    says: /reference does not exist/i,
    means: { code: 'BRANCH_MISSING' },
    text: 'Reference does not exist',
    source: 'solana-foundation/solana-developer-platform#602',
  },
  {
    status: [409, 422],
    says: /object does not exist|no commit found for SHA/i,
    means: { code: 'SOURCE_BRANCH_MISSING' },
    text: 'Object does not exist',
    source: 'octokit/octokit.js#562',
  },
  {
    status: [404, 409, 422],
    says: /repository is empty/i,
    means: { code: 'REPOSITORY_EMPTY' },
    text: 'Git Repository is empty.',
    source: 'docs "Git database"',
  },
  {
    status: [403, 409, 422],
    // One vague message of GitHub's for rules and for conflicts of names: the adapter tells them apart. A rule has words of its own.
    says: /(?:reference update failed)|rule violations|protected (?:branch|ref)|default branch|being restricted|cannot delete this|not authorized to push to this branch|through (?:a pull request|the merge queue)|status checks?[^\n]{0,300} (?:is|are) expected/i,
    means: (_, { said, text }) => ({
      code: 'BRANCH_PROTECTED',
      ...(/rule violations found\s{1,4}\S/i.test(text) ? said : {}),
    }),
    text: 'Repository rule violations found\n\nCannot create ref due to creations being restricted.\n\n',
    source:
      'googleapis/release-please-action#1194; "Reference update failed": github/rest-api-description#4887; "not authorized to push": docs "Troubleshooting protected branches", as git is told it',
  },
  // What is not there, or not for this person: GitHub says 404 to both.
  {
    status: 404,
    at: 'owners',
    page: true,
    means: { code: 'NOT_THIS_SERVICE' },
    text: 'Not Found',
    source: 'docs "GraphQL API": every GitHub has one, so where it is missing is none',
  },
  {
    status: 404,
    means: { code: 'REPOSITORY_NOT_FOUND' },
    text: 'Not Found',
    source: 'docs "Troubleshooting the REST API"',
  },
];

/** GitHub's own patterns for the beginning, the end and the middle of a name are parts of it; `*` says so as its rules do. */
function nameRule(not: boolean, how: string, words: string, said: { said?: string }): ProviderError {
  if (not) return { code: 'BRANCH_NAME_RULE', ...said };
  const pattern =
    how === 'start with' ? `${words}*` : how === 'end with' ? `*${words}` : how === 'contain' ? `*${words}*` : words;
  return { code: 'BRANCH_NAME_RULE', pattern };
}
