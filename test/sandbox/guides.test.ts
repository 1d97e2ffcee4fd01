import en from '../../locales/en-US.json';
import { providers } from '../../src/domain/editions';
import { guides, tokenGuide } from '../../static/shared/guides';
import { startFixture, type Fixture } from '../fixtures/bridge-page/start';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.close());

async function read(guide: string) {
  const response = await fetch(`${fixture.siteUrl}/docs/guides/${guide}`);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

const kinds = providers.map(({ kind }) => kind);
const errors = Object.keys(en).flatMap((key) => /^error\.([A-Z_]+)\.title$/.exec(key)?.[1] ?? []);

describe('the guides', () => {
  it.each([...Object.values(guides), ...kinds.map(tokenGuide), ...errors.map((code) => `errors.md#${code}`)])(
    'have the section that a page links to: %s',
    async (guide) => {
      const [file = '', part = ''] = guide.split('#');
      const { status, text } = await read(file);
      expect(status).toBe(200);
      if (part !== '') expect(text).toContain(`id="${part}"`);
    },
  );

  it('are readable in the sandbox, with their links and pictures, and nothing else of the project is', async () => {
    const { text, type } = await read('admins.md');
    expect(type).toContain('text/html');
    expect(text).toContain('<h2 id="connect-a-service">Connect a service</h2>');
    expect(text).toContain('<a href="tokens.md#aws-codecommit">policy</a>');
    expect(text).toContain('<img src="../images/manage-repositories.png" alt="Manage Git repositories">');
    expect(text).toContain('<td>AWS CodeCommit</td>');
    expect((await read('../images/manage-repositories.png')).type).toBe('image/png');
    for (const other of ['../../package.json', 'nothing.md', '..%2f..%2fREADME.md'])
      expect((await read(other)).status).toBe(404);
  });

  it('are named to the app’s pages', async () => {
    const response = await fetch(`${fixture.pagesUrl}/acme/page/index.html`);
    expect(await response.text()).toContain(`<meta name="guides" content="${fixture.siteUrl}/docs/guides">`);
  });
});
