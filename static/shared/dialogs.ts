import { Modal } from '@forge/bridge';
import type { PageError } from '../../src/contract/errors';
import type {
  BranchCreated,
  Card,
  IntegrationView,
  IssueView,
  ManagedIntegrationView,
  PullRequestCreated,
  Result,
  TokenSaved,
} from '../../src/contract/views';

/** A branch to start a pull request from. */
export type RequestPreset = { integrationId: string; repository: string; branch: string };

/** A branch was created, and what became of the pull request that was wanted with it. */
export type BranchDone = BranchCreated & { request?: Result<PullRequestCreated, PageError> };

/** What a page tells the dialog it opens (`context.extension.modal`), and what comes back when it is done. */
export type Dialogs = {
  'create-branch': { asked: { issue: IssueView }; answer: BranchDone };
  'create-pull-request': { asked: { issue: IssueView; preset?: RequestPreset }; answer: PullRequestCreated };
  'delete-branch': { asked: { issueKey: string; integration: IntegrationView; card: Card }; answer: { card: Card } };
  token: { asked: { integration: IntegrationView }; answer: TokenSaved | { removed: IntegrationView } };
  disconnect: { asked: { integration: ManagedIntegrationView }; answer: { id: string } };
};
export type DialogName = keyof Dialogs;
export type DialogContext = { [Name in DialogName]: { dialog: Name } & Dialogs[Name]['asked'] }[DialogName];

/**
 * Opens a dialog over the page and gives what it was closed with; nothing when it was cancelled. Rejects when Jira does not let it
 * open.
 */
export function openDialog<Name extends DialogName>(
  dialog: Name,
  asked: Dialogs[Name]['asked'],
): Promise<Dialogs[Name]['answer'] | undefined> {
  return new Promise((resolve, reject) => {
    const modal = new Modal({
      resource: 'dialogs',
      size: dialog === 'create-pull-request' ? 'large' : 'medium',
      context: { dialog, ...asked },
      onClose: (answer: Dialogs[Name]['answer'] | undefined) => resolve(answer),
    });
    modal.open().catch(reject);
  });
}
