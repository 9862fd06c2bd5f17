import type { FreeCancellation, MailSession } from '../../facts.ts';
import { facts, list, type FactRow, type Frame, type LetterPart } from '../../letter.ts';
import { deadline, sessionDate, sessionTime } from '../../times.ts';

export const frame: Frame = {
  greeting: (name) => (name ? `Guten Tag, ${name},` : 'Guten Tag,'),
  closing: 'Freundliche Grüße',
  network: 'Mosaik',
  questions: (providerName, email) => `Haben Sie Fragen? ${providerName} erreichen Sie unter ${email}.`,
  automatic: 'Mosaik, die Seminarbuchung des Netzwerks, hat diese E-Mail automatisch verschickt.',
};

export const BECAUSE_BOOKED =
  'Sie erhalten diese E-Mail, weil mit Ihrer Adresse Plätze in diesem Seminar gebucht wurden.';
export const BECAUSE_PARTICIPANT =
  'Sie erhalten diese E-Mail, weil für Sie ein Platz in diesem Seminar gebucht ist oder war.';
export const BECAUSE_TRAINER = 'Sie erhalten diese E-Mail, weil Sie in diesem Netzwerk Seminare leiten.';
export const PERSONAL_LINK = 'Der Link gehört zu Ihrer Buchung. Bitte geben Sie ihn nicht weiter.';

export function on(session: MailSession | undefined): string {
  return session ? sessionDate(session, 'de') : '';
}

export function placesIn(places: number): string {
  return places === 1 ? 'einen Platz' : `${places} Plätze`;
}

export function inDays(days: number): string {
  if (days <= 0) return 'heute';
  return days === 1 ? 'morgen' : `in ${days} Tagen`;
}

export function cancelUntilText(until: Date | undefined, session: MailSession | undefined): string | undefined {
  if (!until || !session) return undefined;
  return `Bis ${deadline(until, session, 'de')} können Sie dort auch stornieren.`;
}

/** To a participant: what to do when new dates do not suit. */
export function freeCancellationText(free: FreeCancellation | undefined, session: MailSession): string | undefined {
  if (!free) return undefined;
  const until = deadline(free.until, session, 'de');
  if (free.manageUrl) return `Passt Ihnen das nicht? Dann können Sie bis ${until} stornieren: ${free.manageUrl}`;
  const who = free.bookerName ?? 'Wer für Sie gebucht hat,';
  return `Passt Ihnen das nicht? ${who} kann Ihren Platz bis ${until} stornieren.`;
}

/** One session as a small table, several as a list. */
export function sessionParts(sessions: MailSession[], providerName: string): LetterPart[] {
  const [only, ...further] = sessions;
  if (only && further.length === 0) return [sessionFacts(only, { label: 'Träger', value: providerName })];
  return [...list('Die Termine', sessions.map(itemOf)), facts({ label: 'Träger', value: providerName })];
}

export function sessionFacts(session: MailSession, ...rows: FactRow[]): LetterPart {
  const { module, onlineUrl } = session;
  return facts(
    module !== undefined && { label: 'Modul', value: module },
    { label: 'Wann', value: sessionTime(session, 'de') },
    { label: 'Wo', value: session.location },
    onlineUrl !== undefined && { label: 'Online-Raum', value: onlineUrl, url: onlineUrl },
    ...rows,
  );
}

export function wholeSession(session: MailSession): string {
  return `${sessionTime(session, 'de')} · ${session.location}`;
}

function itemOf(session: MailSession) {
  const more = [session.module, session.location].filter(Boolean).join(' · ');
  return { text: sessionTime(session, 'de'), more, ...(session.onlineUrl && { url: session.onlineUrl }) };
}
