/**
 * The points of Jira's hour that a request costs. A read is one point and one more for each object in its answer, two for each user or
 * permission; a write is one. Source: "Rate limiting", Jira Cloud platform. Assumption: each named permission is an
 * object, and an answer that refuses has none.
 */
export function pointsOf(method: string, path: string, body: unknown): number {
  if (method !== 'GET') return 1;
  const { permissions, values, id, accountId } = (body ?? {}) as {
    permissions?: object;
    values?: unknown[];
    id?: string;
    accountId?: string;
  };
  if (/\/issue\/[^/]+$/.test(path)) return id === undefined ? 1 : 2;
  if (path.endsWith('/project/search')) return 1 + (values?.length ?? 0);
  if (path.endsWith('/mypermissions')) return 1 + 2 * Object.keys(permissions ?? {}).length;
  const people = Array.isArray(body) ? body.length : (values?.length ?? (accountId === undefined ? 0 : 1));
  return 1 + 2 * people;
}
