import type { MailFacts } from '../../facts.ts';
import { brief, facts, paragraphs, type Draft } from '../../letter.ts';
import { isOtherTime, sessionTime } from '../../times.ts';
import { BECAUSE_PARTICIPANT, BECAUSE_TRAINER, freeCancellationText, on, sessionFacts, wholeSession } from './words.ts';

const CANCELLED_BECAUSE = {
  'session-cancelled': 'Der Termin findet nicht statt.',
  'run-cancelled': 'Das ganze Seminar findet nicht statt.',
  'run-postponed':
    'Das Seminar wird verschoben. Ihr Platz bleibt Ihnen. Neue Termine folgen, und Sie bekommen dann neue Einladungen.',
  'run-merged':
    'Der Durchgang wird mit einem anderen zusammengelegt. Haben Sie dort einen Platz, bekommen Sie dafür eine eigene Einladung.',
  'booking-cancelled': 'Ihre Buchung wurde storniert.',
  replaced: 'Für Sie nimmt jetzt eine andere Person teil.',
  transferred: 'Sie nehmen an einem anderen Durchgang teil und bekommen dafür eine eigene Einladung.',
};

export function invitation(mail: MailFacts['invitation']): Draft {
  const opening = mail.again
    ? `Hier kommt Ihre Einladung zu „${mail.seminarTitle}“ noch einmal, damit Ihr Kalender stimmt. An Ihrem Platz ändert sich nichts.`
    : mail.added
      ? `„${mail.seminarTitle}“ hat einen Termin mehr. Ihr Platz gilt auch dafür.`
      : mail.bookerName
        ? `${mail.bookerName} hat für Sie einen Platz in „${mail.seminarTitle}“ gebucht.`
        : `Sie haben einen Platz in „${mail.seminarTitle}“.`;
  return {
    subject: `Einladung: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: 'Sie sind eingeladen',
    parts: [
      ...paragraphs(
        opening,
        mail.part &&
          `Diese Einladung gilt für Termin ${mail.part.number} von ${mail.part.of}. Für jeden Termin bekommen Sie eine eigene E-Mail.`,
      ),
      sessionFacts(mail.session, organiserRow(mail)),
      ...paragraphs(
        'Nehmen Sie die Kalendereinladung in dieser E-Mail an. Dann steht der Termin in Ihrem Kalender und bleibt dort aktuell.',
        freeCancellationText(mail.freeCancellation, mail.session),
      ),
    ],
    ...detailsButton(mail.detailsUrl),
    because: BECAUSE_PARTICIPANT,
  };
}

export function invitationUpdated(mail: MailFacts['invitation-updated']): Draft {
  const otherTime = isOtherTime(mail.before, mail.session);
  const otherPlace = mail.before.location !== mail.session.location;
  return {
    subject: `Geändert: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: otherTime ? 'Ihr Termin hat sich geändert' : 'Der Ort hat sich geändert',
    parts: [
      ...paragraphs(
        `Bei „${mail.seminarTitle}“ hat sich etwas geändert. ${mail.teaches ? 'Sie leiten diesen Termin.' : 'Ihr Platz bleibt Ihnen.'}`,
      ),
      facts(
        otherTime && { label: 'Bisher', value: sessionTime(mail.before, 'de') },
        { label: otherTime ? 'Neu' : 'Wann (wie bisher)', value: sessionTime(mail.session, 'de') },
        otherPlace && { label: 'Bisher am Ort', value: mail.before.location },
        { label: otherPlace ? 'Neuer Ort' : 'Wo (wie bisher)', value: mail.session.location },
        mail.session.onlineUrl !== undefined && {
          label: 'Online-Raum',
          value: mail.session.onlineUrl,
          url: mail.session.onlineUrl,
        },
        organiserRow(mail),
      ),
      ...paragraphs(
        'Diese E-Mail bringt auch die Kalendereinladung auf den neuen Stand.',
        freeCancellationText(mail.freeCancellation, mail.session),
      ),
    ],
    ...detailsButton(mail.detailsUrl),
    because: mail.teaches ? BECAUSE_TRAINER : BECAUSE_PARTICIPANT,
  };
}

export function invitationCancelled(mail: MailFacts['invitation-cancelled']): Draft {
  const calledOff = ['session-cancelled', 'run-cancelled', 'run-merged'].includes(mail.because);
  const postponed = mail.because === 'run-postponed';
  return {
    subject: `${postponed ? 'Verschoben' : calledOff ? 'Abgesagt' : 'Storniert'}: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: postponed
      ? 'Dieser Termin gilt nicht mehr'
      : calledOff
        ? 'Dieser Termin fällt aus'
        : 'Sie haben keinen Platz mehr',
    parts: [
      ...paragraphs(
        `Es geht um „${mail.seminarTitle}“. ${CANCELLED_BECAUSE[mail.because]}`,
        mail.reason && `Der Grund: ${mail.reason}`,
      ),
      sessionFacts(mail.session, organiserRow(mail)),
      ...paragraphs(
        'Diese E-Mail nimmt auch den Eintrag aus Ihrem Kalender.',
        freeCancellationText(mail.freeCancellation, mail.session),
      ),
    ],
    ...detailsButton(mail.detailsUrl),
    because: BECAUSE_PARTICIPANT,
  };
}

export function trainerAssigned(mail: MailFacts['trainer-assigned']): Draft {
  return {
    subject: `Ihr Einsatz: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: 'Sie leiten diesen Termin',
    parts: [
      ...paragraphs(`${mail.providerName} hat Sie für „${mail.seminarTitle}“ eingeteilt.`),
      sessionFacts(
        mail.session,
        ...(mail.participantCount === undefined
          ? []
          : [{ label: 'Bisher gebucht', value: String(mail.participantCount) }]),
        organiserRow(mail),
      ),
      ...paragraphs(
        'Nehmen Sie die Kalendereinladung in dieser E-Mail an. Dann steht der Termin in Ihrem Kalender und bleibt dort aktuell.',
      ),
    ],
    ...detailsButton(mail.detailsUrl),
    because: BECAUSE_TRAINER,
  };
}

export function trainerReleased(mail: MailFacts['trainer-released']): Draft {
  return {
    subject: `Einsatz aufgehoben: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: 'Sie leiten diesen Termin nicht mehr',
    parts: [
      ...paragraphs(`Ihr Einsatz in „${mail.seminarTitle}“ ist aufgehoben.`),
      facts({ label: 'Termin', value: wholeSession(mail.session) }, organiserRow(mail)),
      ...paragraphs(
        mail.reason && `Der Grund: ${mail.reason}`,
        'Diese E-Mail nimmt auch den Eintrag aus Ihrem Kalender.',
      ),
    ],
    ...detailsButton(mail.detailsUrl),
    because: BECAUSE_TRAINER,
  };
}

function organiserRow({ providerName }: { providerName: string }) {
  return { label: 'Träger', value: providerName };
}

function detailsButton(url: string | undefined): Pick<Draft, 'button'> {
  return url ? { button: { label: 'Einzelheiten ansehen', url } } : {};
}
