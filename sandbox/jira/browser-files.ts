import { readdirSync } from 'node:fs';
import { browserCode } from '../forge/pages/browser-code.ts';

/** Folders of the sandbox whose code runs in the browser, on the site's pages. */
const folders = ['jira/browser', 'forge/bridge', 'forge/bridge/host'];
/** Made for other places: the server, and the pages of the app. */
const elsewhere = ['forge/bridge/serve-bridge.ts', 'forge/bridge/frame.ts'];

/** The site's script and what it imports, by address: `/sandbox/code/jira/browser/main.ts`. Nothing else can be fetched so. */
export function browserFiles(root: string): ReadonlyMap<string, { content: string; contentType: string }> {
  const files = folders.flatMap((folder) =>
    readdirSync(`${root}/sandbox/${folder}`)
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name}`)
      .filter((path) => !elsewhere.includes(path)),
  );
  return new Map(
    files.map((path) => [
      `/sandbox/code/${path}`,
      { content: browserCode(root, `sandbox/${path}`), contentType: 'text/javascript; charset=utf-8' },
    ]),
  );
}
