import { useEffect } from 'react';
import { call } from '../shared/call';
import type { RequestPreset } from '../shared/dialogs';
import type { ChosenRepository } from '../shared/repository-picker';

/**
 * A branch brings the name of its repository only: finds the rest of it (address, default branch) at the service. When that fails, the
 * name alone stays chosen and the target branch is left to the person.
 */
export function usePresetRepository(
  issueKey: string,
  preset: RequestPreset | undefined,
  onFound: (chosen: ChosenRepository) => void,
) {
  const { integrationId, repository } = preset ?? {};
  useEffect(() => {
    if (!integrationId || !repository) return undefined;
    let wanted = true;
    const search = repository.slice(repository.lastIndexOf('/') + 1);
    void call('issue', 'list-repositories', { issueKey, integrationId, search }).then((answer) => {
      const found = answer.ok && answer.value.items.find(({ name }) => name.toLowerCase() === repository.toLowerCase());
      if (wanted && found) onFound({ integrationId, repository: found });
    });
    return () => void (wanted = false);
    // Asked once for one branch: `onFound` is a new function at each drawing.
  }, [issueKey, integrationId, repository]);
}
