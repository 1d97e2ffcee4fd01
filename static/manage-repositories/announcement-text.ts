import type { ManagedIntegrationView } from '../../src/contract/views';
import { guideUrl } from '../shared/guide-url';
import { guides, tokenGuide } from '../shared/guides';
import { onlyOne } from '../shared/only-one';
import type { Text } from '../shared/text';

/** Where tokens will be required. */
export type Announced = readonly Pick<ManagedIntegrationView, 'name' | 'provider'>[];

/** `day`: `2027-01-31`, or empty while it is open. Guides are named where pages know their address. */
export function announcement(
  integrations: Announced,
  day: string,
  { t, longDate, words }: Pick<Text, 't' | 'longDate' | 'words'>,
  addressOf: (guide: string) => string | undefined = guideUrl,
): string {
  const names = integrations.map(({ name }) => name).join(', ');
  const providers = [...new Set(integrations.map(({ provider }) => provider))];
  const named = { integrations: names, ...words(onlyOne(providers)) };
  const link = (sentence: string, guide: string) => {
    const url = addressOf(guide);
    return url === undefined ? [] : [`${sentence} ${url}`];
  };
  return [
    // A day is the same wherever it is read.
    day === '' ? t('announce.soon', named) : t('announce.from', { ...named, date: longDate(`${day}T23:59:59.000Z`) }),
    t('announce.where'),
    ...providers.flatMap((provider) => link(t('announce.how', words(provider)), tokenGuide(provider))),
    ...link(t('announce.trouble'), guides.errors),
    t('announce.late'),
  ].join('\n');
}
