import { kvs, type SetOptions } from '@forge/kvs';

/** Sets a value where there is none; false where there is one. Of several that try at once one succeeds. */
export async function setOnce(key: string, value: unknown, ttl?: SetOptions['ttl']): Promise<boolean> {
  try {
    await kvs.set(key, value, { keyPolicy: 'FAIL_IF_EXISTS', ...(ttl && { ttl }) });
    return true;
  } catch (thrown) {
    // `KEY_CONFLICT`: it is there (docs page "Key-Value Store").
    if ((thrown as { code?: unknown }).code !== 'KEY_CONFLICT') throw thrown;
    return false;
  }
}
