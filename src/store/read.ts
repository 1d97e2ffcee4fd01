import { kvs } from '@forge/kvs';
import { patiently } from './refusal';

/** A value; nothing when there is none under the key. */
export function readValue(key: string): Promise<unknown> {
  return patiently(() => kvs.get(key));
}

/** A secret; nothing when there is none under the key. */
export function readSecret(key: string): Promise<unknown> {
  return patiently(() => kvs.getSecret(key));
}
