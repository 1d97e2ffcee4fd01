import { view } from '@forge/bridge';
import type { DialogName, Dialogs } from '../shared/dialogs';

/** Closes the dialog; `answer` goes to the page that opened it. */
export function closeDialog<Name extends DialogName = never>(answer?: Dialogs[Name]['answer']): void {
  void view.close(answer).catch(() => undefined);
}
