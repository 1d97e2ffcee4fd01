import { NOON, signed, useCodeCommit, type Answer } from '../support/simulated-codecommit';

const web = { repositoryName: 'web' };
const simulated = useCodeCommit();
const { call, git, whoAmI } = simulated;

describe('a simulated CodeCommit: reading', () => {
  it('lists repositories by name, in pages', async () => {
    const first = await call('ListRepositories', {});
    const names = (answer: Answer) =>
      (answer.body['repositories'] as { repositoryName: string }[]).map(({ repositoryName }) => repositoryName);
    expect(names(first)).toEqual(['api', 'fresh', 'locked-away']);
    const second = await call('ListRepositories', { nextToken: first.body['nextToken'] });
    expect(names(second)).toEqual(['locked-denied', 'locked-disabled', 'locked-gone']);
    const third = await call('ListRepositories', { nextToken: second.body['nextToken'] });
    expect([names(third), third.body['nextToken']]).toEqual([['web', 'web.site-2_old'], undefined]);
  });

  it('lists the last changed first on request', async () => {
    simulated.now = new Date('2026-01-20T12:01:00Z');
    await call('DeleteBranch', { ...web, branchName: 'develop' });
    const answer = await call('ListRepositories', { sortBy: 'lastModifiedDate', order: 'descending' });
    expect(answer.body['repositories']).toMatchObject([{ repositoryName: 'web' }, {}, {}]);
  });

  it.each([
    ['a place nobody gave out', { nextToken: 'x' }, 'InvalidContinuationTokenException'],
    ['an order there is not', { order: 'up' }, 'InvalidOrderException'],
    ['a sorting there is not', { sortBy: 'size' }, 'InvalidSortByException'],
  ])('refuses a list with %s', async (_, input, type) => {
    expect((await call('ListRepositories', input)).body['__type']).toBe(type);
  });

  it('gives details of one', async () => {
    const details = async (repositoryName: string) => (await call('GetRepository', { repositoryName })).body;
    expect(await details('web')).toMatchObject({
      repositoryMetadata: { repositoryName: 'web', defaultBranch: 'main' },
    });
    expect((await details('fresh'))['repositoryMetadata']).not.toHaveProperty('defaultBranch');
    expect((await details('a/b'))['__type']).toBe('InvalidRepositoryNameException');
    expect((await details('locked-disabled'))['__type']).toBe('EncryptionKeyDisabledException');
  });

  it('agrees with git about branches', async () => {
    const branches: unknown[] = [];
    let nextToken: unknown;
    do {
      const page = await call('ListBranches', { ...web, ...(nextToken === undefined ? {} : { nextToken }) });
      branches.push(...(page.body['branches'] as string[]));
      nextToken = page.body['nextToken'];
    } while (nextToken !== undefined);
    expect(branches).toEqual(git('web', 'for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads').split('\n'));
    const commitId = git('web', 'rev-parse', 'refs/heads/develop');
    expect((await call('GetBranch', { ...web, branchName: 'develop' })).body).toEqual({
      branch: { branchName: 'develop', commitId },
    });
  });

  it.each([
    ['GetBranch', { ...web }, 'BranchNameRequiredException'],
    ['GetBranch', { branchName: 'main' }, 'RepositoryNameRequiredException'],
    ['GetBranch', { ...web, branchName: 'gone' }, 'BranchDoesNotExistException'],
    ['GetBranch', { ...web, branchName: 'a..b' }, 'InvalidBranchNameException'],
    ['GetBranch', { ...web, branchName: 'x'.repeat(257) }, 'InvalidBranchNameException'],
    ['GetBranch', { repositoryName: 'gone', branchName: 'main' }, 'RepositoryDoesNotExistException'],
    ['ListBranches', { repositoryName: 'a b' }, 'InvalidRepositoryNameException'],
    ['ListBranches', { repositoryName: 'locked-denied' }, 'EncryptionKeyAccessDeniedException'],
    ['ListBranches', { repositoryName: 'locked-gone' }, 'EncryptionKeyNotFoundException'],
    ['GetRepository', { repositoryName: 'locked-away' }, 'EncryptionKeyUnavailableException'],
    ['GetPullRequest', {}, 'PullRequestIdRequiredException'],
    ['GetPullRequest', { pullRequestId: 'x' }, 'InvalidPullRequestIdException'],
    ['GetPullRequest', { pullRequestId: '99' }, 'PullRequestDoesNotExistException'],
    ['ListPullRequests', { ...web, pullRequestStatus: 'MERGED' }, 'InvalidPullRequestStatusException'],
    ['ListPullRequests', { ...web, maxResults: 0 }, 'InvalidMaxResultsException'],
  ])('refuses %s with %j as the API does', async (operation, input, type) => {
    expect(await call(operation, input)).toMatchObject({ status: 400, body: { __type: type } });
  });

  it('refuses every request that it does not model, by name', async () => {
    const request = signed('{}', { 'x-amz-target': 'CodeCommit_20150413.MergePullRequestByFastForward' });
    const response = await simulated.handle(request);
    expect([response.status, await response.text()]).toEqual([
      501,
      expect.stringContaining('MergePullRequestByFastForward'),
    ]);
    for (const url of [
      'https://git-codecommit.us-east-1.amazonaws.com/v1/repos/web/info/refs',
      'https://codecommit.us-east-1.amazonaws.com/',
    ])
      expect((await simulated.handle(new Request(url))).status).toBe(501);
  });
});

