import type { ProviderKind } from '../../src/contract/views';
import { useText } from './text';
import type { MessageKey } from './translate';

type Section = { heading: MessageKey; steps: readonly MessageKey[] };

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
      },
    ],
    last: 'help.github.once',
  },
};

/** How to make a token at a kind of service, step by step. Source: GitHub's docs page "Managing your personal access tokens". */
export function TokenHelp({ provider }: { provider: ProviderKind }) {
  const { t } = useText();
  const { intro, sections, last } = help[provider];
  return (
    <div className="stack-tight panel-box">
      <p>{t(intro)}</p>
      {sections.map(({ heading, steps }) => (
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
      <p>
        <strong>{t(last)}</strong>
      </p>
    </div>
  );
}
