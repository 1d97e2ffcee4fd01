import type { ConnectionView, ManagedSiteView } from '../../src/contract/views';
import { editions } from '../../src/domain/editions';
import type { Offering } from '../../src/domain/offerings';
import type { NamedService } from './services';

/** A name to start from that no integration has: its difference from others of its kind, with a number when it is taken. */
export function freeName(
  { integrations }: Pick<ManagedSiteView, 'integrations'>,
  found: Pick<ConnectionView, 'owners' | 'edition'>,
  service: Pick<NamedService, 'host'>,
  offering: Pick<Offering, 'name' | 'provider'>,
): string {
  const base = baseName(found, service, offering).slice(0, 70);
  const isTaken = (name: string) => integrations.some((one) => one.name.toLowerCase() === name.toLowerCase());
  const numbers = Array.from({ length: integrations.length + 1 }, (_, index) =>
    index === 0 ? base : `${base} ${index + 1}`,
  );
  return numbers.find((name) => !isTaken(name)) ?? base;
}

/** `acme-azure-devops`, `eu-central-1-codecommit`, `git.acme.example`; of a service with one address, its only organization. */
function baseName(
  { owners, edition }: Pick<ConnectionView, 'owners' | 'edition'>,
  { host }: Pick<NamedService, 'host'>,
  { name, provider }: Pick<Offering, 'name' | 'provider'>,
): string {
  switch (editions[edition].address.kind) {
    case 'subdomain':
      return `${host.split('.')[0] ?? ''}-${provider}`;
    case 'own':
      return `${host.split(/[/ ]/).at(-1) ?? ''}-${provider}`;
    case 'url':
      return host;
    case 'fixed':
      return owners !== 'all' && owners.length === 1 ? `${(owners[0] ?? '').replaceAll('/', '-')}-${provider}` : name;
  }
}
