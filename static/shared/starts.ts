import type { Capabilities } from '../../src/contract/views';
import { canExist } from '../../src/domain/branch-name';

/** What a new branch starts at, where that is no branch. */
export type StartKind = 'tag' | 'commit';

/** What a typed text can be besides a branch. */
export function startsIn(typed: string, startsAt: Capabilities['startsAt']): StartKind[] {
  const name = typed.trim();
  if (!startsAt || name === '') return [];
  const isTag = startsAt.tag && canExist(name) && !name.startsWith('refs/');
  const isWhole = /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(name);
  const isCommit = isWhole || (startsAt.commit === 'short' && /^[0-9a-f]{7,39}$/i.test(name));
  return [...(isTag ? (['tag'] as const) : []), ...(isCommit ? (['commit'] as const) : [])];
}

/** The fields of `create-branch` that say where it starts. */
export function sourceFields(name: string, kind: StartKind | undefined) {
  if (kind === 'tag') return { sourceTag: name };
  return kind === 'commit' ? { sourceId: name } : { sourceBranch: name };
}
