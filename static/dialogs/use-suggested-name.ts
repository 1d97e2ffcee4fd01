import { useEffect, useState } from 'react';
import type { IssueView } from '../../src/contract/views';
import type * as Namer from '../../src/domain/branch-template';

/**
 * The name the site's template gives; empty until the issue's summary is there. Where it asks for the branch it starts from, the name follows the one that is chosen; what makes
 * names is loaded only then.
 */
export function useSuggestedName({ key, branchName, naming }: IssueView, sourceBranch: string): string {
  const [namer, setNamer] = useState<typeof Namer>();
  const isNeeded = naming !== undefined;
  useEffect(() => {
    if (isNeeded) void import('../../src/domain/branch-template').then(setNamer);
  }, [isNeeded]);
  if (!naming || !namer) return branchName ?? '';
  const { rule, bytes, summary, type, displayName } = naming;
  return namer.branchNameFor({ key, summary, type, displayName, sourceBranch }, { bytes }, rule);
}
