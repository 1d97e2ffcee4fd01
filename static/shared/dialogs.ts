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

import type { Changed } from './start-work';

/** A branch to start a pull request from. */
export type RequestPreset = { integrationId: string; repository: string; branch: string };

/** A branch was created, and what became of the pull request that was wanted with it. */
export type BranchDone = BranchCreated & { request?: Result<PullRequestCreated, PageError>; started?: Started };

/** The outcome for the issue after that, where somebody wanted it assigned or moved. */
export type Started = { assigned?: Changed; moved?: Changed };

/** The input of a dialog that a page opens (`context.extension.modal`), and what comes back when it is done. */
export type Dialogs = {
  'create-branch': { asked: { issue: IssueView }; answer: BranchDone };
  'create-pull-request': { asked: { issue: IssueView; preset?: RequestPreset }; answer: PullRequestCreated };
  /** `requests`: the open pull requests from the branch, as far as the page knows. */
  'delete-branch': {
    asked: { issueKey: string; integration: IntegrationView; card: Card; requests: readonly Card[] };
    answer: { card: Card };
  };
  attach: { asked: { issue: IssueView }; answer: { card: Card } };
  'open-in': { asked: { card: Card }; answer: never };
  token: { asked: { integration: IntegrationView }; answer: TokenSaved | { removed: IntegrationView } };
  disconnect: { asked: { integration: ManagedIntegrationView }; answer: { id: string } };
  disable: { asked: { integration: ManagedIntegrationView }; answer: { integration: ManagedIntegrationView } };
};
export type DialogName = keyof Dialogs;
export type DialogContext = { [Name in DialogName]: { dialog: Name } & Dialogs[Name]['asked'] }[DialogName];

/** Of Forge's sizes, the one that holds the dialog together with a message of a few lines: 400 × 320, 600 × 520, 800 × 720 at least. */
const sizes = {
  'create-branch': 'medium',
  'create-pull-request': 'large',
  'delete-branch': 'small',
  attach: 'medium',
  'open-in': 'medium',
  token: 'medium',
  disconnect: 'small',
  disable: 'small',
} as const satisfies Record<DialogName, string>;

/** The next larger one, where it is known that a message is above the rest, or that the question names more than one thing. */
const larger = { small: 'medium', medium: 'large', large: 'large' } as const;

function sizeOf({ dialog, ...asked }: DialogContext) {
  const about = 'requests' in asked ? [asked.integration] : 'issue' in asked ? asked.issue.integrations : [];
  const isBlocked = ({ attribution: { state, token } }: IntegrationView) =>
    /required|unsupported/.test(state) || /ended|rejected/.test(token?.health ?? '');
  const saysMore = 'requests' in asked && asked.requests.length > 0;
  return saysMore || (about.length > 0 && about.every(isBlocked)) ? larger[sizes[dialog]] : sizes[dialog];
}

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
      size: sizeOf({ dialog, ...asked } as DialogContext),
      context: { dialog, ...asked },
      // The dialog closes itself: what is being written is not left, and a press beside it loses nothing that was typed.
      closeOnEscape: false,
      closeOnOverlayClick: false,
      onClose: (answer: Dialogs[Name]['answer'] | undefined) => resolve(answer),
    });
    modal.open().catch(reject);
  });
}
