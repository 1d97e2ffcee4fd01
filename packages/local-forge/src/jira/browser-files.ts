import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { browserCode } from '../forge/pages/browser-code.ts';
import { home } from '../home.ts';

/** Folders whose code runs in the browser, on the site's pages. */
const folders = ['jira/browser', 'forge/bridge', 'forge/bridge/host'];
/** Code for other places: the server, and the pages of the app. */
const elsewhere = ['forge/bridge/serve-bridge.ts', 'forge/bridge/frame.ts'];

/** The site's script and what it imports, by address: `/sandbox/code/jira/browser/main.ts`. Nothing else can be fetched. */
export function browserFiles(): ReadonlyMap<string, { content: string; contentType: string }> {
  const files = folders.flatMap((folder) =>
    readdirSync(join(home, folder))
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name}`)
      .filter((path) => !elsewhere.includes(path)),
  );
  return new Map(
    files.map((path) => [
      `/sandbox/code/${path}`,
      { content: browserCode(path), contentType: 'text/javascript; charset=utf-8' },
    ]),
  );
}
