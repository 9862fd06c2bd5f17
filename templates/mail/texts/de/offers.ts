import type { MailFacts } from '../../facts.ts';
import { brief, facts, paragraphs, said, type Draft } from '../../letter.ts';
import { deadline } from '../../times.ts';
import { BECAUSE_BOOKED, on, PERSONAL_LINK, placesIn, sessionFacts, sessionParts } from './words.ts';

export function placeOffered(mail: MailFacts['place-offered']): Draft {
  return {
    subject: `Platz frei: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: `Wir halten ${placesIn(mail.places)} für Sie frei`,
    parts: [
      ...paragraphs(
        `Sie sind in „${mail.seminarTitle}“ an der Reihe. Noch ist nichts gebucht: Bitte nehmen Sie bis ${untilText(mail)} an oder lehnen Sie ab.`,
      ),
      facts({ label: 'Antwort bis', value: untilText(mail) }),
      ...sessionParts(mail.sessions, mail.providerName),
      ...paragraphs(afterText(mail)),
    ],
    ...answerButton(mail),
  };
}

export function offerReminder(mail: MailFacts['offer-reminder']): Draft {
  return {
    subject: `Noch offen: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: `Nehmen Sie ${placesIn(mail.places)} an?`,
    parts: [
      ...paragraphs(
        `Wir halten in „${mail.seminarTitle}“ ${placesIn(mail.places)} für Sie frei, aber nur bis ${untilText(mail)}. Bitte nehmen Sie an oder lehnen Sie ab, damit andere nachrücken.`,
        afterText(mail),
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    ...answerButton(mail),
  };
}

export function offerLapsed(mail: MailFacts['offer-lapsed']): Draft {
  return {
    subject: `Angebot abgelaufen: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Ihr Angebot ist abgelaufen',
    parts: [
      ...paragraphs(
        `Für „${mail.seminarTitle}“ hatten wir ${placesIn(mail.places)} für Sie frei gehalten. Die Zeit zum Annehmen ist vorbei, ${mail.places > 1 ? 'die Plätze gehen' : 'der Platz geht'} an andere.`,
        mail.waitsOn
          ? 'Sie stehen weiter auf der Warteliste, jetzt am Ende.'
          : 'Sie stehen nicht mehr auf der Warteliste. Wenn Sie noch teilnehmen möchten, buchen Sie bitte neu.',
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'Buchung ansehen', url: mail.manageUrl },
    afterButton: [PERSONAL_LINK],
    because: BECAUSE_BOOKED,
  };
}

export function offerDeclined(mail: MailFacts['offer-declined']): Draft {
  return {
    subject: `Abgelehnt: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Sie haben das Angebot abgelehnt',
    parts: [
      ...paragraphs(
        `Danke für Ihre Antwort. ${mail.places > 1 ? `Die ${mail.places} Plätze` : 'Der Platz'} in „${mail.seminarTitle}“ ${mail.places > 1 ? 'gehen' : 'geht'} an andere. Sie stehen dort nicht mehr auf der Warteliste.`,
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'Andere Seminare ansehen', url: mail.catalogueUrl },
    because: BECAUSE_BOOKED,
  };
}

export function placesFreeLate(mail: MailFacts['places-free-late']): Draft {
  return {
    subject: `Kurz vor Beginn frei: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: 'Es ist etwas frei, aber niemand rückt mehr nach',
    parts: [
      ...paragraphs(
        `In „${mail.seminarTitle}“ ist kurz vor Beginn etwas frei geworden. So spät rückt niemand mehr von selbst nach. Sie können die Wartenden anrufen.`,
      ),
      sessionFacts(
        mail.session,
        { label: 'Frei', value: String(mail.free) },
        { label: 'Auf der Warteliste', value: String(mail.waiting) },
      ),
    ],
    button: { label: 'Warteliste ansehen', url: mail.link },
    because: 'Sie erhalten diese E-Mail, weil Sie für diesen Träger Seminare planen.',
  };
}

type Open = MailFacts['place-offered'];

function untilText({ until, sessions }: Open): string {
  const [first] = sessions;
  return first ? deadline(until, first, 'de') : '';
}

function afterText({ waitsOn }: Open): string {
  return waitsOn
    ? 'Antworten Sie nicht, rücken Sie ans Ende der Warteliste.'
    : 'Antworten Sie nicht, gilt das als Absage und Sie verlassen die Warteliste.';
}

function answerButton({ offerUrl }: Open): Pick<Draft, 'button' | 'afterButton' | 'because'> {
  return {
    button: { label: 'Annehmen oder ablehnen', url: offerUrl },
    afterButton: said('Das Öffnen der Seite ändert noch nichts.', PERSONAL_LINK),
    because: BECAUSE_BOOKED,
  };
}
