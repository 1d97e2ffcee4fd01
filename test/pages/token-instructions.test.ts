import de from '../../locales/de-DE.json';
import en from '../../locales/en-US.json';
import { createText } from '../../static/shared/text';
import { offerings } from '../../src/domain/offerings';
import { editions } from '../../src/domain/editions';

/** Words on a service's own pages. People search for them, so they are the same in every language. */
function instructions(...beginnings: readonly string[]): readonly string[] {
  return [en, de].map((sentences) =>
    Object.entries(sentences)
      .filter(([key]) => beginnings.some((beginning) => key.startsWith(beginning)))
      .map(([, sentence]) => sentence)
      .join('\n'),
  );
}

function expectWords(texts: readonly string[], ...words: readonly (string | RegExp)[]): void {
  for (const text of texts) for (const word of words) expect(text).toMatch(word);
}

function expectOneSet(provider: string, names: readonly string[]): void {
  const ofProvider = offerings.filter(({ editions: ids }) => ids.every((id) => editions[id].provider === provider));
  expect(ofProvider.map(({ name }) => name)).toEqual(names);
}

describe('For GitHub', () => {
  const texts = instructions('help.github.');

  it('are one set, wherever it runs', () => {
    expectOneSet('github', ['GitHub', 'GitHub Enterprise']);
  });

  it('say what two-factor authentication has to do with it', () => {
    expectWords(texts, /two-factor|Zwei-Faktor/);
  });

  it('lead to the page where tokens are made', () => {
    expectWords(
      texts,
      'Settings > Developer settings > Personal access tokens > Fine-grained tokens',
      'Generate new token',
    );
  });

  it('demand a name and an expiry', () => {
    expectWords(
      texts,
      /a name you will recogni[sz]e|einen Namen, den Sie wiedererkennen/,
      /(end|expiration) date|Enddatum/,
    );
    expectWords(texts, /organization (may limit|allows)|Organisation/);
  });

  it('name the scope repo, and what a fine-grained token needs', () => {
    expectWords(texts, /\brepo\b/, 'Contents', 'Pull requests', 'Metadata');
  });

  it('end with the button that makes it, and a copy at once', () => {
    expectWords(texts, 'Generate token', /only once\. Copy it (at once|now)|nur einmal\. Kopieren Sie es sofort/);
  });
});

describe('For GitLab', () => {
  const texts = instructions('help.gitlab.');

  it('are one set, wherever it runs', () => {
    expectOneSet('gitlab', ['GitLab', 'GitLab Self-Managed']);
  });

  it('say what two-factor authentication has to do with it', () => {
    expectWords(texts, /two-factor|Zwei-Faktor/);
  });

  it('lead to the page where tokens are made', () => {
    expectWords(texts, 'Preferences', 'Access tokens');
  });

  it('demand a name and an expiry', () => {
    expectWords(texts, /a name you will recogni[sz]e|einen Namen, den Sie wiedererkennen/, '365', '16.0');
  });

  it('name the scope api', () => {
    expectWords(texts, /\bapi\b/);
  });

  it('end with the button that makes it, and a copy at once', () => {
    expectWords(
      texts,
      'Create personal access token',
      /only once\. Copy it (at once|now)|nur einmal\. Kopieren Sie es sofort/,
    );
  });
});

describe('For Azure DevOps', () => {
  const texts = instructions('help.azure-devops.token', 'help.azure-devops.once');

  it('lead to the page where tokens are made', () => {
    expectWords(texts, 'User settings', 'Personal access tokens', 'New Token');
  });

  it('demand a name and an expiry', () => {
    expectWords(
      texts,
      /a name you will recogni[sz]e|einen Namen, den Sie wiedererkennen/,
      /(end|expiration) date|Enddatum/,
    );
    expectWords(texts, /Custom defined (for|für) /);
  });

  it('demand one organization', () => {
    expectWords(texts, /(Do not|Don't) choose All accessible organizations|nicht All accessible organizations/);
  });

  it('name the scope Code (Read & write)', () => {
    expectWords(texts, 'Custom defined', 'Read & write');
  });

  it('end with the button that makes it, and a copy at once', () => {
    expectWords(
      texts,
      /(press|select) Create\.|auf Create\./,
      /in place of a password|anstelle eines Passworts/,
      /only once|nur einmal/,
    );
  });
});

describe('For a server of Microsoft’s', () => {
  const texts = instructions('help.azure-devops.server', 'help.azure-devops.once');

  it('are one set for TFS and Azure DevOps Server', () => {
    expectWords(texts, 'Azure DevOps Server', 'TFS 2017');
  });

  it('lead to the page where tokens are made', () => {
    expectWords(texts, 'Security > Personal access tokens', 'Add');
  });

  it('demand a description and an expiry', () => {
    expectWords(texts, /description|Beschreibung/, /(end|expiration) date|Enddatum/);
  });

  it('name the scope Code (read and write)', () => {
    expectWords(texts, 'Selected scopes', 'Code (read and write)', 'Code (read)');
  });

  it('end with the button that makes it, and a copy at once', () => {
    expectWords(texts, 'Create token', /only once|nur einmal/);
  });
});

describe('For AWS CodeCommit', () => {
  const texts = instructions('help.codecommit.');

  it('lead to the page where access keys are made', () => {
    expectWords(texts, 'IAM', 'Users', 'Security credentials', 'Create access key');
  });

  it('lead to the policy that allows what is needed (`wizard.test.ts` reads it)', () => {
    expectWords(texts, /policy below|Richtlinie unten/);
  });

  it('say that both parts are shown once', () => {
    expectWords(
      texts,
      /only once\. Copy both parts (at once|now)|nur einmal gezeigt\. Kopieren Sie beide Teile sofort/,
    );
  });

  it('say that a user has two at most', () => {
    expectWords(texts, /two keys at most|höchstens zwei/);
  });

  it('demand a separate user and a key for nothing else', () => {
    expectWords(texts, /IAM user of their own|eigenen IAM-Benutzer/, /nothing else|nichts anderes/);
  });
});

describe('Instructions that begin with our own button', () => {
  it.each([en, de])('name it by its label', (sentences) => {
    const { t, words } = createText(sentences, { locale: 'en-US', timeZone: 'UTC' });
    const button = t('token.new', words('github'));
    for (const step of ['help.github.classic.1', 'help.gitlab.token.1', 'help.azure-devops.token.1'] as const)
      expect(sentences[step]).toContain(button);
  });
});
