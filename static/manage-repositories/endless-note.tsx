import Button from '@atlaskit/button/new';
import type { ManagedIntegrationView } from '../../src/contract/views';
import { needsEnd, type TokenRules } from '../../src/domain/token-rules';
import { Message } from '../shared/message';
import { useText } from '../shared/text';

type Props = {
  /** Those where nothing expires, of all that the rules are for. */
  integrations: readonly Pick<ManagedIntegrationView, 'id' | 'name'>[];
  rules: TokenRules;
  isWorking: boolean;
  /** Absent where the rules are the integration's own. */
  onLeaveOut?: (integrationId: string) => void;
};

/** What a rule about an end means where nothing expires: an age can be asked for, an expiration date can't. */
export function EndlessNote({ integrations, rules, isWorking, onLeaveOut }: Props) {
  const { t } = useText();
  if (integrations.length === 0 || !needsEnd(rules)) return null;
  const names = integrations.map(({ name }) => name).join(', ');
  if (rules.maxDays !== undefined)
    return <p className="small subtle">{t('rules.endless.age', { integrations: names, count: rules.maxDays })}</p>;
  return (
    <Message
      appearance="warning"
      title={t('rules.endless.title', { integrations: names })}
      actions={
        onLeaveOut &&
        integrations.map(({ id, name }) => (
          <Button key={id} isDisabled={isWorking} onClick={() => onLeaveOut(id)}>
            {t('rules.endless.leaveOut', { integration: name })}
          </Button>
        ))
      }
    >
      <p>{t(onLeaveOut ? 'rules.endless.text' : 'rules.endless.text.own')}</p>
    </Message>
  );
}
