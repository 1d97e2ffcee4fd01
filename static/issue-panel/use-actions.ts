import { showFlag } from '@forge/bridge';
import type { Card, IntegrationView, IssueView, PullRequestCreated } from '../../src/contract/views';
import { call } from '../shared/call';
import { openRequestsFrom } from '../shared/card-list';
import { chosenWay } from '../shared/chosen-way';
import { copyText } from '../shared/copy';
import { type DialogName, type Dialogs, openDialog, type RequestPreset, type Started } from '../shared/dialogs';
import { errorText } from '../shared/error-text';
import { openExternal } from '../shared/links';
import { startedText } from '../shared/started-text';
import { type Text, useText } from '../shared/text';
import { missingTexts } from '../shared/unasked-text';
import { focusPanel } from './focus-panel';
import type { useCards } from './use-cards';

/** The actions of the panel. Each ends in a flag that says what happened. */
export function useActions(
  issue: IssueView,
  cards: Pick<ReturnType<typeof useCards>, 'add' | 'remove' | 'cards'>,
  accountId: string,
) {
  const text = useText();
  const { t, words } = text;
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

  function opens(card: Card): FlagAction {
    return { text: t('flag.open', { service: serviceOf(card) }), onClick: () => void openExternal(card.url) };
  }

  function requestCreated({ card, ...rest }: PullRequestCreated) {
    cards.add(card);
    const told = t('flag.requestCreated.text', { title: card.title, author: card.author ?? '' });
    const title = t('flag.requestCreated', words(integrationOf(card)?.provider));
    const missing = missingTexts(rest, serviceOf(card), text);
    if (missing.length === 0) return flag('success', title, told, [opens(card)]);
    flag('warning', title, `${told}. ${missing.join(' ')}`, [opens(card)]);
  }

  async function copy(text: string) {
    const copied = await copyText(text);
    flag(
      copied ? 'success' : 'warning',
      copied ? t('action.copied') : t('action.copy'),
      copied ? text : t('action.copyFailed'),
    );
  }

  /** The way the person took last to a branch. */
  function usualWay(card: Card): FlagAction[] {
    const way = chosenWay(card, accountId);
    if (!way) return [];
    const { id, name = '', text: address } = way;
    const take = () => void (id === 'web' ? openExternal(address) : copy(address));
    return [{ text: t(`openIn.${id}`, { name }), onClick: take }];
  }

  return {
    async createBranch() {
      const done = await open('create-branch', { issue });
      if (!done) return;
      const { card, request, started } = done;
      const { branch, repository, author = '' } = card;
      cards.add(card);
      const opensElsewhere = { text: t('openIn.more'), onClick: () => void open('open-in', { card }) };
      const actions = [opens(card), ...usualWay(card), opensElsewhere];
      if (!request || request.ok) {
        flag('success', t('flag.branchCreated'), t('flag.branchCreated.text', { branch, repository, author }), actions);
        if (request) requestCreated(request.value);
        return tellStarted(started, issue, text);
      }
      const named = words(integrationOf(card)?.provider);
      const { title, why, said = '' } = errorText(request.error, text, { integration: integrationOf(card) });
      flag(
        'warning',
        t('flag.requestFailed', named),
        t('flag.requestFailed.text', { branch, title, why: `${why} ${said}`.trim(), ...named }),
        actions,
      );
      tellStarted(started, issue, text);
    },
    async createRequest(preset?: RequestPreset) {
      const done = await open('create-pull-request', { issue, ...(preset && { preset }) });
      if (done) requestCreated(done);
    },
    async deleteBranch(card: Card) {
      const integration = integrationOf(card);
      if (!integration) return;
      const requests = openRequestsFrom(card, cards.cards);
      const done = await open('delete-branch', { issueKey: issue.key, integration, card, requests });
      if (!done) return;
      cards.remove(card);
      focusPanel();
      flag(
        'success',
        t('flag.branchDeleted'),
        t('flag.branchDeleted.text', { branch: card.branch, repository: card.repository }),
      );
    },
    async attach() {
      const done = await open('attach', { issue });
      if (!done) return;
      const { card } = done;
      cards.add(card);
      const { title, repository } = card;
      flag('success', t('flag.attached', { issue: issue.key }), t('flag.attached.text', { title, repository }), [
        opens(card),
      ]);
    },
    async detach(card: Card) {
      const { integrationId, repository, branch, number } = card;
      const which = { issueKey: issue.key, integrationId, repository, branch, ...(number !== undefined && { number }) };
      const answer = await call('issue', 'detach-work', which);
      if (!answer.ok) {
        const { title, why } = errorText(answer.error, text, { integration: integrationOf(card) });
        return flag('error', title, why);
      }
      cards.remove(card);
      focusPanel();
      flag(
        'success',
        t('flag.detached', { issue: issue.key }),
        t('flag.attached.text', { title: card.title, repository }),
      );
    },
    /** The dialog announces the token's change itself, to this page as to others. */
    token: (integration: IntegrationView) => open('token', { integration }),
    copyName: (card: Card) => copy(card.branch),
    usualWay,
    openIn: (card: Card) => open('open-in', { card }),
    open: (card: Card) => openExternal(card.url),
  };
}

function tellStarted(started: Started | undefined, { key }: IssueView, text: Text): void {
  const told = startedText(started, text).join(' ');
  const isWhole = [started?.assigned, started?.moved].every((one) => one?.ok !== false);
  if (told !== '') flag(isWhole ? 'success' : 'warning', text.t('start.flag', { issue: key }), told);
}

type FlagAction = { text: string; onClick: () => void };

export type Actions = ReturnType<typeof useActions>;

function flag(type: 'success' | 'warning' | 'error', title: string, description: string, actions: FlagAction[] = []) {
  showFlag({
    id: `undersigned-${crypto.randomUUID()}`,
    type,
    title,
    description,
    isAutoDismiss: type === 'success',
    actions,
  });
}
