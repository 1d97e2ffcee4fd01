import { CodeCommitClient } from '@aws-sdk/client-codecommit';
import type { STSClient } from '@aws-sdk/client-sts';
import { z } from 'zod';
import type { Credential } from '../../domain/credential';
import type { ProviderError } from '../../domain/errors';
import { fail, ok, type Result } from '../../domain/result';
import type { Connection } from '../provider';
import { createTransport } from '../transport';
import { problemOf } from './errors';
import { regionOf } from './links';

/** CodeCommit's client over our transport, for one action; a clock that was corrected once stays so for all its calls. */
export function codeCommit(connection: Connection): CodeCommitClient {
  return prepared(new CodeCommitClient(settings(connection, connection.service.apiUrl, 'json')));
}

/**
 * Everything the SDK would otherwise look up in the environment, in files or on the network is given here: the credential
 * and nothing else signs, and one attempt is all there is.
 */
export function settings(connection: Connection, endpoint: string, format: 'json' | 'xml') {
  const { service, credential } = connection;
  return {
    region: regionOf(service),
    endpoint,
    credentials: keyOf(credential),
    requestHandler: handler(connection, endpoint, format),
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'standard' as const,
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    authSchemePreference: [],
    userAgentAppId: 'undersigned-for-jira',
  };
}

/** An access key for the SDK; another kind of credential is none of AWS's. */
export function keyOf(credential: Credential): { accessKeyId: string; secretAccessKey: string } {
  return credential.kind === 'access-key'
    ? { accessKeyId: credential.id.reveal().trim(), secretAccessKey: credential.secret.reveal().trim() }
    : { accessKeyId: '', secretAccessKey: '' };
}

type SdkRequest = {
  protocol: string;
  hostname: string;
  path: string;
  method: string;
  headers: Record<string, string>;
  body?: unknown;
};

/** Everything is a POST to `/`; the operation's name tells reads from writes. */
const READS = /(\.|Action=)(Get|List|BatchGet)/;

/** The SDK's request handler: the parts of its request through our transport, and back. */
function handler(connection: Connection, endpoint: string, format: 'json' | 'xml') {
  const { secretAccessKey } = keyOf(connection.credential);
  const to = (kind: 'read' | 'write') =>
    createTransport({ origin: new URL(endpoint).origin, deadline: connection.deadline, kind, format });
  const send = { read: to('read'), write: to('write') };
  return {
    async handle({ protocol, hostname, path, method, headers, body }: SdkRequest) {
      const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : typeof body === 'string' ? body : '';
      const kind = READS.test(`${headers['x-amz-target'] ?? ''} ${format === 'xml' ? text : ''}`) ? 'read' : 'write';
      const { host: _host, ...rest } = headers;
      const response = await send[kind](`${protocol}//${hostname}${path}`, { method, headers: rest, body: text });
      const answer = await response.text();
      // The secret only signs, so no service of AWS's can know it: what answers in its place may.
      const told = response.ok || secretAccessKey === '' ? answer : answer.replaceAll(secretAccessKey, '…');
      return {
        response: {
          statusCode: response.status,
          headers: Object.fromEntries(response.headers),
          body: new TextEncoder().encode(told),
        },
      };
    },
  };
}

/**
 * Leaves out of the signature what a proxy on the way may change or add: the length, which `fetch` sets itself, and the
 * trace of a function runtime.
 */
export function prepared<Client extends CodeCommitClient | STSClient>(client: Client): Client {
  const stack = client.middlewareStack as CodeCommitClient['middlewareStack'];
  stack.add(
    (next) => (args) => {
      const { headers } = args.request as SdkRequest;
      for (const name of Object.keys(headers)) {
        if (['content-length', 'x-amzn-trace-id'].includes(name.toLowerCase())) delete headers[name];
      }
      return next(args);
    },
    { step: 'build', priority: 'low', name: 'signLess' },
  );
  return client;
}

const corrected = z.object({
  name: z.enum([
    'InvalidSignatureException',
    'SignatureDoesNotMatch',
    'RequestExpired',
    'RequestTimeTooSkewed',
    'RequestInTheFuture',
  ]),
  $metadata: z.object({ clockSkewCorrected: z.literal(true) }),
});

/**
 * Runs calls of the SDK and turns what they throw into data.
 *
 * When the service refuses a signature and its `Date` shows that our clock is more than four minutes off, the SDK
 * remembers the difference, and the call is made once more. The same client must do it, so `run` does not make one. This holds for writes too: a request whose signature was
 * refused was not looked at any further, so nothing was done.
 */
export async function answered<Value>(
  run: () => Promise<Value>,
  kind: 'read' | 'write' = 'read',
): Promise<Result<Value, ProviderError>> {
  try {
    return ok(await run());
  } catch (thrown) {
    if (!corrected.safeParse(thrown).success) return fail(problemOf(thrown, kind));
  }
  try {
    return ok(await run());
  } catch (thrown) {
    return fail(problemOf(thrown, kind));
  }
}
