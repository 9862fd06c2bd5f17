import type { MailFacts } from '../../facts.ts';
import { brief, facts, paragraphs, type Draft } from '../../letter.ts';
import { isOtherTime, sessionTime } from '../../times.ts';
import { BECAUSE_PARTICIPANT, BECAUSE_TRAINER, freeCancellationText, on, sessionFacts, wholeSession } from './words.ts';

const CANCELLED_BECAUSE = {
  'session-cancelled': 'This session will not take place.',
  'run-cancelled': 'The whole seminar will not take place.',
  'run-postponed':
    'The seminar is postponed. You keep your place. New dates will follow, and you will then get new invitations.',
  'run-merged':
    'The run is being merged with another one. If you have a place there, you will get an invitation of its own for it.',
  'booking-cancelled': 'Your booking has been cancelled.',
  replaced: 'Another person is now taking part in your place.',
  transferred: 'You take part in another run and will get an invitation of its own for it.',
};
const ACCEPT =
  'Accept the calendar invitation in this email. Then the session is in your calendar and stays up to date there.';

export function invitation(mail: MailFacts['invitation']): Draft {
  const opening = mail.again
    ? `Here is your invitation to “${mail.seminarTitle}” once more, so that your calendar is right. Nothing changes about your place.`
    : mail.added
      ? `“${mail.seminarTitle}” has one more session. Your place is valid for it too.`
      : mail.bookerName
        ? `${mail.bookerName} has booked a place for you in “${mail.seminarTitle}”.`
        : `You have a place in “${mail.seminarTitle}”.`;
  return {
    subject: `Invitation: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: 'You are invited',
    parts: [
      ...paragraphs(
        opening,
        mail.part &&
          `This invitation is for session ${mail.part.number} of ${mail.part.of}. You get an email of its own for each session.`,
      ),
      sessionFacts(mail.session, organiserRow(mail)),
      ...paragraphs(ACCEPT, freeCancellationText(mail.freeCancellation, mail.session)),
    ],
    ...detailsButton(mail.detailsUrl),
    because: BECAUSE_PARTICIPANT,
  };
}

export function invitationUpdated(mail: MailFacts['invitation-updated']): Draft {
  const otherTime = isOtherTime(mail.before, mail.session);
  const otherPlace = mail.before.location !== mail.session.location;
  return {
    subject: `Changed: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: otherTime ? 'Your session has changed' : 'The place has changed',
    parts: [
      ...paragraphs(
        `Something has changed in “${mail.seminarTitle}”. ${mail.teaches ? 'You lead this session.' : 'You keep your place.'}`,
      ),
      facts(
        otherTime && { label: 'Before', value: sessionTime(mail.before, 'en') },
        { label: otherTime ? 'Now' : 'When (as before)', value: sessionTime(mail.session, 'en') },
        otherPlace && { label: 'Place before', value: mail.before.location },
        { label: otherPlace ? 'New place' : 'Where (as before)', value: mail.session.location },
        mail.session.onlineUrl !== undefined && {
          label: 'Online room',
          value: mail.session.onlineUrl,
          url: mail.session.onlineUrl,
        },
        organiserRow(mail),
      ),
      ...paragraphs(
        'This email also brings the calendar invitation up to date.',
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
    subject: `${postponed ? 'Postponed' : calledOff ? 'Cancelled' : 'Place cancelled'}: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: postponed
      ? 'This date is no longer valid'
      : calledOff
        ? 'This session is cancelled'
        : 'You no longer have a place',
    parts: [
      ...paragraphs(
        `This is about “${mail.seminarTitle}”. ${CANCELLED_BECAUSE[mail.because]}`,
        mail.reason && `The reason: ${mail.reason}`,
      ),
      sessionFacts(mail.session, organiserRow(mail)),
      ...paragraphs(
        'This email also takes the entry out of your calendar.',
        freeCancellationText(mail.freeCancellation, mail.session),
      ),
    ],
    ...detailsButton(mail.detailsUrl),
    because: BECAUSE_PARTICIPANT,
  };
}

export function trainerAssigned(mail: MailFacts['trainer-assigned']): Draft {
  return {
    subject: `Your assignment: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: 'You are running this session',
    parts: [
      ...paragraphs(`${mail.providerName} has assigned you to “${mail.seminarTitle}”.`),
      sessionFacts(
        mail.session,
        ...(mail.participantCount === undefined
          ? []
          : [{ label: 'Booked so far', value: String(mail.participantCount) }]),
        organiserRow(mail),
      ),
      ...paragraphs(ACCEPT),
    ],
    ...detailsButton(mail.detailsUrl),
    because: BECAUSE_TRAINER,
  };
}

export function trainerReleased(mail: MailFacts['trainer-released']): Draft {
  return {
    subject: `Assignment ended: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: 'You are no longer running this session',
    parts: [
      ...paragraphs(`Your assignment in “${mail.seminarTitle}” has ended.`),
      facts({ label: 'Session', value: wholeSession(mail.session) }, organiserRow(mail)),
      ...paragraphs(
        mail.reason && `The reason: ${mail.reason}`,
        'This email also takes the entry out of your calendar.',
      ),
    ],
    ...detailsButton(mail.detailsUrl),
    because: BECAUSE_TRAINER,
  };
}

function organiserRow({ providerName }: { providerName: string }) {
  return { label: 'Provider', value: providerName };
}

function detailsButton(url: string | undefined): Pick<Draft, 'button'> {
  return url ? { button: { label: 'View details', url } } : {};
}
