import type { Invoke } from './protocol.ts';

const nothing = (): void => undefined;

/**
 * `__forge_runtime__` of one invocation, as `@forge/api` reads it (its type `ForgeRuntime`, api/out/api/runtime.d.ts).
 * `getRemainingTimeInMillis` is called unbound.
 */
export const forgeRuntime = (invoke: Invoke, bundle: string) => ({
  proxy: { token: 'sandbox', url: 'https://platform.invalid' },
  contextAri: invoke.contextAri,
  container: { appCodeDir: bundle, region: 'sandbox', runtime: 'nodejs24.x', handler: invoke.handler },
  appContext: invoke.appContext,
  ...(invoke.accountId === undefined ? {} : { aaid: invoke.accountId }),
  lambdaContext: { awsRequestId: invoke.id, getRemainingTimeInMillis: () => Math.max(0, invoke.deadline - Date.now()) },
  tracing: { traceId: invoke.id.replaceAll('-', ''), spanId: invoke.id.replaceAll('-', '').slice(0, 16) },
  realtime: {},
  metrics: {
    counter: () => ({ incr: nothing, incrBy: nothing, decr: nothing, decrBy: nothing }),
    timing: () => ({ measure: () => ({ stop: nothing }) }),
    gauge: () => ({ set: nothing }),
  },
  externalAuth: [],
  featureFlags: () => false,
});
