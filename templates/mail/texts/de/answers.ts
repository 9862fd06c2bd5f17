import type { MailFacts } from '../../facts.ts';
import { brief, paragraphs, said, type Draft } from '../../letter.ts';
import { BECAUSE_BOOKED, BECAUSE_PARTICIPANT, cancelUntilText, on, PERSONAL_LINK, sessionFacts } from './words.ts';

export function calendarDeclined(mail: MailFacts['calendar-declined']): Draft {
  const who = mail.participantName;
  return {
    subject: `Abgelehnt? ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: mail.maySubstitute ? 'Stornieren, oder jemand anderen schicken?' : 'Möchten Sie stornieren?',
    parts: [
      ...paragraphs(
        who
          ? `Im Kalender von ${who} wurde der Termin von „${mail.seminarTitle}“ abgelehnt.`
          : `In Ihrem Kalender wurde der Termin von „${mail.seminarTitle}“ abgelehnt.`,
        'Noch ist nichts geändert: Der Platz bleibt gebucht.',
      ),
      sessionFacts(mail.session, { label: 'Träger', value: mail.providerName }),
      ...paragraphs(
        mail.maySubstitute
          ? 'Bitte sagen Sie uns, was gelten soll: den Platz stornieren, damit andere nachrücken, oder jemand anderen schicken.'
          : 'Kommt niemand, stornieren Sie bitte den Platz, damit andere nachrücken.',
        who
          ? `Kommt ${who} doch oder lehnt nur den Kalendereintrag ab, müssen Sie nichts tun.`
          : 'Kommen Sie doch oder wollten Sie nur den Kalendereintrag loswerden, müssen Sie nichts tun.',
      ),
    ],
    button: {
      label: mail.maySubstitute ? 'Stornieren oder jemand anderen schicken' : 'Buchung ansehen',
      url: mail.manageUrl,
    },
    afterButton: said(
      'Das Öffnen der Seite ändert noch nichts.',
      cancelUntilText(mail.cancelUntil, mail.session),
      PERSONAL_LINK,
    ),
    because: BECAUSE_BOOKED,
  };
}

export function calendarCountered(mail: MailFacts['calendar-countered']): Draft {
  return {
    subject: `Ihr Terminvorschlag: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: 'Der Termin bleibt, wie er ist',
    parts: [
      ...paragraphs(
        `Sie haben über Ihren Kalender eine andere Zeit für „${mail.seminarTitle}“ vorgeschlagen. Danke dafür. Der Termin gilt für alle in der Gruppe, deshalb können wir ihn nicht für Einzelne verlegen.`,
        'An Ihrem Platz ändert sich nichts.',
      ),
      sessionFacts(mail.session, { label: 'Träger', value: mail.providerName }),
      ...paragraphs(
        'Können Sie nicht kommen, sagen Sie es bitte der Person, die für Sie gebucht hat, oder dem Träger.',
      ),
    ],
    ...(mail.detailsUrl && { button: { label: 'Seminar ansehen', url: mail.detailsUrl } }),
    because: BECAUSE_PARTICIPANT,
  };
}
