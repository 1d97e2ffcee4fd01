import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import addFormats from 'ajv-formats';
import { OpenAPIBackend } from 'openapi-backend';
import type { Document } from 'openapi-backend';

/** Complaints about one answer; none means the description accepts it. Undefined when it does not know the call. */
export type Judge = (method: string, path: string, status: number, body: unknown) => string[] | undefined;

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Description = {
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
};

/** ajv throws on `nullable` without `type`; the description has one. */
function withoutBareNullable(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutBareNullable);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, withoutBareNullable(inner)] as const);
  const { nullable, ...rest } = Object.fromEntries(entries) as Record<string, Json>;
  if (nullable === undefined) return rest;
  if (nullable !== true || rest['type'] !== undefined) return { ...rest, nullable };
  return { anyOf: [rest, { enum: [null] }] };
}

/** A path of the description as a pattern; `{ref}` may hold slashes, the others may not. */
const patternOf = (template: string): RegExp =>
  new RegExp(`^${template.replace(/\{ref\}$/, '(.+)').replace(/\{[^}]+\}/g, '([^/]+)')}$`);

/** Answers that any call can give, also if its own description does not list them. Source: docs "Troubleshooting the REST API". */
const ANYWHERE = [400, 401, 403, 404, 429];

/** Reads an OpenAPI 3.0 description under `test/oracles` and judges answers by it. A status not described is a complaint. */
export async function openApiJudge(file: string): Promise<Judge> {
  const text = readFileSync(join(process.cwd(), 'test/oracles', file), 'utf8');
  const description = withoutBareNullable(JSON.parse(text) as Json) as unknown as Description;
  const api = new OpenAPIBackend({
    definition: description as unknown as Document,
    quick: true,
    ajvOpts: { strict: false, allErrors: true, logger: false },
    customizeAjv: (ajv) => addFormats(ajv),
  });
  await api.init();
  const operations = Object.entries(description.paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, pattern: patternOf(template), ...operation })),
  );
  return (method, path, status, body) => {
    const operation = operations.find((one) => one.method === method.toLowerCase() && one.pattern.test(path));
    if (operation === undefined) return undefined;
    const { operationId, responses } = operation;
    if (responses[status] === undefined) {
      if (!ANYWHERE.includes(status)) return [`${operationId} does not describe status ${status}`];
      // git/get-ref describes 404 with basic-error.
      return complaints(api.validateResponse(body, 'git/get-ref', 404).errors);
    }
    if (body === undefined) return status === 204 ? [] : [`${operationId} ${status} has no body`];
    return complaints(api.validateResponse(body, operationId, status).errors);
  };
}

const complaints = (errors: readonly { instancePath: string; message?: string }[] | null | undefined): string[] =>
  (errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? 'is wrong'}`);
