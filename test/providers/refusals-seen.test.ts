import { refusals as azureDevOps } from '../../src/providers/azure-devops/refusals';
import { refusals as codeCommit } from '../../src/providers/codecommit/refusals';
import { refusals as gitHub } from '../../src/providers/github/refusals';
import { refusals as gitLab } from '../../src/providers/gitlab/refusals';
import { meaningOf } from '../../src/providers/refusals';
import { seenAtAzureDevOps } from './seen-refusals/azure-devops';
import { seenAtCodeCommit } from './seen-refusals/codecommit';
import { seenAtGitHub } from './seen-refusals/github';
import { seenAtGitLab } from './seen-refusals/gitlab';

describe.each([
  { service: 'GitHub', table: gitHub, seen: seenAtGitHub },
  { service: 'GitLab', table: gitLab, seen: seenAtGitLab },
  { service: 'Azure DevOps', table: azureDevOps, seen: seenAtAzureDevOps },
  { service: 'CodeCommit', table: codeCommit, seen: seenAtCodeCommit },
])('$service, as it was heard', ({ table, seen }) => {
  it.each(seen)('(%s) %i “%s”', (_, status, text, meaning, more = {}) => {
    const heard = { status, text, headers: new Headers(), reading: false, webUrl: 'https://git.acme.example', ...more };
    expect(meaningOf(table, heard)).toMatchObject(meaning);
  });
});
