import { dirname, basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { runGit } from './run-git.ts';

export type GitCall = {
  /** `upload-pack` reads (clone, fetch, ls-remote), `receive-pack` writes (push). */
  service: 'upload-pack' | 'receive-pack';
  /** The part after the repository's address: `/info/refs`, `/git-upload-pack`, `/git-receive-pack`. */
  rest: string;
  /** The repository's address, still encoded: `acme/web.git`. */
  address: string;
};

/** One change of a ref in a push. */
export type PushCommand = { before: string; after: string; ref: string };

/** The git call that a request is, by method, path and query; undefined for any other request. */
export function gitCallOf(request: Request, path: string): GitCall | undefined {
  const [, address = '', rest = ''] = /^\/(.+?)(\/info\/refs|\/git-(?:upload|receive)-pack)$/.exec(path) ?? [];
  const service = rest === '/info/refs' ? new URL(request.url).searchParams.get('service') : rest.slice(1);
  if (service !== 'git-upload-pack' && service !== 'git-receive-pack') return undefined;
  if (request.method !== (rest === '/info/refs' ? 'GET' : 'POST')) return undefined;
  return { service: service === 'git-upload-pack' ? 'upload-pack' : 'receive-pack', rest, address };
}

/** The commands at the head of a push. Source: git's pack protocol, "Reference Update Request and Packfile Transfer". */
export function pushCommands(body: Uint8Array): PushCommand[] {
  const bytes = Buffer.from(body);
  const commands: PushCommand[] = [];
  for (let at = 0; at + 4 <= bytes.length;) {
    const length = Number.parseInt(bytes.toString('latin1', at, at + 4), 16);
    if (!Number.isInteger(length) || length < 4) break;
    const line = bytes.toString('utf8', at + 4, at + length).split('\0')[0] ?? '';
    const [before = '', after = '', ...name] = line.trimEnd().split(' ');
    if (before.length === 40 && after.length === 40) commands.push({ before, after, ref: name.join(' ') });
    at += length;
  }
  return commands;
}

/** A request's body as git sent it, unpacked when git packed it. */
export async function gitBody(request: Request): Promise<Uint8Array> {
  const body = new Uint8Array(await request.arrayBuffer());
  return request.headers.get('content-encoding') === 'gzip' ? gunzipSync(body) : body;
}

function parseCgi(output: Buffer): Response {
  const crlf = output.indexOf('\r\n\r\n');
  const end = crlf === -1 ? output.indexOf('\n\n') : crlf;
  const headers = new Headers();
  let status = 200;
  for (const line of output.toString('latin1', 0, end).split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === 'status') status = Number(value.slice(0, 3));
    else if (name !== '') headers.append(name, value);
  }
  return new Response(new Uint8Array(output.subarray(end + (crlf === -1 ? 2 : 4))), { status, headers });
}

/**
 * Lets `git http-backend` answer one git call on a bare repository. Permissions were checked before. `refuse` names
 * refs that a push must not change, with the reason that git shows to the person.
 */
export async function serveGit(
  repositoryPath: string,
  call: GitCall,
  request: Request,
  body: Uint8Array,
  options: { user?: string; refuse?: readonly { ref: string; why: string }[] } = {},
): Promise<Response> {
  const protocol = request.headers.get('git-protocol');
  const result = await runGit(['http-backend'], {
    input: body,
    env: {
      GIT_PROJECT_ROOT: dirname(repositoryPath),
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: `/${basename(repositoryPath)}${call.rest}`,
      QUERY_STRING: new URL(request.url).search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers.get('content-type') ?? '',
      CONTENT_LENGTH: String(body.byteLength),
      REMOTE_USER: options.user ?? '',
      REMOTE_ADDR: '127.0.0.1',
      SANDBOX_REFUSED_REFS: (options.refuse ?? []).map(({ ref, why }) => `${ref} ${why}`).join('\n'),
      ...(protocol === null ? {} : { GIT_PROTOCOL: protocol }),
    },
  });
  if (result.stdout.length === 0) throw new Error(`git http-backend said nothing: ${result.stderr.trim()}`);
  return parseCgi(result.stdout);
}
