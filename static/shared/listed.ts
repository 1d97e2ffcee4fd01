import type { IntegrationView } from '../../src/contract/views';
import { factsOf } from '../../src/domain/editions';
import type { Text } from './text';

type Props = {
  integrations: readonly Pick<IntegrationView, 'id' | 'name' | 'provider' | 'host' | 'attribution'>[];
  sources: Readonly<Record<string, { loading: boolean; error?: unknown }>>;
};

/** Which repositories the integrations that have answered list, so that nobody misses others in vain. One sentence for all that list alike. */
export function listedOf({ integrations, sources }: Props, { t }: Text): string[] {
  const answered = integrations.filter(({ id }) => sources[id] && !sources[id].error && !sources[id].loading);
  const sentence = ({ provider, host, attribution }: Props['integrations'][number], names: string) =>
    t(factsOf(provider).listed ?? 'listed', {
      integrations: names,
      host,
      // Without a token of the person's, they see what the integration account sees.
      as: attribution.state === 'person' ? 'person' : 'account',
    });
  const alike = Map.groupBy(answered, (integration) => sentence(integration, ''));
  return [...alike.values()].flatMap(([first, ...others]) =>
    first ? [sentence(first, [first, ...others].map(({ name }) => name).join(', '))] : [],
  );
}
