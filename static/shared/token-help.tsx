import type { IntegrationView } from '../../src/contract/views';
import { factsOf } from '../../src/domain/editions';
import { ExternalLink } from './external-link';
import { GuideLink } from './guide-link';
import { tokenGuide } from './guides';
import { Policy } from './policy';
import { useText } from './text';

/** How to make a token at a service, step by step. */
export function TokenHelp({ integration }: { integration: IntegrationView }) {
  const { t } = useText();
  const { help } = factsOf(integration.provider);
  const shown = help?.sections.filter(({ fits }) => fits?.(integration) ?? true);
  return (
    <div className="stack-tight panel-box">
      {help && shown?.length === help.sections.length && <p>{t(help.intro)}</p>}
      {shown?.map(({ heading, steps }) => (
        <section key={heading} className="stack-tight">
          <p>
            <strong>{t(heading)}</strong>
          </p>
          <ol className="steps">
            {steps.map((step) => (
              <li key={step}>{t(step)}</li>
            ))}
          </ol>
        </section>
      ))}
      <Policy provider={integration.provider} />
      {integration.otherTokenUrl && (
        <p>
          <ExternalLink href={integration.otherTokenUrl} withIcon>
            {t('token.newOther')}
          </ExternalLink>
        </p>
      )}
      {help && (
        <p>
          <strong>{t(help.last)}</strong>
        </p>
      )}
      <GuideLink guide={tokenGuide(integration.provider)}>{t('guide.token')}</GuideLink>
    </div>
  );
}
