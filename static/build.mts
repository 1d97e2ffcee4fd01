import { readFileSync } from 'node:fs';
import { build } from 'vite';
import { pageConfig, pages } from './vite.config.mts';

// Every caller, a test run included, wants the build that ships: no development build of React, no paths of this machine in it.
process.env['NODE_ENV'] = 'production';

/** Where the guides can be read: `GUIDES_URL`, else `config.guides` of package.json; see docs/deploy.md. */
function guidesAddress(): string {
  const { config } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    config: { guides: string };
  };
  const address = (process.env['GUIDES_URL'] ?? config.guides).replace(/\/$/, '');
  if (address !== '' && !/^https:\/\/[^\s#?]+$/.test(address))
    throw new Error(`The guides have to be at an https address, not at ${address}`);
  return address;
}

/** Builds every page into `static/dist/<resource key of manifest.yml>`. Ends with an error when one of them cannot be built. */
await Promise.all(pages.map((page) => build(pageConfig(page, guidesAddress()))));
