import type { FreeCancellation, MailSession } from '../../facts.ts';
import { facts, list, type FactRow, type Frame, type LetterPart } from '../../letter.ts';
import { deadline, sessionDate, sessionTime } from '../../times.ts';

export const frame: Frame = {
  greeting: (name) => (name ? `Dear ${name},` : 'Hello,'),
  closing: 'Kind regards',
  network: 'Mosaik',
  questions: (providerName, email) => `Do you have questions? You can reach ${providerName} at ${email}.`,
  automatic: 'Mosaik, the seminar booking of the network, sent this email automatically.',
};

export const BECAUSE_BOOKED =
  'You are getting this email because places in this seminar were booked with your address.';
export const BECAUSE_PARTICIPANT =
  'You are getting this email because a place in this seminar is or was booked for you.';
export const BECAUSE_TRAINER = 'You are getting this email because you run seminars in this network.';
export const PERSONAL_LINK = 'The link belongs to your booking. Please do not pass it on.';

export function on(session: MailSession | undefined): string {
  return session ? sessionDate(session, 'en') : '';
}

export function placesIn(places: number): string {
  return places === 1 ? 'a place' : `${places} places`;
}

export function inDays(days: number): string {
  if (days <= 0) return 'today';
  return days === 1 ? 'tomorrow' : `in ${days} days`;
}

export function cancelUntilText(until: Date | undefined, session: MailSession | undefined): string | undefined {
  if (!until || !session) return undefined;
  return `You can also cancel there, until ${deadline(until, session, 'en')}.`;
}

/** To a participant: what to do when new dates do not suit. */
export function freeCancellationText(free: FreeCancellation | undefined, session: MailSession): string | undefined {
  if (!free) return undefined;
  const until = deadline(free.until, session, 'en');
  if (free.manageUrl) return `Does this not suit you? Then you can cancel until ${until}: ${free.manageUrl}`;
  return `Does this not suit you? ${free.bookerName ?? 'Whoever booked for you'} can cancel your place until ${until}.`;
}

/** One session as a small table, several as a list. */
export function sessionParts(sessions: MailSession[], providerName: string): LetterPart[] {
  const [only, ...further] = sessions;
  if (only && further.length === 0) return [sessionFacts(only, { label: 'Provider', value: providerName })];
  return [...list('The sessions', sessions.map(itemOf)), facts({ label: 'Provider', value: providerName })];
}

export function sessionFacts(session: MailSession, ...rows: FactRow[]): LetterPart {
  const { module, onlineUrl } = session;
  return facts(
    module !== undefined && { label: 'Module', value: module },
    { label: 'When', value: sessionTime(session, 'en') },
    { label: 'Where', value: session.location },
    onlineUrl !== undefined && { label: 'Online room', value: onlineUrl, url: onlineUrl },
    ...rows,
  );
}

export function wholeSession(session: MailSession): string {
  return `${sessionTime(session, 'en')} · ${session.location}`;
}

function itemOf(session: MailSession) {
  const more = [session.module, session.location].filter(Boolean).join(' · ');
  return { text: sessionTime(session, 'en'), more, ...(session.onlineUrl && { url: session.onlineUrl }) };
}
