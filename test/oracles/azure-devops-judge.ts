import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';

/** Complaints about one answer; none if Microsoft's description accepts it. Undefined when it does not know the call. */
export type AzureDevOpsJudge = (method: string, path: string, body: unknown) => string[] | undefined;

type Operation = { responses: Record<string, { schema?: object }> };
type Description = { paths: Record<string, Record<string, Operation>>; definitions: object };

/** `path` is what follows the organization or collection. Slices that describe a project's path serve those without one too. */
const patternOf = (template: string): RegExp =>
  new RegExp(
    `^${template
      .replace(/^\/\{(organization|collection)\}/, '')
      .replace('/{project}', '(?:/[^/]+)?')
      .replace(/\{[^}]+\}/g, '[^/]+')}$`,
    'i',
  );

/** Judges answers by `test/oracles/azure-devops/<file>`. */
export function azureDevOpsJudge(file: string): AzureDevOpsJudge {
  const text = readFileSync(join(process.cwd(), 'test/oracles/azure-devops', file), 'utf8');
  const { paths, definitions } = JSON.parse(text) as Description;
  const ajv = addFormats(new Ajv({ strict: false, allErrors: true, logger: false }));
  const operations = Object.entries(paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, { responses }]) => ({
      method,
      pattern: patternOf(template),
      validate: ajv.compile({ definitions, ...responses['200']?.schema }),
    })),
  );
  return (method, path, body) => {
    const operation = operations.find((one) => one.method === method.toLowerCase() && one.pattern.test(path));
    if (operation === undefined) return undefined;
    const isList = typeof body === 'object' && body !== null && 'value' in body;
    operation.validate(isList ? body.value : body);
    return (operation.validate.errors ?? []).map(
      ({ instancePath, message }) => `${instancePath} ${message ?? 'is wrong'}`,
    );
  };
}
