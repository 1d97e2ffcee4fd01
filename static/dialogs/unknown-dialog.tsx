import { Message } from '../shared/message';
import { useText } from '../shared/text';

export function UnknownDialog() {
  const { t } = useText();
  return (
    <Message appearance="error" title={t('dialog.unknownTitle')}>
      <p>{t('dialog.unknownWhy')}</p>
      <p>{t('dialog.unknownNext')}</p>
    </Message>
  );
}
