import { useReducer, useState } from 'react';
import type { BranchView } from '../../src/contract/views';

type Branch = { integrationId: string; repository: string; name: string };
export type SeenCommit = { commit: string; ageMs: number };

/** The commits of listed branches, while a dialog is open, and the time of each list. */
export type SeenCommits = {
  note: (where: Omit<Branch, 'name'>, branches: readonly BranchView[], askedAt: number) => void;
  /** Nothing for a branch that no list named, or with a name only. */
  of: (branch: Branch) => SeenCommit | undefined;
};

/** `now` gives milliseconds that only ever grow: a clock set right meanwhile would make old news look fresh. */
export function createSeenCommits(now: () => number = () => performance.now()): SeenCommits {
  const seen = new Map<string, { commit: string; askedAt: number }>();
  const key = ({ integrationId, repository, name }: Branch) => [integrationId, repository, name].join('\n');
  return {
    note: (where, branches, askedAt) => {
      for (const { name, commit } of branches) if (commit) seen.set(key({ ...where, name }), { commit, askedAt });
    },
    of: (branch) => {
      const known = seen.get(key(branch));
      return known && { commit: known.commit, ageMs: Math.max(0, now() - known.askedAt) };
    },
  };
}

/** The same for a form, which is drawn again with what it hears. */
export function useSeenCommits(): SeenCommits {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [seen] = useState(() => createSeenCommits());
  const [heard] = useState<SeenCommits>(() => ({
    ...seen,
    note: (...told) => {
      seen.note(...told);
      redraw();
    },
  }));
  return heard;
}

/** The greatest age (ms) of a commit that still counts as the head of its branch. The backend refuses nothing older, it reads again. */
const FRESH_MS = 30_000;

/** The commit to begin at, while it is as good as the service's own answer; otherwise it is requested of the service. */
export function freshCommit(seen: SeenCommit | undefined): { sourceCommit?: SeenCommit } {
  return seen !== undefined && seen.ageMs <= FRESH_MS ? { sourceCommit: seen } : {};
}
