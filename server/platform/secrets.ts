import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

let secret: string | undefined;

/** Sets the secret that signs links and codes. Called once at start, with `SECRET` or the one kept in the data directory. */
export function useSecret(value: string): void {
  secret = value;
}

/** HMAC-SHA-256 of `parts` under the secret, for one `purpose` only: a signature for one never serves another. */
export function signatureOf(purpose: string, ...parts: (string | number)[]): Buffer {
  if (!secret) throw new Error('The secret was not set before something was signed.');
  return createHmac('sha256', secret)
    .update(JSON.stringify([purpose, ...parts]))
    .digest();
}

export function isSameSecret(given: Uint8Array, expected: Uint8Array): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** 32 random bytes in base64url: 256 bits nobody can guess. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 in hex: for secrets that are looked up but must not be readable in the database. */
export function fingerprintOf(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}
