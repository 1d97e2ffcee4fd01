import { showFlag } from '@forge/bridge';
import type { PageError } from '../../src/contract/errors';
import { errorText, type Around } from '../shared/error-text';
import { useText } from '../shared/text';

/** Tells how something went, in a flag of Jira's: for what has no place on the page of its own. */
export function useTell() {
  const text = useText();
  return {
    success: (title: string, description = '') =>
      void showFlag({ id: `undersigned-${Date.now()}`, type: 'success', title, description, isAutoDismiss: true }),
    error: (error: PageError, integration: Around['integration']) => {
      const { title, why, next, said } = errorText(error, text, { integration });
      void showFlag({
        id: `undersigned-${Date.now()}`,
        type: 'error',
        title,
        description: [why, said, next].filter(Boolean).join(' '),
      });
    },
  };
}
