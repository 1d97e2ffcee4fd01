import type { ProviderKind } from '../domain/editions';
import type { Provider } from './provider';

/** The adapter of a service, loaded when it is first needed: an invocation evaluates one SDK at most. */
export async function loadProvider(kind: ProviderKind): Promise<Provider> {
  switch (kind) {
    case 'github':
      return (await import('./github')).github;
    case 'gitlab':
      return (await import('./gitlab')).gitlab;
    case 'azure-devops':
      return (await import('./azure-devops')).azureDevOps;
    case 'codecommit':
      return (await import('./codecommit')).codecommit;
  }
}
