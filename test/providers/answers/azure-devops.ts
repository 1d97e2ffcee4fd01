import { sealed, type PastedCredential } from '../../../src/domain/credential';
import type { EditionId } from '../../../src/domain/editions';
import { serviceAt } from '../../../src/domain/service';
import type { Connection } from '../../../src/providers/provider';
import { openScriptedService, type Asked, type Reply, type ScriptedService } from '../../support/scripted-service';

export const repository = 'Shop/web';

/** alice in an organization of the hosted service, or in a collection of a server. */
export function connection(
  edition: EditionId = 'azure-devops',
  credential: PastedCredential = { kind: 'token', token: 'pat-of-alice' },
): Connection {
  const address = edition === 'azure-devops' ? 'https://dev.azure.com/acme' : 'https://tfs.acme.example/tfs/Main';
  return { service: serviceAt(edition, address), credential: sealed(credential), deadline: Date.now() + 10_000 };
}

/** The name of a request is its path below the organization or collection, and the prefix of the refs that it filters. */
export const nameOf = ({ method, path, query }: Asked): string =>
  `${method} ${path.replace(/^\/(acme|tfs\/Main)(?=\/)/, '')}${query['filter'] === undefined ? '' : ` ${query['filter']}`}`;

export const openAzureDevOps = (): Promise<ScriptedService> =>
  openScriptedService(['dev.azure.com', 'tfs.acme.example'], nameOf);

const PATH = '/Shop/_apis/git/repositories/web';
/** Reading the branches whose names begin so. */
export const heads = (name = '') => `GET ${PATH}/refs heads/${name}`;
export const CHANGE = `POST ${PATH}/refs`;
export const OPEN = `POST ${PATH}/pullrequests`;
export const FIND = `GET ${PATH}/pullrequests`;
export const PUSHES = `GET ${PATH}/pushes`;

export const commit = 'a'.repeat(40);
export const elsewhere = 'b'.repeat(40);

/** A list as every answer wraps it. */
export const list = (...value: unknown[]): Reply => ({ body: { value, count: value.length } });
/** These branches, all at one commit. */
export const branches = (names: readonly string[], objectId = commit): Reply =>
  list(...names.map((name) => ({ name: `refs/heads/${name}`, objectId })));
/** The outcome of a change of one ref, always a 200. */
export const changed = (updateStatus?: string, success = false): Reply => list({ success, updateStatus });
/** A refusal as the service says it. */
export const says = (status: number, message: string, typeKey = '', headers: Record<string, string> = {}): Reply => ({
  status,
  headers,
  body: { message, typeKey },
});
export const pull = (more: object = {}) => ({
  pullRequestId: 7,
  title: 'DEMO-1',
  status: 'active',
  sourceRefName: 'refs/heads/fix',
  targetRefName: 'refs/heads/main',
  creationDate: '2026-11-20T12:00:00Z',
  createdBy: { id: 'alice', displayName: 'Alice Example' },
  repository: { name: 'web', project: { name: 'Shop' } },
  ...more,
});
export const failure = (code: string, more: object = {}) => ({ ok: false, error: { code, ...more } });
