import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';

type Traits = Record<string, unknown>;
type Member = { target: string; traits?: Traits };
type Shape = {
  type: string;
  traits?: Traits;
  members?: Record<string, Member>;
  member?: Member;
  input?: Member;
  output?: Member;
  errors?: Member[];
};
type Model = { shapes: Record<string, Shape> };

/** Complaints about one message; none means the model accepts it. */
export type SmithyJudge = {
  request(operation: string, body: unknown): string[];
  answer(operation: string, body: unknown): string[];
  /** Whether the model lets the operation refuse like this. */
  mayRefuse(operation: string, type: string): boolean;
};

const nameOf = (id: string): string => id.split('#')[1] ?? id;

/** A Smithy shape as JSON Schema: structures are closed, a timestamp is a number of seconds as in AWS JSON 1.1. */
function schemaOf({ type, traits = {}, members = {}, member }: Shape): object {
  const { min, max } = (traits['smithy.api#length'] ?? {}) as { min?: number; max?: number };
  const pattern = traits['smithy.api#pattern'];
  const target = (one: Member): object =>
    one.target.startsWith('smithy.api#') ? primitive(nameOf(one.target)) : { $ref: `#/$defs/${nameOf(one.target)}` };
  switch (type) {
    case 'structure':
      return {
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(Object.entries(members).map(([name, one]) => [name, target(one)])),
        required: Object.entries(members)
          .filter(([, one]) => one.traits?.['smithy.api#required'] !== undefined)
          .map(([name]) => name),
      };
    case 'list':
      return { type: 'array', items: member === undefined ? {} : target(member) };
    case 'map':
      return { type: 'object' };
    case 'enum':
      return { enum: Object.values(members).map((one) => one.traits?.['smithy.api#enumValue']) };
    case 'string':
      return {
        type: 'string',
        ...(min === undefined ? {} : { minLength: min }),
        ...(max === undefined ? {} : { maxLength: max }),
        // JavaScript reads the escapes of STS's pattern differently; see README.md.
        ...(typeof pattern === 'string' && !pattern.includes('\\u') ? { pattern } : {}),
      };
    default:
      return primitive(type);
  }
}

function primitive(type: string): object {
  const kind = type.toLowerCase().replace('primitive', '');
  if (kind === 'unit') return { type: 'object', maxProperties: 0 };
  if (kind === 'boolean') return { type: 'boolean' };
  if (kind === 'integer' || kind === 'long') return { type: 'integer' };
  if (kind === 'timestamp') return { type: 'number' };
  return { type: 'string' };
}

/** Reads a Smithy model under `test/oracles` and judges messages by it. */
export function smithyJudge(file: string): SmithyJudge {
  const model = JSON.parse(readFileSync(join(process.cwd(), 'test/oracles', file), 'utf8')) as Model;
  const shapes = new Map(Object.entries(model.shapes).map(([id, shape]) => [nameOf(id), shape]));
  const $defs = Object.fromEntries([...shapes].map(([name, shape]) => [name, schemaOf(shape)]));
  const ajv = new Ajv({ strict: false, allErrors: true });
  const compiled = new Map<string, ValidateFunction>();
  const operation = (name: string): Shape => {
    const shape = shapes.get(name);
    if (shape?.type !== 'operation') throw new Error(`The model has no operation ${name}`);
    return shape;
  };
  const judge = (member: Member | undefined, body: unknown): string[] => {
    if (member === undefined || member.target === 'smithy.api#Unit')
      return body === undefined ? [] : ['nothing was expected'];
    const name = nameOf(member.target);
    const validate = compiled.get(name) ?? ajv.compile({ $ref: `#/$defs/${name}`, $defs });
    compiled.set(name, validate);
    return validate(body) ? [] : (validate.errors ?? []).map((e) => `${name}${e.instancePath} ${e.message ?? ''}`);
  };
  return {
    request: (name, body) => judge(operation(name).input, body),
    answer: (name, body) => judge(operation(name).output, body),
    mayRefuse: (name, type) => (operation(name).errors ?? []).some(({ target }) => nameOf(target) === type),
  };
}
