import { createSeenCommits, freshCommit } from '../../static/shared/seen-commits';

const where = { integrationId: 'github', repository: 'acme/web' };
const main = { ...where, name: 'main' };
const commit = 'a'.repeat(40);

describe('The commits that lists of branches told', () => {
  it('are known with their age since the list was asked for', () => {
    let now = 1000;
    const seen = createSeenCommits(() => now);
    seen.note(where, [{ name: 'main', commit }], 1000);
    now = 5000;
    expect(seen.of(main)).toEqual({ commit, ageMs: 4000 });
  });

  it('are replaced by what a later list says', () => {
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

  it('are unknown where a service tells names only', () => {
    const seen = createSeenCommits(() => 0);
    seen.note(where, [{ name: 'main' }], 0);
    expect(seen.of(main)).toBeUndefined();
  });

  it('are sent for half a minute, then the service is asked', () => {
    expect(freshCommit({ commit, ageMs: 30_000 })).toEqual({ sourceCommit: { commit, ageMs: 30_000 } });
    expect(freshCommit({ commit, ageMs: 30_001 })).toEqual({});
    expect(freshCommit(undefined)).toEqual({});
  });
});
