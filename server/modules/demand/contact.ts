import { now } from '../../platform/clock.ts';
import { parseAddress } from '../mail/index.ts';

const dayInMs = 86_400_000;

/** Who asks, as it is kept. */
export function contactOf({
  name,
  email,
  language = 'de',
}: {
  name: string;
  email: string;
  language?: 'de' | 'en' | undefined;
}) {
  const parsed = parseAddress(email);
  return {
    name,
    email: parsed.ok ? parsed.address : email,
    address: parsed.ok ? parsed.normalised : email.toLowerCase(),
    language,
  };
}

export function inDays(days: number): Date {
  return new Date(now().getTime() + days * dayInMs);
}
