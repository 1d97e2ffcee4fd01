import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SOON_DAYS } from '../../src/domain/token';

const read = (path: string) => readFileSync(join(__dirname, '../..', path), 'utf8');

it.each([
  ['docs/guides/tokens.md', /From (\d+) days before/],
  ['docs/decisions/0019-tokens-are-checked-when-saved.md', /warn (\d+) days before/],
])('%s names the number of days the pages warn before', (path, sentence) => {
  expect(sentence.exec(read(path))?.[1]).toBe(String(SOON_DAYS));
});

it('No guide sends an admin to connect an upgraded server as a new integration', () => {
  for (const guide of ['docs/guides/admins.md', 'docs/guides/errors.md', 'docs/decisions/0013-editions-are-data.md'])
    expect(read(guide)).not.toMatch(/connect(ed)? it (anew|again)|connected again/);
});
