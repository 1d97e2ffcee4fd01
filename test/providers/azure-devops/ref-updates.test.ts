import { azureDevOps } from '../../../src/providers/azure-devops';
import { azure, branch, refsPath, serving, web, writes } from '../../support/serving-azure-devops';

describe('Azure DevOps answers 200 to a change it did not make', () => {
  serving('azure-devops');
  const result = (updateStatus: unknown, success = false) => ({
    value: [{ name: 'refs/heads/DEMO-1-new', success, updateStatus }],
    count: 1,
  });

  it.each([
    ['forcePushRequired', { code: 'PERMISSION_DENIED' }],
    ['staleOldObjectId', { code: 'BRANCH_EXISTS' }],
    ['invalidRefName', { code: 'BRANCH_NAME_REFUSED' }],
    ['unprocessed', { code: 'UNEXPECTED_ANSWER', status: 200 }],
    ['unresolvableToCommit', { code: 'SOURCE_BRANCH_MISSING' }],
    ['writePermissionRequired', { code: 'PERMISSION_DENIED' }],
    ['manageNotePermissionRequired', { code: 'PERMISSION_DENIED' }],
    ['createBranchPermissionRequired', { code: 'BRANCH_FOLDERS_ONLY' }],
    ['createTagPermissionRequired', { code: 'PERMISSION_DENIED' }],
    ['rejectedByPlugin', { code: 'BRANCH_PROTECTED' }],
    ['locked', { code: 'BRANCH_PROTECTED' }],
    ['refNameConflict', { code: 'BRANCH_NAME_REFUSED' }],
    ['rejectedByPolicy', { code: 'BRANCH_PROTECTED' }],
    ['somethingNew', { code: 'UNEXPECTED_ANSWER', status: 200 }],
    ['succeeded', { code: 'UNEXPECTED_ANSWER', status: 200 }],
  ])('with success false and %s: that is no success', async (updateStatus, error) => {
    await azure.arm({ path: refsPath, method: 'POST', status: 200, body: result(updateStatus) });
    expect(await azureDevOps.createBranch(azure.as('alice'), branch)).toEqual({ ok: false, error });
    expect(writes()).toHaveLength(1);
  });

  it.each([
    ['no result at all', { value: [], count: 0 }],
    ['another shape', { hello: 'world' }],
    ['a result without a verdict', { value: [{ name: 'refs/heads/x' }], count: 1 }],
    ['nothing', undefined],
    ['null', null],
  ])('with %s: that is no success', async (_, body) => {
    await azure.arm({ path: refsPath, method: 'POST', status: 200, ...(body === undefined ? {} : { body }) });
    expect(await azureDevOps.createBranch(azure.as('alice'), branch)).toEqual({
      ok: false,
      error: { code: 'NOT_AN_API_ANSWER' },
    });
    expect(writes()).toHaveLength(1);
  });

  it.each(['succeeded', 'succeededNonExistentRef', 'succeededCorruptRef'])(
    'unless it says success and %s',
    async (status) => {
      await azure.arm({ path: refsPath, method: 'POST', status: 200, body: result(status, true) });
      expect(await azureDevOps.deleteBranch(azure.as('eve'), { repository: web, name: 'develop' })).toEqual({
        ok: true,
        value: undefined,
      });
    },
  );

  it('when a branch moved since it was looked at: it is not deleted', async () => {
    const old = 'a'.repeat(40);
    const head = { value: [{ name: 'refs/heads/develop', objectId: old }], count: 1 };
    await azure.arm({ path: refsPath, method: 'GET', status: 200, body: head });
    expect(await azureDevOps.deleteBranch(azure.as('eve'), { repository: web, name: 'develop' })).toEqual({
      ok: false,
      error: { code: 'BRANCH_MOVED' },
    });
    expect(writes()).toHaveLength(1);
  });

  it('and takes a creation only from forty zeros to a commit', async () => {
    const bodies: unknown[] = [];
    const through = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      if (typeof init?.body === 'string') bodies.push(JSON.parse(init.body));
      return through(input, init);
    };
    await azureDevOps.createBranch(azure.as('alice'), branch);
    expect(bodies).toEqual([
      [
        {
          name: 'refs/heads/DEMO-1-new',
          oldObjectId: '0'.repeat(40),
          newObjectId: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
        },
      ],
    ]);
  });
});
