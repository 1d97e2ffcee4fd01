import { useEffect, useState } from 'react';
import type { RepositoryAt } from '../../src/contract/views';
import { call } from '../shared/call';
import { at, isSameRepository } from '../shared/defaults';
import type { ChosenRepository } from '../shared/repository-picker';

/**
 * A repository of which only the name is known (of a card, or a default): it is shown at once, and the rest of it (address,
 * default branch) is found at the service. When that fails, only the name is shown, and the person types the branches.
 */
export function useRepository(issueKey: string, where: RepositoryAt | undefined): ChosenRepository | undefined {
  const { integrationId, repository } = where ?? {};
  const [found, setFound] = useState<ChosenRepository>();
  useEffect(() => {
    if (!integrationId || !repository) return undefined;
    let wanted = true;
    const search = repository.slice(repository.lastIndexOf('/') + 1);
    void call('issue', 'list-repositories', { issueKey, integrationId, search }).then((answer) => {
      if (!wanted || !answer.ok) return;
      const item = answer.value.items.find(({ name }) =>
        isSameRepository({ integrationId, repository: name }, { integrationId, repository }),
      );
      if (item) setFound({ integrationId, repository: item });
    });
    return () => void (wanted = false);
  }, [issueKey, integrationId, repository]);
  if (!integrationId || !repository) return undefined;
  if (found && isSameRepository(at(found), { integrationId, repository })) return found;
  return { integrationId, repository: { name: repository, url: '' } };
}
