import Resolver from '@forge/resolver';
import type { CallOf, CheckedPayloadOf, Surface, Answers } from '../contract/answers';
import type { PageError } from '../contract/errors';
import { isAccountId } from '../domain/account-id';
import type { Result } from '../domain/result';
import type { Person } from '../use-cases/open';
import { refuse } from '../use-cases/page-error';
import { unexpected } from '../use-cases/unexpected';
import type { z } from 'zod';

type Handler<S extends Surface, C extends CallOf<S>> = (
  person: Person,
  payload: CheckedPayloadOf<S, C>,
) => Promise<Result<Answers[C], PageError>>;

/** A call loads its own use case: a process that has just started evaluates no other. */
type Handlers<S extends Surface> = { [C in CallOf<S>]: () => Promise<Handler<S, C>> };

/**
 * The doors of one surface: every call has a schema and a handler, an unknown one does not exist. A call comes in with the
 * account of the platform's principal; its payload is checked before any request is made; nothing is thrown across the bridge.
 */
export function surface<S extends Surface>(schemas: { [C in CallOf<S>]: z.ZodType }, handlers: Handlers<S>) {
  const resolver = new Resolver();
  for (const call of Object.keys(handlers) as CallOf<S>[]) {
    resolver.define(call, async ({ payload, context }): Promise<Result<unknown, PageError>> => {
      const { accountId, installContext, siteUrl, extension }: Partial<Record<string, unknown>> = context;
      if (typeof accountId !== 'string' || !isAccountId(accountId)) return refuse('NOT_LOGGED_IN');
      const checked = schemas[call].safeParse(payload ?? {});
      if (!checked.success) return refuse('INVALID_INPUT', { field: checked.error.issues[0]?.path.join('.') ?? '' });
      const owed: Promise<unknown>[] = [];
      try {
        const handle = await handlers[call]();
        return await handle(
          {
            accountId,
            owed,
            // The platform overwrites what a page says of it, as with the account.
            site: String(installContext),
            ticket: (checked.data as { ticket?: string }).ticket,
            siteOrigin: originOf(siteUrl),
            issueId: issueIdOf(extension),
          },
          checked.data as CheckedPayloadOf<S, typeof call>,
        );
      } catch (thrown) {
        return unexpected(call, thrown);
      } finally {
        await Promise.all(owed);
      }
    });
  }
  const definitions = resolver.getDefinitions();
  return async (...invocation: Parameters<typeof definitions>): Promise<unknown> => {
    const [{ call }] = invocation;
    // The resolver looks calls up in a plain object, which answers to the names every object has: `constructor`, `toString`.
    if (!Object.hasOwn(handlers, call.functionKey)) throw new Error('There is no such call');
    return definitions(...invocation);
  };
}

/** Origins are for links: scheme, host and port, nothing that could be read as Markdown or HTML. */
function originOf(siteUrl: unknown): string | undefined {
  if (typeof siteUrl !== 'string' || !URL.canParse(siteUrl)) return undefined;
  const { protocol, origin } = new URL(siteUrl);
  return protocol === 'https:' || protocol === 'http:' ? origin : undefined;
}

function issueIdOf(extension: unknown): string | undefined {
  const id = (extension as { issue?: { id?: unknown } } | undefined)?.issue?.id;
  return typeof id === 'string' && /^\d{1,20}$/.test(id) ? id : undefined;
}
