import { GraphQLError, buildSchema, execute, parse, validate } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { partialResults } from '../access.ts';
import { apiHeaders } from '../api-headers.ts';
import type { GitHub } from '../context.ts';
import { authenticate } from '../credentials.ts';
import type { FaultOutcome } from '../../faults.ts';
import { objectIn, send } from '../../git-host/api.ts';
import {
  SECONDARY_DOCS,
  SECONDARY_MESSAGE,
  exhaustRate,
  rateExceededMessage,
  rateHeaders,
  rateStatus,
  takeRate,
} from '../rate-limits.ts';
import { rootValue } from './resolvers.ts';
import type { GraphqlRun } from './resolvers.ts';
import { SCHEMA_SDL } from './schema-sdl.ts';

const DOCS = 'https://docs.github.com/graphql';

/** The modelled schema. The `__typename` of an object names its type. */
const SCHEMA: GraphQLSchema = buildSchema(SCHEMA_SDL);

type GraphqlRequest = { query: string; variables: Record<string, unknown>; operationName: string | undefined };

function readRequest(text: string): GraphqlRequest | undefined {
  const body = objectIn(text);
  if (typeof body?.['query'] !== 'string') return undefined;
  const { query, operationName, variables } = body;
  return {
    query,
    variables: typeof variables === 'object' && variables !== null ? { ...variables } : {},
    operationName: typeof operationName === 'string' ? operationName : undefined,
  };
}

/** GitHub puts an error's kind beside its message: `{type, path, extensions?, locations, message}`. */
function errorShape(error: GraphQLError) {
  const { type, ...extensions } = error.extensions;
  return {
    ...(type === undefined ? {} : { type }),
    ...(error.path ? { path: error.path } : {}),
    ...(Object.keys(extensions).length === 0 ? {} : { extensions }),
    ...(error.locations ? { locations: error.locations } : {}),
    message: error.message,
  };
}

/** Parses a query, checks it against the modelled schema, and runs it. A field that is not modelled is an error of the whole query. */
async function answer(run: GraphqlRun, { query, variables, operationName }: GraphqlRequest) {
  try {
    const document = parse(query);
    const problems = validate(SCHEMA, document);
    if (problems.length > 0) return { errors: problems.map(errorShape) };
    const result = await execute({
      schema: SCHEMA,
      document,
      rootValue: rootValue(run),
      variableValues: variables,
      ...(operationName === undefined ? {} : { operationName }),
    });
    // A fault of this simulation must not look like an answer of GitHub.
    for (const { originalError } of result.errors ?? []) {
      if (originalError && !(originalError instanceof GraphQLError)) throw originalError;
    }
    return {
      ...(result.data ? { data: result.data } : {}),
      ...(result.errors ? { errors: result.errors.map(errorShape) } : {}),
    };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [errorShape(error)] };
    throw error;
  }
}

/** Answers `POST /graphql`. Refusals inside a query come with status 200 and `errors`, as from GitHub. */
export async function handleGraphql(github: GitHub, request: Request, fault: FaultOutcome): Promise<Response> {
  const authentication = authenticate(github, request.headers.get('authorization'));
  const caller = authentication.kind === 'known' ? authentication.caller : undefined;
  const reply = (status: number, body: object, headers: Record<string, string> = {}): Response =>
    send({ status, body, headers }, 'application/json; charset=utf-8', apiHeaders(caller, 'v4'));
  const refuse = (status: number, message: string, docs = DOCS, headers: Record<string, string> = {}): Response =>
    reply(status, { message, documentation_url: docs, status: String(status) }, headers);

  if (request.method !== 'POST') return refuse(404, 'Not Found');
  if (authentication.kind === 'bad') return refuse(401, 'Bad credentials');
  if (caller === undefined) return refuse(401, 'This endpoint requires you to be authenticated.');
  if (fault.kind === 'rate-limit' && fault.limit === 'secondary') {
    return refuse(429, SECONDARY_MESSAGE, SECONDARY_DOCS, { 'retry-after': String(fault.retryAfter) });
  }
  if (fault.kind === 'rate-limit') exhaustRate(github, caller, 'graphql');
  const limited = github.hasRateLimits || fault.kind === 'rate-limit';
  const { rate, exceeded } = limited
    ? takeRate(github, caller, 'graphql')
    : { rate: rateStatus(github, caller, 'graphql'), exceeded: false };
  const limits = limited ? rateHeaders(rate) : {};
  if (exceeded) {
    const errors = [{ type: 'RATE_LIMITED', message: rateExceededMessage(caller) }];
    return reply(200, { errors }, limits);
  }
  const asked = readRequest(await request.text());
  if (asked === undefined) return refuse(400, 'Problems parsing JSON', DOCS, limits);
  const run: GraphqlRun = { github, caller, headers: {}, withheld: new Set() };
  const body = await answer(run, asked);
  return reply(200, body, { ...limits, ...partialResults([...run.withheld]), ...run.headers });
}
