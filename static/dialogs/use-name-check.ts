import { useEffect, useState } from 'react';
import { call } from '../shared/call';
import type { ChosenRepository } from '../shared/repository-picker';
import { useDebounced } from '../shared/use-debounced';

/**
 * The branch that is in the way of a name, requested when typing pauses. Nothing while it is not known, also when the service could not be
 * reached: it has the last word when the branch is created.
 */
export function useNameCheck(issueKey: string, chosen: ChosenRepository | undefined, name: string): string | undefined {
  const asked = useDebounced(name, 500);
  const { integrationId, repository } = chosen ?? {};
  const inRepository = repository?.name;
  const [found, setFound] = useState<{ about: string; conflict: string | undefined }>();
  const about = [integrationId, inRepository, name].join('\n');
  useEffect(() => {
    if (!integrationId || !inRepository || asked === '') return undefined;
    let wanted = true;
    void call('issue', 'check-branch-name', { issueKey, integrationId, repository: inRepository, name: asked }).then(
      (answer) => {
        const told = [integrationId, inRepository, asked].join('\n');
        if (wanted && answer.ok) setFound({ about: told, conflict: answer.value.conflict });
      },
    );
    return () => void (wanted = false);
  }, [issueKey, integrationId, inRepository, asked]);
  return found?.about === about ? found.conflict : undefined;
}
