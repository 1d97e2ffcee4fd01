import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Encrypts secrets at rest. `about` names the secret; a sealed text does not open in another place. */
export type Seal = {
  close(text: string, about: string): Uint8Array;
  open(sealed: Uint8Array, about: string): string;
};

const nonceBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM with the key in `directory/secrets.key`, readable by its owner only, made when there is none. Throws when
 * the key is gone but `mayCreate` says that something was sealed with it.
 */
export function openSeal(directory: string, mayCreate: boolean): Seal {
  const file = join(directory, 'secrets.key');
  if (!existsSync(file)) {
    if (!mayCreate)
      throw new Error(
        `${file} is missing, so the secrets in this folder cannot be read. Put it back, or remove the folder.`,
      );
    writeFileSync(file, randomBytes(32), { mode: 0o600, flag: 'wx' });
  }
  const key = readFileSync(file);
  if (key.byteLength !== 32) throw new Error(`${file} is not a key of the sandbox.`);
  return {
    close: (text, about) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open: (sealed, about) => {
      const bytes = Buffer.from(sealed);
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes)).setAAD(Buffer.from(about));
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
    },
  };
}
