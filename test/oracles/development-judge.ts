import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';

type Schema = {
  type?: string;
  description?: string;
  maxLength?: number;
  maxItems?: number;
  pattern?: string;
  format?: string;
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  additionalProperties?: boolean;
};

/**
 * What Atlassian's page "Development Information" says since: `associations` replace `issueKeys` except in a last commit, `hash`
 * is deprecated, a branch's name may have 512 characters and an address 2,000.
 */
const newer = { urlLength: 2000, branchNameLength: 512 };

const associations: Schema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['associationType', 'values'],
    properties: {
      associationType: { type: 'string' },
      values: { type: 'array', items: { type: 'string' }, maxItems: 500 },
    },
    additionalProperties: false,
  },
};

/** The description's own words about lengths and characters, as rules. */
function ruled(name: string, schema: Schema): Schema {
  const { description = '' } = schema;
  const [, length] = /Max length is (\d+) characters/.exec(description) ?? [];
  const isUrl = /url$/i.test(name);
  return {
    ...schema,
    ...(schema.type === 'string' && length && { maxLength: isUrl ? newer.urlLength : Number(length) }),
    ...(description.includes("Only alphanumeric characters, and '~.-_'") && { pattern: '^[A-Za-z0-9~._-]+$' }),
    ...(description.includes('ISO 8601') && { format: 'date-time' }),
    ...(schema.type === 'array' && /Maximum number of commits is 400/.test(description) && { maxItems: 400 }),
    ...(schema.properties && {
      properties: Object.fromEntries(Object.entries(schema.properties).map(([key, one]) => [key, ruled(key, one)])),
    }),
    ...(schema.allOf && { allOf: schema.allOf.map((one) => ruled(name, one)) }),
  };
}

/** Complaints about the body of "Store development information"; none means Atlassian's description accepts it. */
export function developmentJudge(): (body: unknown) => string[] {
  const text = readFileSync(join(process.cwd(), 'test/oracles/jira/devinfo-0.10.json'), 'utf8');
  const { definitions: described } = JSON.parse(text) as { definitions: Record<string, Schema> };
  const definitions = Object.fromEntries(Object.entries(described).map(([name, one]) => [name, ruled(name, one)]));
  const without = (schema: Schema | undefined, name: string) => {
    if (schema?.required) schema.required = schema.required.filter((one) => one !== name);
  };
  const { Branch: branch, Commit: commit, PullRequest: pull, DevInfoEntity: entity } = definitions;
  without(branch, 'issueKeys');
  without(entity, 'issueKeys');
  for (const part of commit?.allOf ?? []) without(part, 'hash');
  commit?.allOf?.push({ type: 'object', required: ['issueKeys'] });
  for (const one of [branch, pull?.allOf?.[1]]) {
    if (one === undefined) throw new Error('The description has no branches');
    one.properties = { ...one.properties, associations };
    one.required = [...(one.required ?? []), 'associations'];
  }
  if (branch?.properties?.['name']) branch.properties['name'].maxLength = newer.branchNameLength;
  const ajv = addFormats(new Ajv({ strict: false, allErrors: true, logger: false }));
  ajv.addFormat('int32', true).addFormat('int64', true);
  const validate = ajv.compile({ definitions, $ref: '#/definitions/DevInformation' });
  return (body) => {
    validate(body);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? 'is wrong'}`);
  };
}
