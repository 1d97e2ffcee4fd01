import { showFlag } from '@forge/bridge';
import type { Card, IssueView } from '../../src/contract/views';
import { checkoutCommand } from '../shared/checkout-command';
import { copyText } from '../shared/copy';
import { type DialogName, type Dialogs, openDialog, type RequestPreset } from '../shared/dialogs';
import { openExternal } from '../shared/links';
import { useText } from '../shared/text';
import type { useCards } from './use-cards';

/** What can be done from the panel. Each ends in a flag that says what happened. */
export function useActions(issue: IssueView, cards: Pick<ReturnType<typeof useCards>, 'add' | 'remove'>) {
  const { t, words } = useText();
  const integrationOf = (card: Card) => issue.integrations.find(({ id }) => id === card.integrationId);
  const serviceOf = (card: Card) => integrationOf(card)?.serviceName ?? t('fallback.service');

  async function open<Name extends DialogName>(dialog: Name, asked: Dialogs[Name]['asked']) {
    try {
      return await openDialog(dialog, asked);
    } catch {
      flag('error', t('panel.opened'), t('panel.opened.why'));
      return undefined;
    }
  }

  function created(card: Card, title: string, description: string) {
    cards.add(card);
    flag('success', title, description, {
      text: t('flag.open', { service: serviceOf(card) }),
      onClick: () => void openExternal(card.url),
    });
  }

  async function copy(text: string) {
    const copied = await copyText(text);
    flag(
      copied ? 'success' : 'warning',
      copied ? t('action.copied') : t('action.copy'),
      copied ? text : t('action.copyFailed'),
    );
  }

  return {
    async createBranch() {
      const done = await open('create-branch', { issue });
      if (!done) return;
      const { branch, repository, author = '' } = done.card;
      created(done.card, t('flag.branchCreated'), t('flag.branchCreated.text', { branch, repository, author }));
    },
    async createRequest(preset?: RequestPreset) {
      const done = await open('create-pull-request', { issue, ...(preset && { preset }) });
      if (!done) return;
      const { card } = done;
      const named = words(integrationOf(card)?.provider ?? 'github');
      created(
        card,
        t('flag.requestCreated', named),
        t('flag.requestCreated.text', { title: card.title, author: card.author ?? '' }),
      );
    },
    async deleteBranch(card: Card) {
      const integration = integrationOf(card);
      if (!integration) return;
      const done = await open('delete-branch', { issueKey: issue.key, integration, card });
      if (!done) return;
      cards.remove(card);
      flag(
        'success',
        t('flag.branchDeleted'),
        t('flag.branchDeleted.text', { branch: card.branch, repository: card.repository }),
      );
    },
    copyName: (card: Card) => copy(card.branch),
    copyCheckout: (card: Card) => copy(checkoutCommand(card.branch)),
    open: (card: Card) => openExternal(card.url),
  };
}

export type Actions = ReturnType<typeof useActions>;

function flag(
  type: 'success' | 'warning' | 'error',
  title: string,
  description: string,
  action?: { text: string; onClick: () => void },
) {
  showFlag({
    id: `undersigned-${Date.now()}`,
    type,
    title,
    description,
    isAutoDismiss: type === 'success',
    actions: action ? [action] : [],
  });
}
