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
    const isAttached = async (): Promise<boolean> => {
      const { value } = await invoke('load-issue', { issueKey: 'DEMO-1' }, undisturbed);
      return value.cards.some((card: { attached?: true }) => card.attached);
    };
    // What storage was too busy for is written by a queue, a little later.
    const otherwise = async (): Promise<string | undefined> => {
      for (let tries = 0; tries < 100; tries += 1) {
        if ((await isAttached()) === (call === 'attach-branch')) return undefined;
        stage.app.hurry();
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return call === 'attach-branch' ? 'it is not attached' : 'it is still attached';
    };
    return { run: (tap) => invoke(call, at, tap), missing: otherwise, wrongAfter: otherwise };
  },
}));
