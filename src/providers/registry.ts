import type { ProviderKind } from '../domain/editions';
import type { Provider } from './provider';

/**
 * The adapter of a service, `adapter` of its folder. Loaded when it is first needed: an invocation evaluates one SDK at most.
 */
export async function loadProvider(kind: ProviderKind): Promise<Provider> {
  const { adapter } = (await import(`./${kind}/index`)) as { adapter: Provider };
  return adapter;
}
