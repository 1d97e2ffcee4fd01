import { openOffice, type Office } from './office';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

describe('A branch whose name can’t be created', () => {
  it.each(['refs/heads/DEMO-1-whole', 'DEMO-1-\u202eside'])(
    'is a source and can be deleted where it exists: %s',
    async (odd) => {
      const id = await office.connect({ saved: true });
      office.gitHub.makeBranch(odd);
      const where = { integrationId: id, repository: 'acme/web' };
      const from = { ...where, sourceBranch: odd, name: `DEMO-1-from-${odd.length}` };
      expect(await office.onIssue('create-branch', from)).toMatchObject({ ok: true });
      expect(await office.onIssue('delete-branch', { ...where, branch: odd })).toMatchObject({ ok: true });
      expect(office.gitHub.hasBranch(odd)).toBe(false);
      const made = await office.onIssue('create-branch', { ...where, sourceBranch: 'main', name: odd });
      expect(made.error).toMatchObject({ code: 'BRANCH_NAME_INVALID' });
    },
  );
});
