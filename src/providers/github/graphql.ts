// cspell:ignore jasperapp dlvhdr
import { z } from 'zod';
import type { Connection } from '../provider';
import { client, isPartial } from './client';

/** What Octokit throws for an answer with errors. `data` is what GitHub gives all the same. */
const graphqlAnswer = z.object({
  data: z.unknown(),
  errors: z.array(
    z.object({
      type: z.string().optional().catch(undefined),
      path: z.array(z.union([z.string(), z.number()])).catch([]),
      message: z.string().catch(''),
      extensions: z
        .object({ saml_failure: z.boolean().catch(false) })
        .optional()
        .catch(undefined),
    }),
  ),
});

/**
 * What was given; `sso`: some of it is withheld until the token is approved for single sign-on; `refused`: the errors beside it;
 * `withheld`: those of what would have been in a list, but for single sign-on.
 */
export type Given<Value> = { value: Value; sso: boolean; refused?: Error; withheld?: object };

/**
 * A question in GraphQL. GitHub gives what it has beside the errors of what it withholds: null among the nodes, and an error with the path
 * (jasperapp/jasper#187, dlvhdr/gh-dash#140). An answer is used when it has the shape; else the errors are thrown. An error
 * without a type is GitHub's own trouble, after which it is asked once more (googleapis/release-please#2905).
 */
export async function ask<Value>(
  connection: Connection,
  shape: z.ZodType<Value>,
  query: string,
  variables: Record<string, unknown>,
  again = true,
): Promise<Given<Value>> {
  const octokit = client(connection, 'read');
  let partial = false;
  octokit.hook.after('request', ({ headers }) => {
    partial = isPartial(headers);
  });
  try {
    return { value: shape.parse(await octokit.graphql(query, variables)), sso: partial };
  } catch (thrown) {
    const answer = graphqlAnswer.safeParse(thrown);
    if (!answer.success) throw thrown;
    const { data, errors } = answer.data;
    const given = shape.safeParse(data);
    if (given.success) {
      const isSso = ({ message, extensions }: (typeof errors)[number]) =>
        extensions?.saml_failure === true || /SAML/.test(message);
      const others = errors.filter((error) => typeof error.path.at(-1) === 'number' && !isSso(error));
      return {
        value: given.data,
        sso: partial || errors.some(isSso),
        refused: thrown as Error,
        ...(others.length > 0 && { withheld: { headers: {}, errors: others } }),
      };
    }
    if (again && errors.every(({ type }) => type === undefined)) return ask(connection, shape, query, variables, false);
    throw thrown;
  }
}

/** A list of GraphQL's, which holds null for what is withheld. */
export function present<Item>(item: z.ZodType<Item>) {
  return z
    .array(item.nullable())
    .transform((items) => items.filter((one): one is NonNullable<typeof one> => one !== null));
}
