import en from '../../locales/en-US.json';
import de from '../../locales/de-DE.json';
import { announcement } from '../../static/manage-repositories/announcement-text';
import { createText } from '../../static/shared/text';

const place = { locale: 'en-US', timeZone: 'America/Los_Angeles' };
const gitHub = { name: 'acme-github', provider: 'github' } as const;
const gitLab = { name: 'acme-gitlab', provider: 'gitlab' } as const;

describe('The text that announces the switch', () => {
  it('names the day, wherever it is read, the place for tokens, and a guide for each service', () => {
    const text = announcement(
      [gitHub, gitLab],
      '2027-01-31',
      createText(en, place),
      (guide) => `https://guides/${guide}`,
    );
    expect(text.split('\n')).toEqual([
      'From January 31, 2027 on, you need your own token to create branches and pull requests from Jira in acme-github, acme-gitlab. They will carry your name.',
      'Set up your token now: in Jira, click your profile picture, then Personal settings, then Personal access tokens.',
      'How to create a personal access token: https://guides/tokens.md#github',
      'How to create a personal access token: https://guides/tokens.md#gitlab',
      "If something doesn't work: https://guides/errors.md",
      'Nothing is lost if you are late: your input is kept until your token is set up.',
    ]);
  });

  it('has no link where guides have no address, and names no day while it is open', () => {
    const text = announcement([gitLab], '', createText(de, { ...place, locale: 'de-DE' }), () => undefined);
    expect(text).toMatch(/^Bald .*acme-gitlab.*Merge-Requests/);
    expect(text).not.toMatch(/http|undefined|\{/);
    expect(text.split('\n')).toHaveLength(3);
  });
});
