import type { MailFacts } from '../../facts.ts';
import { brief, facts, list, paragraphs, said, type Draft } from '../../letter.ts';
import { deadline } from '../../times.ts';
import { BECAUSE_BOOKED, BECAUSE_PARTICIPANT, on, PERSONAL_LINK, placesIn, sessionParts } from './words.ts';

const BECAUSE_ASKED =
  'Sie erhalten diese E-Mail, weil Sie bei einer Buchung als vorgesetzte oder freigebende Person angegeben sind.';

export function approvalAsked(mail: MailFacts['approval-asked']): Draft {
  return {
    subject: `Bitte freigeben: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Geben Sie diese Buchung frei?',
    parts: [
      ...paragraphs(
        mail.asDeputy && 'Wir fragen Sie als Vertretung.',
        `${mail.bookerName} hat in „${mail.seminarTitle}“ ${placesIn(mail.places)} gebucht. Das gilt erst, wenn Sie oder jemand anderes mit diesem Recht die Buchung freigibt.`,
      ),
      ...request(mail),
    ],
    ...answerButton(mail),
  };
}

export function approvalReminder(mail: MailFacts['approval-reminder']): Draft {
  return {
    subject: `Noch nicht freigegeben: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Diese Buchung wartet auf Ihre Freigabe',
    parts: [
      ...paragraphs(
        `${mail.bookerName} hat in „${mail.seminarTitle}“ ${placesIn(mail.places)} gebucht. Wir halten ${mail.places > 1 ? 'die Plätze' : 'den Platz'} nur bis ${untilText(mail)}.`,
      ),
      ...request(mail),
    ],
    ...answerButton(mail),
  };
}

export function approvalEnded(mail: MailFacts['approval-ended']): Draft {
  return {
    subject: `${ENDED[mail.outcome]}: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: endedHeading(mail),
    parts: [
      ...paragraphs(
        `Es geht um ${placesIn(mail.places)} in „${mail.seminarTitle}“, gebucht von ${mail.bookerName}.`,
        mail.outcome === 'expired' && AFTER_FOR_APPROVER[mail.afterExpiry],
        mail.reason && `Begründung: ${mail.reason}`,
        'Sie müssen nichts mehr tun.',
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'Anfrage ansehen', url: mail.approvalUrl },
    because: BECAUSE_ASKED,
  };
}

export function approvalPending(mail: MailFacts['approval-pending']): Draft {
  const who = mail.approvers.length > 0 ? mail.approvers.join(' und ') : 'Ihre Einrichtung';
  return {
    subject: `Wartet auf Freigabe: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: `Wir halten ${placesIn(mail.places)} für Sie frei`,
    parts: [
      ...paragraphs(
        `Ihre Buchung in „${mail.seminarTitle}“ muss noch freigegeben werden. Wir haben ${who} per E-Mail darum gebeten.`,
      ),
      facts({ label: 'Freigabe bis', value: untilText(mail) }),
      ...sessionParts(mail.sessions, mail.providerName),
      ...paragraphs(AFTER[mail.afterExpiry], 'Sobald entschieden ist, schreiben wir Ihnen.'),
    ],
    button: { label: 'Buchung ansehen', url: mail.manageUrl },
    afterButton: [PERSONAL_LINK],
    because: BECAUSE_BOOKED,
  };
}

