import { parseAddress } from '../mail/index.ts';

/** An address as it is written to, and as it is compared. */
export function addressOf(text: string): { email: string; address: string } {
  const parsed = parseAddress(text);
  return parsed.ok
    ? { email: parsed.address, address: parsed.normalised }
    : { email: text, address: text.toLowerCase() };
}
