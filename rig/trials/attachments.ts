import type { Tap } from 'local-forge';
import type { UseCase } from './use-cases';

/** Attaching a branch to an issue, and undoing it. */
export const attachments: readonly UseCase[] = (['attach-branch', 'detach-work'] as const).map((call) => ({
  name: call,
  prepare: async (stage, site) => {
    const integrationId = await stage.ready(site, ['alice']);
    const at = { issueKey: 'DEMO-1', integrationId, repository: stage.repository, branch: 'main' };
    const invoke = (name: string, payload: object, tap: Tap) =>
      stage.app.invoke({ site, as: 'alice', module: 'issue-context', call: name, payload, tap });
    const undisturbed: Tap = () => undefined;
    if (call === 'detach-work') await invoke('attach-branch', at, undisturbed);
    const otherwise = async () => {
      const { value } = await invoke('load-issue', { issueKey: 'DEMO-1' }, undisturbed);
      const attached = value.cards.some((card: { attached?: true }) => card.attached);
      if (attached === (call === 'attach-branch')) return undefined;
      return attached ? 'it is still attached' : 'it is not attached';
    };
    return { run: (tap) => invoke(call, at, tap), missing: otherwise, wrongAfter: otherwise };
  },
}));
