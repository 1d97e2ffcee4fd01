import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';

const SectionMessage = lazy(() => import('@atlaskit/section-message/section-message'));

type Props = {
  appearance: 'information' | 'warning' | 'error' | 'success';
  title: string;
  children: ReactNode;
  /** Buttons and links below the text. */
  actions?: ReactNode;
  /** Moves the focus to the message when it appears: it says how the person's act ended. */
  takesFocus?: boolean;
};

/** A message with a title, a reason and a next step. Announced when it appears. */
export function Message({ appearance, title, children, actions, takesFocus = false }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!takesFocus) return;
    box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: 'nearest' });
  }, [takesFocus]);
  return (
    <div ref={box} tabIndex={-1} role={appearance === 'error' ? 'alert' : 'status'} className="message">
      <Suspense fallback={<div className="skeleton message-skeleton" />}>
        <SectionMessage appearance={appearance} title={title}>
          <div className="stack-tight">
            {children}
            {actions && <div className="row message-actions">{actions}</div>}
          </div>
        </SectionMessage>
      </Suspense>
    </div>
  );
}
