import type { MailFacts } from '../../facts.ts';
import { brief, facts, list, paragraphs, said, type Draft } from '../../letter.ts';
import { deadline } from '../../times.ts';
import { BECAUSE_BOOKED, on, PERSONAL_LINK, sessionFacts, sessionParts, wholeSession } from './words.ts';

export function sessionAdded(mail: MailFacts['session-added']): Draft {
  return {
    subject: `Neuer Termin: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: 'Es kommt ein Termin dazu',
    parts: [
      ...paragraphs(
        `„${mail.seminarTitle}“ hat einen Termin mehr. Ihre Buchung gilt auch dafür. Wer mit eigener Adresse teilnimmt, bekommt eine Einladung für den Kalender.`,
      ),
      sessionFacts(mail.session, { label: 'Träger', value: mail.providerName }),
      ...takingPart(mail),
    ],
    ...yourBooking(mail),
  };
}

export function sessionCancelled(mail: MailFacts['session-cancelled']): Draft {
  return {
    subject: `Termin fällt aus: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: 'Ein Termin fällt aus',
    parts: [
      ...paragraphs(
        `In „${mail.seminarTitle}“ findet ein Termin nicht statt. Alle anderen Termine bleiben, und Ihre Buchung gilt weiter. Wer mit eigener Adresse teilnimmt, bekommt eine Absage für den Kalender.`,
        mail.reason && `Der Grund: ${mail.reason}`,
      ),
      facts(
        mail.session.module !== undefined && { label: 'Modul', value: mail.session.module },
        { label: 'Fällt aus', value: wholeSession(mail.session) },
        { label: 'Träger', value: mail.providerName },
      ),
      ...takingPart(mail),
    ],
    ...yourBooking(mail),
  };
}

export function runPostponed(mail: MailFacts['run-postponed']): Draft {
  const stays = mail.waiting
    ? 'Ihr Platz auf der Warteliste bleibt Ihnen.'
    : `${mail.places > 1 ? 'Ihre Plätze bleiben' : 'Ihr Platz bleibt'} Ihnen. Wer eine Kalendereinladung hatte, bekommt dafür eine Absage.`;
  return {
    subject: `Verschoben: ${brief(mail.seminarTitle)}, bisher ${on(mail.freed[0])}`,
    heading: 'Das Seminar wird verschoben',
    parts: [
      ...paragraphs(
        `„${mail.seminarTitle}“ kann nicht wie geplant stattfinden. Neue Termine gibt es noch nicht. Wir schreiben Ihnen, sobald sie feststehen.`,
        stays,
        mail.reason && `Der Grund: ${mail.reason}`,
      ),
      ...list(
        'Diese Termine gelten nicht mehr',
        mail.freed.map((session) => ({ text: wholeSession(session) })),
      ),
    ],
    button: { label: 'Buchung ansehen', url: mail.manageUrl },
    afterButton: said('Möchten Sie nicht warten? Dann können Sie dort jederzeit stornieren.', PERSONAL_LINK),
    because: BECAUSE_BOOKED,
  };
}

export function runRescheduled(mail: MailFacts['run-rescheduled']): Draft {
  const stays = mail.waiting
    ? 'Sie stehen weiter auf der Warteliste.'
    : `Ihre Buchung${mail.places > 1 ? ` mit ${mail.places} Plätzen` : ''} gilt weiter. Wer mit eigener Adresse teilnimmt, bekommt neue Einladungen für den Kalender.`;
  return {
    subject: `Neuer Termin: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Die neuen Termine stehen fest',
    parts: [
      ...paragraphs(`„${mail.seminarTitle}“ findet statt, zu neuen Terminen. ${stays}`),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    ...yourBooking({ ...mail, session: mail.sessions[0] }),
  };
}

function takingPart({ participants }: { participants: string[] }) {
  return list(
    'Es nehmen teil',
    participants.map((text) => ({ text })),
  );
}

type Booked = Pick<MailFacts['session-added'], 'manageUrl' | 'cancelUntil'> & {
  session: MailFacts['session-added']['session'] | undefined;
};

function yourBooking({ manageUrl, cancelUntil, session }: Booked): Pick<Draft, 'button' | 'afterButton' | 'because'> {
  const until =
    cancelUntil &&
    session &&
    `Passt es nicht mehr? Bis ${deadline(cancelUntil, session, 'de')} können Sie dort stornieren.`;
  return {
    button: { label: 'Buchung ansehen', url: manageUrl },
    afterButton: said(until, PERSONAL_LINK),
    because: BECAUSE_BOOKED,
  };
}
