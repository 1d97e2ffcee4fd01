import { createSeenCommits, freshCommit } from '../../static/shared/seen-commits';

const where = { integrationId: 'github', repository: 'acme/web' };
const main = { ...where, name: 'main' };
const commit = 'a'.repeat(40);

describe('The commits in lists of branches', () => {
  it('have their age since the list was requested', () => {
    let now = 1000;
    const seen = createSeenCommits(() => now);
    seen.note(where, [{ name: 'main', commit }], 1000);
    now = 5000;
    expect(seen.of(main)).toEqual({ commit, ageMs: 4000 });
  });

  it('are replaced by those of a later list', () => {
    const seen = createSeenCommits(() => 9);
    seen.note(where, [{ name: 'main', commit }], 1);
    seen.note(where, [{ name: 'main', commit: 'b'.repeat(40) }], 8);
    expect(seen.of(main)).toEqual({ commit: 'b'.repeat(40), ageMs: 1 });
  });

  it('belong to one repository of one integration', () => {
    const seen = createSeenCommits(() => 0);
    seen.note(where, [{ name: 'main', commit }], 0);
    expect(seen.of({ ...main, repository: 'acme/api' })).toBeUndefined();
    expect(seen.of({ ...main, integrationId: 'gitlab' })).toBeUndefined();
  });

  it('are unknown where a service lists only names', () => {
    const seen = createSeenCommits(() => 0);
    seen.note(where, [{ name: 'main' }], 0);
    expect(seen.of(main)).toBeUndefined();
  });

  it('are sent for half a minute, then the service is requested', () => {
    expect(freshCommit({ commit, ageMs: 30_000 })).toEqual({ sourceCommit: { commit, ageMs: 30_000 } });
    expect(freshCommit({ commit, ageMs: 30_001 })).toEqual({});
    expect(freshCommit(undefined)).toEqual({});
  });
});
