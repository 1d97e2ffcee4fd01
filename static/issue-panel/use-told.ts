import { showFlag } from '@forge/bridge';
import { useEffect, useRef } from 'react';
import type { Card, IntegrationView, IssueView } from '../../src/contract/views';
import { call } from '../shared/call';
import { cardKey } from '../shared/card-list';
import { onChange } from '../shared/issue-events';
import { useText } from '../shared/text';
import type { useCards } from './use-cards';

/** An invocation ends after 25 s: whatever it made is stored by then. */
const lookEveryMs = 3_000;
const looks = 10;

/** ms at most; screens that hear the same do not all send a request at the same moment. */
const spread = 2_000;

/**
 * Acts of other pages of the app are shown at once, and acts on other screens within seconds. What a dialog
 * left unfinished is looked for until it is known.
 */
export function useTold(
  issue: IssueView,
  cards: Pick<ReturnType<typeof useCards>, 'add' | 'remove' | 'own'>,
  reload: () => void,
) {
  const { t, words } = useText();
  const issueKey = issue.key;
  const now = useRef({ issue, cards, reload });
  now.current = { issue, cards, reload };
  useEffect(() => {
    let timer = 0;
    let follow = 0;
    const whenSeen = () => {
      if (document.hidden) return;
      document.removeEventListener('visibilitychange', whenSeen);
      now.current.reload();
    };
    const tokenOf = ({ attribution }: IntegrationView) => attribution.token?.savedAt;
    const tokenNow = ({ id }: IntegrationView) => {
      const known = now.current.issue.integrations.find((one) => one.id === id);
      return known && tokenOf(known);
    };
    const look = async (left: number) => {
      const answer = await call('issue', 'load-issue', { issueKey });
      const before = now.current.cards.own();
      const after = answer.ok ? answer.value.cards : before;
      const [made] = without(after, before);
      const [deleted] = without(before, after);
      if (made) {
        now.current.cards.add(made);
        const integration = now.current.issue.integrations.find(({ id }) => id === made.integrationId);
        const key = made.kind === 'branch' ? 'flag.branchCreated' : 'flag.requestCreated';
        const named = words(integration?.provider);
        return tell('success', t(key, named), t('flag.left.made', { title: made.title, repository: made.repository }));
      }
      if (deleted) {
        now.current.cards.remove(deleted);
        const { branch, repository } = deleted;
        return tell('success', t('flag.branchDeleted'), t('flag.branchDeleted.text', { branch, repository }));
      }
      const changed = answer.ok && answer.value.integrations.find((one) => tokenOf(one) !== tokenNow(one));
      if (changed) {
        now.current.reload();
        const { name: integration, provider, attribution } = changed;
        const named = words(provider);
        return attribution.token
          ? tell('success', t('flag.tokenSaved', named), integration)
          : tell('success', t('flag.tokenRemoved', named), t('flag.tokenRemoved.text', { integration }));
      }
      if (left === 0) return tell('warning', t('flag.left.unknown'), t('flag.left.unknown.text'));
      timer = window.setTimeout(() => void look(left - 1), lookEveryMs);
    };
    const stop = onChange(issueKey, (told) => {
      if (told.change === 'made') now.current.cards.add(told.card);
      if (told.change === 'deleted') now.current.cards.remove(told.card);
      if (told.change === 'stored') now.current.reload();
      if (told.change === 'elsewhere') {
        window.clearTimeout(follow);
        follow = window.setTimeout(() => {
          document.addEventListener('visibilitychange', whenSeen);
          whenSeen();
        }, Math.random() * spread);
      }
      if (told.change !== 'unfinished') return;
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void look(looks), lookEveryMs);
    });
    return () => {
      window.clearTimeout(timer);
      window.clearTimeout(follow);
      document.removeEventListener('visibilitychange', whenSeen);
      stop();
    };
  }, [issueKey, t, words]);
}

function without(cards: readonly Card[], others: readonly Card[]): Card[] {
  const known = new Set(others.map(cardKey));
  return cards.filter((card) => !known.has(cardKey(card)));
}

function tell(type: 'success' | 'warning', title: string, description: string): void {
  showFlag({ id: `undersigned-${crypto.randomUUID()}`, type, title, description, isAutoDismiss: type === 'success' });
}