describe('a simulated CodeCommit: branches', () => {
  const commitId = () => git('web', 'rev-parse', 'refs/heads/develop');

  it('are made where git sees them, with an empty answer, and the trail says by whom', async () => {
    const answer = await call('CreateBranch', { ...web, branchName: 'feature/DEMO-1', commitId: commitId() });
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(git('web', 'rev-parse', 'refs/heads/feature/DEMO-1')).toBe(commitId());
    const page = await (await simulated.handle(new Request('https://us-east-1.console.aws.amazon.com/'))).text();
    expect(page.replace(/\s+/g, ' ')).toContain(
      '<td>2026-01-20T12:00:00.000Z</td><td>arn:aws:iam::111122223333:user/developers/alice</td><td>CreateBranch</td><td>web</td><td>refs/heads/feature/DEMO-1</td><td></td>',
    );
  });

  it.each([
    ['exists', 'main', undefined, 'BranchNameExistsException'],
    ['is under another', 'develop/x', undefined, 'InvalidBranchNameException'],
    ['is above another', 'feature', undefined, 'InvalidBranchNameException'],
    ['git does not take', 'a b', undefined, 'InvalidBranchNameException'],
    ['points nowhere', 'x', 'a'.repeat(40), 'CommitDoesNotExistException'],
    ['points at no commit', 'x', 'main', 'InvalidCommitIdException'],
    ['points at nothing', 'x', '', 'CommitIdRequiredException'],
  ])('are refused when the name %s', async (_, branchName, commit, type) => {
    const answer = await call('CreateBranch', { ...web, branchName, commitId: commit ?? commitId() });
    expect(answer).toMatchObject({ status: 400, body: { __type: type } });
  });

  it('are made once when requested five times at the same time', async () => {
    const input = { ...web, branchName: 'race', commitId: commitId() };
    const answers = await Promise.all(Array.from({ length: 5 }, () => call('CreateBranch', input)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400]);
  });

  it('are deleted once; after that nothing is named', async () => {
    const commit = commitId();
    const input = { ...web, branchName: 'develop' };
    expect((await call('DeleteBranch', input)).body).toEqual({
      deletedBranch: { branchName: 'develop', commitId: commit },
    });
    expect(git('web', 'for-each-ref', 'refs/heads/develop')).toBe('');
    expect(await call('DeleteBranch', input)).toMatchObject({ status: 200, text: '{}' });
  });

  it('are not deleted when they are the default', async () => {
    expect((await call('DeleteBranch', { ...web, branchName: 'main' })).body['__type']).toBe(
      'DefaultBranchCannotBeDeletedException',
    );
  });
});

