import { isSameSecret, signatureOf } from '../../platform/secrets.ts';

export type LinkPurpose = 'booking' | 'details' | 'teaching' | 'assignment' | 'feed' | 'approval';

/** Links of what people ask for: a closed run, an in-house seminar, a seminar without a date. */
export type DemandPurpose = 'closed-run' | 'in-house' | 'interest';

const idLength = 24;

/**
 * The token of a link: id + HMAC(SECRET, purpose, id, generation), 128 bits of it. Made anew at will, so that it can be
 * given again in every mail; raising the generation kept with the record revokes it.
 */
export function linkToken(purpose: LinkPurpose | DemandPurpose, id: string, generation: number): string {
  return id + sign(purpose, id, generation).toString('base64url');
}

/** The id a token speaks of, before its signature was checked; nothing when it has not the form of a token. */
export function idInToken(token: string): string | undefined {
  return /^[0-9a-f]{24}[\w-]{22}$/.test(token) ? token.slice(0, idLength) : undefined;
}

export function isTokenFor(purpose: LinkPurpose | DemandPurpose, token: string, generation: number): boolean {
  const id = idInToken(token);
  if (!id) return false;
  // Compared as text: decoded, the last character has bits that say nothing, and 16 tokens would open one door.
  return isSameSecret(Buffer.from(token), Buffer.from(linkToken(purpose, id, generation)));
}

function sign(purpose: LinkPurpose | DemandPurpose, id: string, generation: number): Buffer {
  return signatureOf(`link:${purpose}`, id, generation).subarray(0, 16);
}
