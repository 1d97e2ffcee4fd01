import { type ReactNode, useEffect } from 'react';
import CrossIcon from '@atlaskit/icon/core/cross';
import { useText } from '../shared/text';
import { closeDialog } from './close';

/** What every dialog has: room, a close button, and Esc. Esc first closes what is open inside, such as a list. */
export function Frame({ children }: { children: ReactNode }) {
  const { t } = useText();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) closeDialog();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <div className="dialog">
      {children}
      <button
        type="button"
        className="icon-button dialog-close"
        aria-label={t('dialog.close')}
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
