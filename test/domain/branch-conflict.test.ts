import { conflictAmong, nameBeside, searchesFor } from '../../src/domain/branch-conflict';

describe('A branch in the way of a new name', () => {
  it.each([
    ['DEMO-1', ['DEMO-1'], 'DEMO-1'],
    ['fix/login', ['fix'], 'fix'],
    ['fix/login/form', ['other', 'fix/login'], 'fix/login'],
    ['fix', ['fix/login'], 'fix/login'],
    ['fix', ['prefix/fix', 'fix-2', 'fixes/x', 'Fix'], undefined],
    ['fix/login', ['fix/logout', 'fix-login'], undefined],
  ])('of %s among %j is %s', (name, branches, conflict) => {
    expect(conflictAmong(name, branches)).toBe(conflict);
  });

  it('is searched for by the name and the folders it would be in', () => {
    expect(searchesFor('a/b/c')).toEqual(['a/b/c', 'a', 'a/b']);
    expect(searchesFor('DEMO-1')).toEqual(['DEMO-1']);
    expect(searchesFor('a/b/c/d/e/f')).toHaveLength(4);
  });

  it('is avoided where a dash is enough', () => {
    expect(nameBeside('fix/login', 'fix')).toBe('fix-login');
    expect(nameBeside('a/b/c', 'a/b')).toBe('a/b-c');
    expect(nameBeside('fix', 'fix/login')).toBeUndefined();
    expect(nameBeside('fix', 'fix')).toBeUndefined();
  });
});
