import { ownsRepository } from '../../src/domain/integration';

describe('A repository belongs to an owner', () => {
  it.each([
    [['grp/sub'], 'grp/sub/x/prj', true],
    [['grp'], 'grp/sub/x/prj', true],
    [['GRP'], 'grp/prj', true],
    [['grp'], 'grp2/prj', false],
    [['grp/sub'], 'grp/sub2/prj', false],
    [['grp/sub'], 'grp/prj', false],
    [['grp/sub'], 'grp/sub', false],
    [['grp'], 'other/grp/prj', false],
    [[], 'grp/prj', false],
  ])('%j, %s: %s', (owners, repository, owned) => {
    expect(ownsRepository({ owners }, repository)).toBe(owned);
  });
});