describe('a simulated CodeCommit: pull requests', () => {
  const wanted = (change: object = {}, target: object = {}) => ({
    title: 'DEMO-1',
    description: 'Why',
    targets: [{ ...web, sourceReference: 'develop', destinationReference: 'main', ...target }],
    ...change,
  });
  const idOf = (answer: Answer) => (answer.body['pullRequest'] as { pullRequestId: string }).pullRequestId;

  it('are opened with full names of branches, the author and times in seconds', async () => {
    expect((await call('CreatePullRequest', wanted())).body['pullRequest']).toMatchObject({
      pullRequestId: '1',
      pullRequestStatus: 'OPEN',
      authorArn: 'arn:aws:iam::111122223333:user/developers/alice',
      creationDate: NOON.getTime() / 1000,
      pullRequestTargets: [{ sourceReference: 'refs/heads/develop', destinationReference: 'refs/heads/main' }],
    });
  });

  it('go to the default branch by default', async () => {
    const answer = await call('CreatePullRequest', wanted({}, { destinationReference: undefined }));
    expect(answer.body['pullRequest']).toMatchObject({
      pullRequestTargets: [{ destinationReference: 'refs/heads/main' }],
    });
  });

  it('may be opened twice for the same branches', async () => {
    expect(idOf(await call('CreatePullRequest', wanted()))).toBe('1');
    expect(idOf(await call('CreatePullRequest', wanted()))).toBe('2');
    expect((await call('ListPullRequests', { ...web, pullRequestStatus: 'OPEN' })).body).toEqual({
      pullRequestIds: ['2', '1'],
    });
  });

  it('are one for the same token, which serves no other request', async () => {
    const input = wanted({ clientRequestToken: 'token' });
    expect(idOf(await call('CreatePullRequest', input))).toBe('1');
    expect(idOf(await call('CreatePullRequest', input))).toBe('1');
    const other = await call('CreatePullRequest', { ...input, title: 'Other' });
    expect(other.body['__type']).toBe('IdempotencyParameterMismatchException');
  });

  it.each([
    ['no title', { title: '' }, {}, 'TitleRequiredException'],
    ['a long title', { title: 'x'.repeat(151) }, {}, 'InvalidTitleException'],
    ['a long description', { description: 'x'.repeat(10_241) }, {}, 'InvalidDescriptionException'],
    ['no target', { targets: [] }, {}, 'TargetsRequiredException'],
    ['two targets', { targets: [web, web] }, {}, 'InvalidTargetsException'],
    ['no source', {}, { sourceReference: '' }, 'ReferenceNameRequiredException'],
    ['a source that is gone', {}, { sourceReference: 'gone' }, 'ReferenceDoesNotExistException'],
    ['one branch twice', {}, { sourceReference: 'refs/heads/main' }, 'SourceAndDestinationAreSameException'],
  ])('are refused with %s', async (_, change, target, type) => {
    expect((await call('CreatePullRequest', wanted(change, target))).body['__type']).toBe(type);
  });

  it('are limited in number', async () => {
    for (let count = 0; count < 3; count += 1) await call('CreatePullRequest', wanted());
    expect((await call('CreatePullRequest', wanted())).body['__type']).toBe('MaximumOpenPullRequestsExceededException');
  });

  it('are merged on the console’s page, by moving the branch', async () => {
    await call('CreatePullRequest', wanted());
    const url =
      'https://us-east-1.console.aws.amazon.com/codesuite/codecommit/repositories/web/pull-requests/1/details';
    const post = () =>
      simulated.handle(new Request(url, { method: 'POST', body: new URLSearchParams({ do: 'merge' }) }));
    expect((await post()).status).toBe(200);
    expect(git('web', 'rev-parse', 'main')).toBe(git('web', 'rev-parse', 'develop'));
    expect((await call('GetPullRequest', { pullRequestId: '1' })).body['pullRequest']).toMatchObject({
      pullRequestStatus: 'CLOSED',
      pullRequestTargets: [{ mergeMetadata: { isMerged: true } }],
    });
    expect((await post()).status).toBe(422);
  });
});

describe('a simulated CodeCommit: trouble on demand', () => {
  const arm = (fault: object) =>
    simulated.handle(
      new Request('https://console.aws.amazon.com/sandbox/faults', { method: 'POST', body: JSON.stringify(fault) }),
    );

  it('throttles', async () => {
    await arm({ path: '/GetRepository', rateLimit: 'primary' });
    expect(await call('GetRepository', web)).toMatchObject({ status: 400, body: { __type: 'ThrottlingException' } });
    expect(await call('GetRepository', web)).toMatchObject({ status: 200 });
  });

  it('drops connections', async () => {
    await arm({ path: '/GetCallerIdentity', reset: true });
    await expect(whoAmI()).rejects.toThrow('dropped the connection');
  });
});
