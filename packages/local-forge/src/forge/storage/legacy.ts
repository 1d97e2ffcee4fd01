import { DoorError } from '../live-invocation.ts';
import type { Kvs } from './kvs.ts';

type Dict = Record<string, unknown>;
type Asked = { query?: unknown; variables?: Dict & { input?: Dict } };

const json = (body: unknown): Response => Response.json(body);

/**
 * `storage` of older versions of `@forge/api`: GraphQL over the same store as `@forge/kvs` (docs page "Migrating from legacy KVS
 * module"; the queries are those of `@forge/storage` 2.0.3). Its queries of custom entities are not modelled.
 */
export async function legacyStorage(kvs: Kvs, site: string, body: unknown): Promise<Response> {
  const { query, variables = {} } = (body ?? {}) as Asked;
  const [, operation = ''] = /(?:query|mutation)\s+(\w+)/.exec(typeof query === 'string' ? query : '') ?? [];
  const { input = {} } = variables;
  const ask = async (path: string, item: Dict): Promise<{ status: number; body: Dict }> => {
    const response = kvs.handle(site, `/api/v1/${path}`, item);
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Dict) };
  };
  const errorsOf = ({ status, body: { code, message } }: { status: number; body: Dict }) => [
    { message, extensions: { errorType: code, statusCode: status } },
  ];
  const read = async (path: string, item: Dict, name: string): Promise<Response> => {
    const found = await ask(path, item);
    if (found.status === 404) return json({ data: { [name]: { ...item, value: null } } });
    return json(found.status === 200 ? { data: { [name]: found.body } } : { errors: errorsOf(found) });
  };
  const write = async (path: string, item: Dict, space: string, name: string): Promise<Response> => {
    const done = await ask(path, item);
    // To delete a missing entry is no error here.
    const success = done.status < 300 || done.status === 404;
    return json({ data: { [space]: { [name]: success ? { success } : { success, errors: errorsOf(done) } } } });
  };
  const { encrypted, ...item } = input;
  const secret = encrypted === true || variables['encrypted'] === true ? 'secret/' : '';

  switch (operation) {
    case 'forge_app_getApplicationStorageEntity':
      return read(`${secret}get`, { key: variables['key'] }, 'appStoredEntity');
    case 'forge_app_setApplicationStorageEntity':
      return write(`${secret}set`, item, 'appStorage', 'setAppStoredEntity');
    case 'forge_app_deleteApplicationStorageEntity':
      return write(`${secret}delete`, item, 'appStorage', 'deleteAppStoredEntity');
    case 'forge_app_getApplicationStorageEntities': {
      const [condition] = (variables['where'] ?? []) as { field: string; condition: string; value: string }[];
      const where = condition && [{ property: condition.field, condition: 'BEGINS_WITH', values: [condition.value] }];
      const found = await ask('query', {
        ...(where ? { where } : {}),
        ...(variables['cursor'] == null ? {} : { after: variables['cursor'] }),
        // Docs page "Storage API": 10 by default, at most 20.
        limit: variables['limit'] ?? 10,
      });
      if (found.status !== 200) return json({ errors: errorsOf(found) });
      const { data, cursor } = found.body as { data: { key: string; value: unknown }[]; cursor?: string };
      return json({ data: { appStoredEntities: { edges: data.map((node) => ({ node, cursor })) } } });
    }
    case 'forge_app_getApplicationStorageCustomEntity':
      return read(
        'entity/get',
        { key: variables['key'], entityName: variables['entityName'] },
        'appStoredCustomEntity',
      );
    case 'forge_app_setApplicationStorageCustomEntity':
      return write('entity/set', item, 'appStorageCustomEntity', 'setAppStoredCustomEntity');
    case 'forge_app_deleteApplicationStorageCustomEntity':
      return write('entity/delete', item, 'appStorageCustomEntity', 'deleteAppStoredCustomEntity');
    default:
      throw new DoorError(
        'SANDBOX_NOT_MODELLED',
        `The older storage API is not modelled for ${operation || 'this'}: use @forge/kvs.`,
      );
  }
}
