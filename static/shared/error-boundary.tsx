import { Component, type ReactNode } from 'react';
import { ErrorMessage } from './error-message';

/** A page that React cannot draw becomes a sentence instead of a white page. React offers this only as a class. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return <ErrorMessage error={{ code: 'INTERNAL', params: {} }} onTryAgain={() => window.location.reload()} />;
  }
}
