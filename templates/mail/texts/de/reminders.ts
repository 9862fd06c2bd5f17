import type { MailFacts } from '../../facts.ts';
import { brief, facts, paragraphs, type Draft, type LetterPart } from '../../letter.ts';
import { BECAUSE_BOOKED, BECAUSE_PARTICIPANT, BECAUSE_TRAINER, inDays, on, placesIn, sessionFacts } from './words.ts';

type Reminded = MailFacts['follow-up'];

export function reminder(mail: MailFacts['reminder']): Draft {
  const online = mail.session.onlineUrl;
  return {
    subject: `Erinnerung: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: headingOf(mail),
    parts: [...paragraphs(reminderText(mail)), ...partsOf(mail)],
    ...(online ? { button: { label: 'Zum Online-Raum', url: online } } : buttonOf(mail)),
    because: becauseOf(mail),
  };
}

export function followUp(mail: Reminded): Draft {
  return {
    subject: `Nach dem Termin: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: 'Der Termin ist vorbei',
    parts: [...paragraphs(thanksFor(mail)), ...partsOf(mail)],
    ...buttonOf(mail),
    because: becauseOf(mail),
  };
}

function headingOf({ booked, teaches, days }: MailFacts['reminder']): string {
  if (teaches) return `Ihr Einsatz ist ${inDays(days)}`;
  return booked ? `Der gebuchte Termin ist ${inDays(days)}` : `Ihr Termin ist ${inDays(days)}`;
}

function reminderText({ booked, teaches, seminarTitle }: Reminded): string {
  if (teaches) return `Wir erinnern Sie an „${seminarTitle}“. Sie leiten diesen Termin.`;
  if (booked) return `Wir erinnern Sie an „${seminarTitle}“. Sie haben ${placesIn(booked.places)} gebucht.`;
  return `Wir erinnern Sie an „${seminarTitle}“ und freuen uns auf Sie.`;
}

function thanksFor({ booked, teaches, seminarTitle }: Reminded): string {
  if (teaches) return `Sie haben „${seminarTitle}“ geleitet. Vielen Dank für Ihre Arbeit!`;
  if (booked) return `Sie hatten Plätze in „${seminarTitle}“ gebucht. Vielen Dank dafür!`;
  return `Vielen Dank für Ihr Interesse an „${seminarTitle}“. Wir hoffen, Sie konnten viel mitnehmen.`;
}

function partsOf({ session, providerName, booked, teaches }: Reminded): LetterPart[] {
  const rows = [
    ...(teaches ? [{ label: 'Gebuchte Plätze', value: String(teaches.expected) }] : []),
    { label: 'Träger', value: providerName },
  ];
  const people = booked?.participants ?? [];
  return [
    sessionFacts(session, ...rows),
    ...(people.length > 0 ? [facts({ label: 'Angemeldet', value: people.join(', ') })] : []),
  ];
}

function buttonOf({ booked, detailsUrl }: Reminded): Pick<Draft, 'button'> {
  if (booked) return { button: { label: 'Buchung ansehen', url: booked.manageUrl } };
  return detailsUrl ? { button: { label: 'Termin ansehen', url: detailsUrl } } : {};
}

function becauseOf({ booked, teaches }: Reminded): string {
  if (teaches) return BECAUSE_TRAINER;
  return booked ? BECAUSE_BOOKED : BECAUSE_PARTICIPANT;
}
