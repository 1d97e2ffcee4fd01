import { openModule } from './links';
import { Message } from './message';
import { NewTab } from './new-tab';
import { useText } from './text';

/** No git service is open to the project: an admin gets the way to change that, others see who can help. */
export function NoIntegration({ isAdmin }: { isAdmin: boolean }) {
  const { t } = useText();
  return (
    <Message
      appearance="information"
      title={t('panel.noIntegration')}
      actions={
        isAdmin && (
          <button type="button" className="link-button" onClick={() => void openModule('manage-repositories')}>
            {t('action.manage-repositories')}
            <span className="link-icon">
              <NewTab />
            </span>
          </button>
        )
      }
    >
      <p>{t(isAdmin ? 'panel.noIntegration.admin' : 'panel.noIntegration.person')}</p>
    </Message>
  );
}
