import { dayOf, formatted, isSameDay, momentOf } from '../dates.ts';
import type { MailLanguage, MailSession } from './facts.ts';

const TO = { de: 'bis', en: 'to' };
const CLOCK = { de: ' Uhr', en: '' };
const LOCALES = { de: 'de-DE', en: 'en-GB' };

/** "Dienstag, 20. Oktober 2026, 09:00 bis 12:00 Uhr, Mitteleuropäische Zeit": a session in its own zone, the zone by name. */
export function sessionTime({ startsAt, endsAt, timeZone }: MailSession, language: MailLanguage): string {
  const from = formatted('time', startsAt, timeZone, language);
  const until = isSameDay(startsAt, endsAt, timeZone)
    ? `${from} ${TO[language]} ${formatted('time', endsAt, timeZone, language)}${CLOCK[language]}`
    : `${from}${CLOCK[language]} ${TO[language]} ${momentOf(endsAt, timeZone, language)}`;
  return `${dayOf(startsAt, timeZone, language)}, ${until}, ${zoneName(startsAt, timeZone, language)}`;
}

/** "09:00 bis 12:00 Uhr": the hours of a session alone. */
export function clockSpan({ startsAt, endsAt, timeZone }: MailSession, language: MailLanguage): string {
  const [from, until] = [startsAt, endsAt].map((at) => formatted('time', at, timeZone, language));
  return `${from} ${TO[language]} ${until}${CLOCK[language]}`;
}

/** "20. Oktober 2026": the day of a session, for subject lines. */
export function sessionDate({ startsAt, timeZone }: MailSession, language: MailLanguage): string {
  return formatted('date', startsAt, timeZone, language);
}

/** "Montag, 19. Oktober 2026, 18:00 Uhr" on the clock of the session's place. */
export function deadline(at: Date, { timeZone }: MailSession, language: MailLanguage): string {
  return momentOf(at, timeZone, language);
}

/** Whether two states of a session differ in when they are. */
export function isOtherTime(one: MailSession, other: MailSession): boolean {
  return one.startsAt.getTime() !== other.startsAt.getTime() || one.endsAt.getTime() !== other.endsAt.getTime();
}

function zoneName(at: Date, timeZone: string, language: MailLanguage): string {
  const parts = new Intl.DateTimeFormat(LOCALES[language], { timeZone, timeZoneName: 'longGeneric' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}
