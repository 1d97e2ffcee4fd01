import { fail, ok } from '../../domain/result';
import type { Service } from '../../domain/service';
import type { Checked } from '../../domain/address';

/** One of AWS's separate worlds: accounts, keys and names of one mean nothing in another. */
export type Partition = {
  id: 'aws' | 'aws-cn' | 'aws-us-gov';
  /** What the host names of its services end in. */
  suffix: string;
  /** Host of the console; a region's own pages are at `<region>.<console>`. */
  console: string;
};

/** Hosts of the consoles of the China and GovCloud partitions: assumption. */
const partitions: readonly Partition[] = [
  { id: 'aws', suffix: 'amazonaws.com', console: 'console.aws.amazon.com' },
  { id: 'aws-cn', suffix: 'amazonaws.com.cn', console: 'console.amazonaws.cn' },
  { id: 'aws-us-gov', suffix: 'amazonaws.com', console: 'console.amazonaws-us-gov.com' },
];

/** Regions that have CodeCommit: those the manifest names. Source: AWS CodeCommit user guide, "Regions and Git connection endpoints". */
export const regions: readonly string[] = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'af-south-1',
  'ap-east-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-south-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'sa-east-1',
  'cn-north-1',
  'cn-northwest-1',
  'us-gov-east-1',
  'us-gov-west-1',
];

/** Whether a text has the shape of a region's name: regions that came after this list was made have it too. */
export function isRegion(text: string): boolean {
  return /^[a-z]{2}(-[a-z]{2,12}){1,2}-\d{1,2}$/.test(text);
}

/** The partition a region belongs to, known or not: AWS names regions so that the beginning tells. */
export function partitionOf(region: string): Partition {
  const id = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  const found = partitions.find((partition) => partition.id === id);
  if (found === undefined) throw new Error(`No partition ${id}`);
  return found;
}

/** Pages of the console and addresses to clone from, with the region in their host. */
const REGION_HOSTS: readonly RegExp[] = [
  /^https:\/\/([a-z0-9-]+)\.console\.(?:aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com)(?:[/?#]|$)/i,
  /^https:\/\/(?:git-)?codecommit(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?(?:[/?#]|$)/i,
];

/** `us-gov-west-1`, or an address that names it; which regions there are changes, so any of that form is taken. */
export function checkRegion(text: string): Checked<string> {
  const named = REGION_HOSTS.flatMap((host) => host.exec(text)?.[1] ?? [])[0];
  const region = (named ?? text).toLowerCase();
  return isRegion(region) ? ok(region) : fail('region');
}

/** `address` is the region, or the address of its console, which begins with it. */
export function inRegion(address: string): Pick<Service, 'webUrl' | 'apiUrl' | 'place'> {
  const region = address.replace(/^https:\/\//, '').split('.')[0] ?? '';
  if (!isRegion(region)) throw new Error('An address that is no region was never accepted');
  const partition = partitionOf(region);
  return {
    webUrl: `https://${region}.${partition.console}`,
    apiUrl: `https://codecommit.${region}.${partition.suffix}`,
    place: `AWS ${region}`,
  };
}
