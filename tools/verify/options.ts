import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { sealed, type Credential } from '../../src/domain/credential.ts';
import type { ProviderKind } from '../../src/domain/editions.ts';
import { offerings, placeIn } from '../../src/domain/offerings.ts';
import { serviceAt, type Service } from '../../src/domain/service.ts';

export const usage = `Usage: npm run verify -- --service SERVICE --token-file FILE --repository NAME [options]

  --service SERVICE   github, gitlab, azure-devops or codecommit
  --token-file FILE   a file with the token in one line; for codecommit the id of an access key in the first line and
                      its secret in the second, or the .csv file that AWS offers when the key is made
  --repository NAME   a scratch repository: acme/scratch; Project/scratch for azure-devops; scratch for codecommit
  --address ADDRESS   the address of the service: of a server of your own, an organization of Azure DevOps
                      (https://dev.azure.com/acme), or a region of AWS (eu-central-1); else github.com or gitlab.com
  --yes               asks nothing before it begins
  --refuse-used       ends before anything is made when the repository looks used; else it only says so
  --report FILE       writes the report into a file instead of printing it
  --sandbox URL       asks the simulated services of npm start, at the address that it prints for them
  --help              shows this

docs/verify.md says what is requested, what is made, and how it is removed.
`;

/** What the person gave cannot be used; the message says why. */
export class UsageError extends Error {}

export type Options = {
  provider: ProviderKind;
  /** The address as typed: the service itself says which edition it is. */
  service: Service;
  repository: string;
  tokenFile: string;
  yes: boolean;
  refuseUsed: boolean;
  report: string | undefined;
  /** `/<host>/<path>` below it means `https://<host>/<path>`. */
  sandbox: string | undefined;
};

const PARTS: Readonly<Record<ProviderKind, RegExp>> = {
  github: /^[\w.-]+\/[\w.-]+$/,
  gitlab: /^[\w.-]+(\/[\w.-]+)+$/,
  'azure-devops': /^[^/]+\/[^/]+$/,
  codecommit: /^[\w.-]+$/,
};

/** Reads the command line; `help` when it asks for the usage. Throws a `UsageError` for what it cannot mean. */
export function readOptions(args: readonly string[]): Options | 'help' {
  const values = parsed(args);
  if (values.help === true) return 'help';
  const { service: kind = '', 'token-file': tokenFile, repository, sandbox } = values;
  const provider = (Object.keys(PARTS) as ProviderKind[]).find((name) => name === kind);
  if (provider === undefined) throw new UsageError(`--service takes ${Object.keys(PARTS).join(', ')}.`);
  if (tokenFile === undefined) throw new UsageError('--token-file is missing.');
  if (repository === undefined || !PARTS[provider].test(repository) || /(^|\/)\.{1,2}(\/|$)/.test(repository))
    throw new UsageError('--repository takes the whole name of one repository.');
  return {
    provider,
    service: serviceOf(provider, values.address),
    repository,
    tokenFile,
    yes: values.yes === true,
    refuseUsed: values['refuse-used'] === true,
    report: values.report,
    sandbox: sandbox === undefined ? undefined : loopback(sandbox),
  };
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = {
    ...{ service: text, 'token-file': text, repository: text, address: text, report: text, sandbox: text },
    ...{ yes: flag, 'refuse-used': flag, help: flag },
  };
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch {
    // Its own message repeats the input, which could be a token.
    throw new UsageError('An option is unknown or lacks its value. The token is read from a file only.');
  }
}

function serviceOf(provider: ProviderKind, typed: string | undefined): Service {
  let why = 'this service needs --address.';
  for (const offering of offerings.filter((one) => one.provider === provider)) {
    // Without an address, a service with one fixed address is meant.
    const isFixed = offering.key === 'github' || offering.key === 'gitlab';
    if (isFixed !== (typed === undefined)) continue;
    const place = placeIn(offering, typed ?? '');
    if (place.ok) return serviceAt(place.value.edition, place.value.address);
    if (typed !== undefined) why = `--address is not one that this product can connect (${place.error}).`;
  }
  throw new UsageError(why);
}

function loopback(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname) || url.protocol !== 'http:')
    throw new UsageError('--sandbox leads to this machine only, as in http://127.0.0.1:4182.');
  return url.href.replace(/\/$/, '');
}

const LONGEST_FILE = 4096;

/** The credential in a file. It is hidden at once, and no message repeats the file's content. */
export function readCredential({ provider, tokenFile }: Options): { credential: Credential; open: boolean } {
  let text: string;
  let open: boolean;
  try {
    const { size, mode } = statSync(tokenFile);
    if (size > LONGEST_FILE) throw new Error('too long');
    open = process.platform !== 'win32' && (mode & 0o077) !== 0;
    text = readFileSync(tokenFile, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    throw new UsageError('--token-file cannot be read, or is too long for a token.');
  }
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (provider !== 'codecommit') {
    const [token, ...more] = lines;
    if (token === undefined || more.length > 0) throw new UsageError('--token-file takes one line: the token.');
    return { credential: sealed({ kind: 'token', token: token.trim() }), open };
  }
  const [id, secret] = lines[0]?.includes(',') === true ? (lines[1] ?? '').split(',') : lines;
  if (id === undefined || secret === undefined || lines.length !== 2)
    throw new UsageError('--token-file takes two lines: the id of the access key, and its secret.');
  return { credential: sealed({ kind: 'access-key', id: id.trim(), secret: secret.trim() }), open };
}
