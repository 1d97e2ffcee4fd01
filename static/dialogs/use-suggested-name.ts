import { useEffect, useState } from 'react';
import type { IssueView } from '../../src/contract/views';
import type * as Namer from '../../src/domain/branch-template';

/**
 * The name the site's template gives; empty until the issue's summary is there. Where it uses choices of the form, the name
 * follows that; what makes names is loaded only then.
 */
export function useSuggestedName({ branchName, naming }: IssueView, chosen: Namer.ChosenForName): string {
  const [namer, setNamer] = useState<typeof Namer>();
  const isNeeded = naming !== undefined;
  useEffect(() => {
    if (isNeeded) void import('../../src/domain/branch-template').then(setNamer);
  }, [isNeeded]);
  if (!naming || !namer) return branchName ?? '';
  const { rule, bytes, issue } = naming;
  return namer.branchNameFor({ ...issue, ...chosen }, { bytes }, rule);
}
