import type { MailFacts } from '../../facts.ts';
import { brief, list, paragraphs, said, type Draft } from '../../letter.ts';
import { BECAUSE_BOOKED, cancelUntilText, on, PERSONAL_LINK, placesIn, sessionParts } from './words.ts';

export function bookingReduced(mail: MailFacts['booking-reduced']): Draft {
  const keeps = mail.waits
    ? `Sie warten jetzt auf ${placesIn(mail.places)}.`
    : `Sie behalten ${placesIn(mail.places)}.`;
  return {
    subject: `${mail.waits ? 'Weniger Plätze' : 'Plätze zurückgegeben'}: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Ihre Buchung hat weniger Plätze',
    parts: [
      ...paragraphs(
        mail.waits
          ? `In „${mail.seminarTitle}“ warten Sie auf ${placesIn(mail.gaveBack)} weniger. ${keeps} Ihre Stelle auf der Warteliste bleibt.`
          : `In „${mail.seminarTitle}“ haben Sie ${placesIn(mail.gaveBack)} zurückgegeben. ${keeps}`,
      ),
      ...list(
        'Es nehmen nicht mehr teil',
        mail.left.map((text) => ({ text })),
      ),
      ...paragraphs(
        mail.left.length > 0 && !mail.waits && 'Wer eine Kalendereinladung hatte, bekommt dafür eine Absage.',
      ),
      ...list(
        'Es nehmen teil',
        mail.participants.map((text) => ({ text })),
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'Buchung ansehen', url: mail.manageUrl },
    afterButton: said(!mail.waits && cancelUntilText(mail.cancelUntil, mail.sessions[0]), PERSONAL_LINK),
    because: BECAUSE_BOOKED,
  };
}

export function bookingSplit(mail: MailFacts['booking-split']): Draft {
  const [those, are] = mail.went === 1 ? ['Ein Platz', 'ist'] : [`${mail.went} Plätze`, 'sind'];
  return {
    subject: `Buchung geteilt: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: mail.takenBy ? 'Ihre Buchung ist geteilt' : 'Sie haben eine eigene Buchung',
    parts: [
      ...paragraphs(
        mail.takenBy
          ? `${those} Ihrer Buchung in „${mail.seminarTitle}“ ${are} jetzt eine eigene Buchung von ${mail.takenBy}. Sie behalten ${placesIn(mail.places)}.`
          : `${those} in „${mail.seminarTitle}“ ${are} jetzt eine eigene Buchung mit eigenem Link. Sie gehört zu Ihrer Adresse.`,
        'Für die Teilnehmenden ändert sich nichts: Termine und Kalendereinladungen gelten weiter.',
      ),
      ...list(
        'In dieser Buchung nehmen teil',
        mail.participants.map((text) => ({ text })),
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'Buchung ansehen', url: mail.manageUrl },
    afterButton: said(cancelUntilText(mail.cancelUntil, mail.sessions[0]), PERSONAL_LINK),
    because: BECAUSE_BOOKED,
  };
}
