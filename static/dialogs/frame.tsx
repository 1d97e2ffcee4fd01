import { view } from '@forge/bridge';
import { type ReactNode, useEffect } from 'react';
import CrossIcon from '@atlaskit/icon/core/cross';
import { tellChange } from '../shared/issue-events';
import { useText } from '../shared/text';
import { HoldProvider, useHold } from '../shared/use-write';
import { closeDialog } from './close';

type Props = {
  /** The issue it is about; empty where there is none. */
  issueKey: string;
  children: ReactNode;
};

/**
 * The frame of every dialog: room, a close button, and Esc. Esc first closes an open part inside, such as a list. While something is
 * being written neither leads out; where Jira closes the dialog all the same, the issue's other pages get a message to look.
 */
export function Frame({ issueKey, children }: Props) {
  const { t } = useText();
  const held = useHold();
  const { isHeld, isHeldNow } = held;
  useEffect(() => {
    let onClosedList = false;
    // A list takes Esc for itself also when it is closed.
    const onKeyFirst = ({ target }: KeyboardEvent) => {
      onClosedList = target instanceof Element && target.matches('[role=combobox]:not([aria-expanded=true])');
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || (event.defaultPrevented && !onClosedList)) return;
      // Jira would close it too.
      if (isHeldNow()) event.preventDefault();
      else closeDialog();
    };
    document.addEventListener('keydown', onKeyFirst, true);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKeyFirst, true);
      document.removeEventListener('keydown', onKey);
    };
  }, []);
  useEffect(() => {
    if (issueKey === '') return;
    const leaving = () => isHeldNow() && tellChange({ issueKey, change: 'unfinished' });
    // Where it cannot be closed from outside there is nothing to hear.
    void view.onClose(() => Promise.resolve(void leaving())).catch(() => undefined);
  }, [issueKey]);
  return (
    <div className="dialog">
      <HoldProvider value={held}>{children}</HoldProvider>
      <button
        type="button"
        className="icon-button dialog-close"
        aria-label={t('dialog.close')}
        disabled={isHeld}
        onClick={() => closeDialog()}
      >
        <CrossIcon label="" />
      </button>
    </div>
  );
}

/** The place of a form that is still loading: heading, three fields, a footer. */
export function FrameSkeleton() {
  const { t } = useText();
  return (
    <div className="stack" role="status" aria-label={t('dialog.loading')}>
      <div className="skeleton skeleton-line" />
      {['a', 'b', 'c'].map((key) => (
        <div key={key} className="skeleton skeleton-field" />
      ))}
      <div className="skeleton skeleton-line" />
    </div>
  );
}
