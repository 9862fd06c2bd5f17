import type { MailFacts } from '../../facts.ts';
import { brief, facts, paragraphs, type Draft, type LetterPart } from '../../letter.ts';
import { BECAUSE_BOOKED, BECAUSE_PARTICIPANT, BECAUSE_TRAINER, inDays, on, placesIn, sessionFacts } from './words.ts';

type Reminded = MailFacts['follow-up'];

export function reminder(mail: MailFacts['reminder']): Draft {
  const online = mail.session.onlineUrl;
  return {
    subject: `Reminder: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: headingOf(mail),
    parts: [...paragraphs(reminderText(mail)), ...partsOf(mail)],
    ...(online ? { button: { label: 'Go to the online room', url: online } } : buttonOf(mail)),
    because: becauseOf(mail),
  };
}

export function followUp(mail: Reminded): Draft {
  return {
    subject: `After the session: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: 'The session is over',
    parts: [...paragraphs(thanksFor(mail)), ...partsOf(mail)],
    ...buttonOf(mail),
    because: becauseOf(mail),
  };
}

function headingOf({ booked, teaches, days }: MailFacts['reminder']): string {
  if (teaches) return `Your assignment is ${inDays(days)}`;
  return booked ? `The session you booked is ${inDays(days)}` : `Your session is ${inDays(days)}`;
}

function reminderText({ booked, teaches, seminarTitle }: Reminded): string {
  if (teaches) return `This is a reminder of “${seminarTitle}”. You are running this session.`;
  if (booked) return `This is a reminder of “${seminarTitle}”. You have booked ${placesIn(booked.places)}.`;
  return `This is a reminder of “${seminarTitle}”. We look forward to seeing you.`;
}

function thanksFor({ booked, teaches, seminarTitle }: Reminded): string {
  if (teaches) return `You ran “${seminarTitle}”. Thank you for your work.`;
  if (booked) return `You had booked places in “${seminarTitle}”. Thank you.`;
  return `Thank you for your interest in “${seminarTitle}”. We hope you found it useful.`;
}

function partsOf({ session, providerName, booked, teaches }: Reminded): LetterPart[] {
  const rows = [
    ...(teaches ? [{ label: 'Places booked', value: String(teaches.expected) }] : []),
    { label: 'Provider', value: providerName },
  ];
  const people = booked?.participants ?? [];
  return [
    sessionFacts(session, ...rows),
    ...(people.length > 0 ? [facts({ label: 'Registered', value: people.join(', ') })] : []),
  ];
}

function buttonOf({ booked, detailsUrl }: Reminded): Pick<Draft, 'button'> {
  if (booked) return { button: { label: 'View the booking', url: booked.manageUrl } };
  return detailsUrl ? { button: { label: 'View the session', url: detailsUrl } } : {};
}

function becauseOf({ booked, teaches }: Reminded): string {
  if (teaches) return BECAUSE_TRAINER;
  return booked ? BECAUSE_BOOKED : BECAUSE_PARTICIPANT;
}
