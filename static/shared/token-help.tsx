import type { IntegrationView } from '../../src/contract/views';
import type { ProviderKind } from '../../src/contract/views';
import { ExternalLink } from './external-link';
import { GuideLink } from './guide-link';
import { tokenGuide } from './guides';
import { Policy } from './policy';
import { useText } from './text';
import type { MessageKey } from './translate';

type Section = {
  heading: MessageKey;
  steps: readonly MessageKey[];
  /** Only for services it is true of. */
  fits?: (integration: IntegrationView) => boolean;
};

const isCloud = ({ edition }: IntegrationView): boolean => (edition as string) === 'azure-devops';

/**
 * Sources: GitHub's docs page "Managing your personal access tokens"; GitLab's "Personal access tokens"; Microsoft's "Use
 * personal access tokens" and "Retirement of global personal access tokens"; AWS's "Manage access keys for IAM users".
 */
const help: Readonly<Record<ProviderKind, { intro: MessageKey; sections: readonly Section[]; last: MessageKey }>> = {
  github: {
    intro: 'help.github.intro',
    sections: [
      {
        heading: 'help.github.classic',
        steps: ['help.github.classic.1', 'help.github.classic.2', 'help.github.classic.3'],
      },
      {
        heading: 'help.github.fine',
        steps: [
          'help.github.fine.1',
          'help.github.fine.2',
          'help.github.fine.3',
          'help.github.fine.4',
          'help.github.fine.5',
        ],
        fits: ({ otherTokenUrl }) => otherTokenUrl !== undefined,
      },
    ],
    last: 'help.github.once',
  },
  gitlab: {
    intro: 'help.gitlab.intro',
    sections: [
      {
        heading: 'help.gitlab.token',
        steps: ['help.gitlab.token.1', 'help.gitlab.token.2', 'help.gitlab.token.3', 'help.gitlab.token.4'],
      },
    ],
    last: 'help.gitlab.once',
  },
  'azure-devops': {
    intro: 'help.azure-devops.intro',
    sections: [
      {
        heading: 'help.azure-devops.token',
        steps: [
          'help.azure-devops.token.1',
          'help.azure-devops.token.2',
          'help.azure-devops.token.3',
          'help.azure-devops.token.4',
        ],
        fits: isCloud,
      },
      {
        heading: 'help.azure-devops.server',
        steps: ['help.azure-devops.server.1', 'help.azure-devops.server.2', 'help.azure-devops.server.3'],
        fits: (integration) => !isCloud(integration),
      },
    ],
    last: 'help.azure-devops.once',
  },
  codecommit: {
    intro: 'help.codecommit.intro',
    sections: [
      {
        heading: 'help.codecommit.key',
        steps: ['help.codecommit.key.1', 'help.codecommit.key.2', 'help.codecommit.key.3', 'help.codecommit.key.4'],
      },
    ],
    last: 'help.codecommit.once',
  },
};

/** How to make a token at a service, step by step. */
export function TokenHelp({ integration }: { integration: IntegrationView }) {
  const { t } = useText();
  const { intro, sections, last } = help[integration.provider];
  const shown = sections.filter(({ fits }) => fits?.(integration) ?? true);
  return (
    <div className="stack-tight panel-box">
      {shown.length === sections.length && <p>{t(intro)}</p>}
      {shown.map(({ heading, steps }) => (
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
      {integration.provider === 'codecommit' && <Policy />}
      {integration.otherTokenUrl && (
        <p>
          <ExternalLink href={integration.otherTokenUrl} withIcon>
            {t('token.newOther')}
          </ExternalLink>
        </p>
      )}
      <p>
        <strong>{t(last)}</strong>
      </p>
      <GuideLink guide={tokenGuide(integration.provider)}>{t('guide.token')}</GuideLink>
    </div>
  );
}
