import { showFlag } from '@forge/bridge';
import type { IntegrationView } from '../../src/contract/views';
import { openDialog } from '../shared/dialogs';
import { useText } from '../shared/text';
import { tokenSentence, tokenTitle } from '../shared/token-sentence';

/** Opens the token dialog of an integration and says, in a flag and through `onChange`, how it ended. */
export function useTokenDialog(onChange: (updated: IntegrationView) => void) {
  const text = useText();
  const { t, words } = text;
  return async (integration: IntegrationView) => {
    const id = `undersigned-${Date.now()}`;
    const named = words(integration.provider);
    try {
      const done = await openDialog('token', { integration });
      if (!done) return;
      if ('removed' in done) {
        onChange(done.removed);
        const description = t('flag.tokenRemoved.text', { integration: integration.name });
        showFlag({ id, type: 'success', title: t('flag.tokenRemoved', named), description, isAutoDismiss: true });
        return;
      }
      onChange({ ...integration, attribution: done.attribution });
      const lacks = done.token.missingScopes.length > 0;
      const description = tokenSentence(done.token, integration, text);
      showFlag({
        id,
        type: lacks ? 'warning' : 'success',
        title: tokenTitle(done, integration, text),
        description,
        isAutoDismiss: !lacks,
      });
    } catch {
      showFlag({ id, type: 'error', title: t('panel.opened'), description: t('panel.opened.why') });
    }
  };
}
