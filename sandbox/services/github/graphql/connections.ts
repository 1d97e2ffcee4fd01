import { GraphQLError } from 'graphql';

/** An error as GitHub's GraphQL words it: its kind is beside the message, not under `extensions`. */
export const graphqlError = (type: string, message: string, extensions?: Record<string, unknown>): GraphQLError =>
  new GraphQLError(message, { extensions: { ...extensions, type } });

export type PageArguments = { first?: number | null; after?: string | null };

const cursorAt = (at: number): string => Buffer.from(`cursor:${at}`).toString('base64');

function offsetOf(cursor: string, connection: string): number {
  const at = /^cursor:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1];
  if (at === undefined) {
    throw graphqlError(
      'INVALID_CURSOR_ARGUMENTS',
      `\`${cursor}\` does not appear to be a valid cursor for \`${connection}\`.`,
    );
  }
  return Number(at);
}

/**
 * One page of a list, as a connection. Source: docs "Rate limits and node limits for the GraphQL API": `first` must be
 * given and be 1 to 100; the two messages are GitHub's.
 */
export function connection<T>(name: string, list: readonly T[], { first, after }: PageArguments) {
  if (first === undefined || first === null) {
    const said = `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`;
    throw graphqlError('MISSING_PAGINATION_BOUNDARIES', said);
  }
  if (first < 0)
    throw graphqlError('INVALID_PAGINATION', `\`first\` on the \`${name}\` connection cannot be less than zero.`);
  if (first > 100) {
    const said = `Requesting ${first} records on the \`${name}\` connection exceeds the \`first\` limit of 100 records.`;
    throw graphqlError('EXCESSIVE_PAGINATION', said);
  }
  const start = after === undefined || after === null ? 0 : offsetOf(after, name);
  const nodes = list.slice(start, start + first);
  const end = start + nodes.length;
  return {
    nodes,
    totalCount: list.length,
    pageInfo: {
      hasNextPage: end < list.length,
      hasPreviousPage: start > 0,
      startCursor: nodes.length === 0 ? null : cursorAt(start + 1),
      endCursor: nodes.length === 0 ? null : cursorAt(end),
    },
  };
}
