import type { IntegrationView } from '../../src/contract/views';
import { needsEnd } from '../../src/domain/token-rules';
import { useText } from './text';

/** An admin's rules for tokens here, shown before one is made. Nothing where there are none. */
export function TokenRulesTold({ integration }: { integration: IntegrationView }) {
  const { t, words } = useText();
  const { tokenRules: rules, name, serviceName: service, capabilities, otherTokenUrl, provider } = integration;
  if (rules === undefined) return null;
  const { tokensNeverEnd, tokenEndUntold } = capabilities;
  const { maxDays, fineGrainedOnly, scopesAtLeast = [], scopesAtMost = [], untoldEnd } = rules;
  const told = [
    maxDays !== undefined && t(tokensNeverEnd ? 'rules.told.age' : 'rules.told.days', { count: maxDays }),
    maxDays === undefined && needsEnd(rules) && t(tokensNeverEnd ? 'rules.told.never' : 'rules.told.end', { service }),
    fineGrainedOnly && otherTokenUrl !== undefined && t('rules.told.fineGrained'),
    scopesAtLeast.length > 0 && t('rules.told.atLeast', { names: scopesAtLeast.join(', ') }),
    scopesAtMost.length > 0 && t('rules.told.atMost', { names: scopesAtMost.join(', ') }),
    needsEnd(rules) && tokenEndUntold && untoldEnd === 'refuse' && t('rules.told.untold', { service }),
  ].filter((line) => typeof line === 'string');
  if (told.length === 0) return null;
  return (
    <div>
      <p className="subtle">{t('rules.told', { integration: name, ...words(provider) })}</p>
      <ul className="steps">
        {told.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