export function approvalRefused(mail: MailFacts['approval-refused']): Draft {
  return {
    subject: `Nicht freigegeben: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Die Buchung wurde nicht freigegeben',
    parts: [
      ...paragraphs(
        `${whose(mail)} Buchung in „${mail.seminarTitle}“ wurde nicht freigegeben. ${mail.places > 1 ? 'Die Plätze gehen' : 'Der Platz geht'} an andere.`,
        mail.reason && `Begründung: ${mail.reason}`,
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    ...bookingButton(mail),
  };
}

export function approvalExpired(mail: MailFacts['approval-expired']): Draft {
  return {
    subject: `Keine Freigabe: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Die Zeit für die Freigabe ist vorbei',
    parts: [
      ...paragraphs(
        `${whose(mail)} Buchung in „${mail.seminarTitle}“ wurde nicht rechtzeitig freigegeben.`,
        EXPIRED[mail.afterExpiry],
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    ...bookingButton(mail),
  };
}

const ENDED = {
  approved: 'Freigegeben',
  refused: 'Nicht freigegeben',
  expired: 'Freigabe abgelaufen',
  cancelled: 'Freigabe nicht mehr nötig',
} as const;

const AFTER = {
  out: 'Wird bis dahin nicht freigegeben, endet die Buchung, und der Platz geht an andere.',
  end: 'Wird bis dahin nicht freigegeben, rückt die Buchung ans Ende der Warteliste.',
  confirm: 'Wird bis dahin nicht geantwortet, gilt die Buchung als freigegeben.',
} as const;

const AFTER_FOR_APPROVER = {
  out: 'Die Buchung ist beendet, der Platz geht an andere.',
  end: 'Die Buchung steht jetzt am Ende der Warteliste. Kommt sie wieder an die Reihe, fragen wir noch einmal.',
  confirm: 'Die Buchung gilt nach der Regel dieses Durchgangs nun als freigegeben.',
} as const;

const EXPIRED = {
  out: 'Die Buchung ist damit beendet, der Platz geht an andere.',
  end: 'Die Buchung steht jetzt am Ende der Warteliste. Kommt sie wieder an die Reihe, fragen wir noch einmal um Freigabe.',
  confirm: 'Nach der Regel dieses Durchgangs gilt sie trotzdem. Die Bestätigung kommt mit einer eigenen E-Mail.',
} as const;

type Asked = MailFacts['approval-asked'];

function endedHeading({ outcome, byYou }: MailFacts['approval-ended']): string {
  if (outcome === 'approved') return byYou ? 'Sie haben die Buchung freigegeben' : 'Die Buchung ist freigegeben';
  if (outcome === 'refused') return byYou ? 'Sie haben die Buchung abgelehnt' : 'Die Buchung ist abgelehnt';
  return outcome === 'expired' ? 'Die Zeit für die Freigabe ist vorbei' : 'Die Buchung braucht keine Freigabe mehr';
}

function whose({ bookerName }: { bookerName?: string }): string {
  return bookerName ? `Die von ${bookerName} auch für Sie gemachte` : 'Ihre';
}

function request(mail: Asked) {
  return [
    facts(
      { label: 'Antwort bis', value: untilText(mail) },
      { label: 'Gebucht von', value: mail.bookerName },
      mail.institution !== undefined && { label: 'Einrichtung', value: mail.institution },
    ),
    ...list(
      'Es nehmen teil',
      mail.participants.map((text) => ({ text })),
    ),
    ...sessionParts(mail.sessions, mail.providerName),
    ...paragraphs(AFTER[mail.afterExpiry]),
  ];
}

function untilText({ until, sessions }: Pick<Asked, 'until' | 'sessions'>): string {
  const [first] = sessions;
  return first ? deadline(until, first, 'de') : '';
}

function answerButton({ approvalUrl }: Asked): Pick<Draft, 'button' | 'afterButton' | 'because'> {
  return {
    button: { label: 'Freigeben oder ablehnen', url: approvalUrl },
    afterButton: said(
      'Das Öffnen der Seite ändert noch nichts. Sie brauchen kein Konto.',
      'Der Link gehört Ihnen. Bitte geben Sie ihn nicht weiter.',
    ),
    because: BECAUSE_ASKED,
  };
}

function bookingButton({
  manageUrl,
  catalogueUrl,
}: MailFacts['approval-expired'] | MailFacts['approval-refused']): Pick<Draft, 'button' | 'afterButton' | 'because'> {
  if (!manageUrl)
    return { button: { label: 'Andere Seminare ansehen', url: catalogueUrl }, because: BECAUSE_PARTICIPANT };
  return {
    button: { label: 'Buchung ansehen', url: manageUrl },
    afterButton: [PERSONAL_LINK],
    because: BECAUSE_BOOKED,
  };
}
