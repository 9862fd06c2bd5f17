import { now } from '../../server/platform/clock.ts';
import {
  courseOfBooking,
  daysOffFor,
  heldIn,
  isReminderStillUseful,
  mendReminders,
  mendTrainerReminders,
  pathOfRun,
  remindersOf,
  seatedInSession,
  type Booking,
  type Participant,
  type RunDetails,
} from '../../server/modules/booking/index.ts';
import type { ClaimedMessage } from '../../server/modules/mail/index.ts';
import type { Person } from '../../server/modules/people/index.ts';
import { isAskedFor, type Session } from '../../server/modules/scheduling/index.ts';
import { noLongerTrue, type Held, type MailSaid, type Sender } from './mail-draft.ts';
import { daysUntil, seminarFacts, sessionToJoin, sessionToTell } from './seminar-facts.ts';

type Asked = { message: ClaimedMessage; course: RunDetails; sender: Sender };
/** What is told to everybody alike, and the words for one audience. */
type Told = { session: Session } & Asked;

export function isReminderKind(kind: string): kind is 'reminder' | 'follow-up' {
  return kind === 'reminder' || kind === 'follow-up';
}

/** To somebody who sits in a session, from what is true now. `course`: what they booked of the run. */
export async function participantReminder(
  asked: Asked,
  { booking, participant }: { booking: Booking; participant: Participant },
): Promise<MailSaid | Held> {
  const session = sessionIn(asked);
  const sits = session && seatedInSession(booking, session).some(({ id }) => id === participant.id);
  if (booking.status !== 'confirmed' || !sits) return noLongerTrue('The booking is no longer confirmed.');
  const held = await heldBack({ ...asked, session }, () => mendReminders(booking.id));
  if (held) return held;
  const facts = factsFor({ ...asked, session }, participant.name, sessionToJoin(asked.course, session));
  return said(asked.message, facts, session);
}

/** To whoever booked, of a session that somebody of theirs sits in. */
export async function bookerReminder(
  { message, course: whole, sender }: Asked,
  booking: Booking,
): Promise<MailSaid | Held> {
  const course = courseOfBooking(whole, booking);
  const session = sessionIn({ message, course, sender });
  if (booking.status !== 'confirmed' || !session) return noLongerTrue('The booking is no longer confirmed.');
  const asked = { message, course, sender, session };
  const held = await heldBack(asked, () => mendReminders(booking.id));
  if (held) return held;
  const facts = factsFor(asked, booking.booker.name, sessionToTell(course, session));
  const booked = {
    places: booking.places,
    participants: seatedInSession(booking, session).map(({ name }) => name),
    manageUrl: `${sender.baseUrl}/bookings/${booking.token}`,
  };
  return said(message, { ...facts, booked }, session);
}

/** To a trainer who has agreed, of a session that they teach. */
export async function trainerReminder(asked: Asked & { detailsUrl: string }, person: Person): Promise<MailSaid | Held> {
  const session = sessionIn(asked);
  if (!session?.trainerIds.includes(person.id)) return noLongerTrue('Somebody else teaches the session.');
  if (await isAskedFor(person.id, session.id)) return noLongerTrue('The trainer has not agreed yet.');
  const sessions = asked.course.sessions.filter(({ trainerIds }) => trainerIds.includes(person.id));
  const course = { ...asked.course, sessions };
  const held = await heldBack({ ...asked, course, session }, () => mendTrainerReminders(asked.course.run.id));
  if (held) return held;
  const facts = factsFor({ ...asked, session }, person.name, sessionToJoin(course, session));
  const teaches = { expected: heldIn(asked.course.places, session) };
  return said(asked.message, { ...facts, detailsUrl: asked.detailsUrl, teaches }, session);
}

function sessionIn({ course, message }: Asked): Session | undefined {
  return course.sessions.find(({ id }) => id === message.about.sessionId);
}

/**
 * The plan is asked again at the moment of sending. What stands at another time there is another message: this one is
 * not sent, and the other is posted unless it is there already. What is too late is missed.
 */
async function heldBack(
  { message, course: { run, sessions }, session }: Told,
  mend: () => Promise<void>,
): Promise<Held | undefined> {
  if (run.status !== 'published' && run.status !== 'completed') return noLongerTrue('The run is not held.');
  const plan = remindersOf(run.reminders, sessions, await daysOffFor(run, sessions));
  const planned = plan.find(
    ({ ruleId, sessionId }) => ruleId === message.facts['ruleId'] && sessionId === message.about.sessionId,
  );
  if (!planned) return noLongerTrue('The reminder is no longer in the plan.');
  if (planned.dueAt.getTime() !== timeOf(message.facts['plannedFor'])) {
    await mend();
    return noLongerTrue('The reminder is planned for another time.');
  }
  return isReminderStillUseful(planned, session, now())
    ? undefined
    : { kind: 'not-sent', state: 'missed', reason: 'It was too late to remind.' };
}

function timeOf(instant: unknown): number | undefined {
  return instant instanceof Date ? instant.getTime() : undefined;
}

function factsFor({ course, sender }: Told, name: string, session: ReturnType<typeof sessionToJoin>) {
  return { ...seminarFacts(course, name), session, detailsUrl: `${sender.baseUrl}${pathOfRun(course.run)}` };
}

type Facts = ReturnType<typeof factsFor> & {
  booked?: { places: number; participants: string[]; manageUrl: string };
  teaches?: { expected: number };
};

function said({ kind }: ClaimedMessage, facts: Facts, session: Session): MailSaid {
  return kind === 'follow-up' ? { kind, facts } : { kind: 'reminder', facts: { ...facts, days: daysUntil(session) } };
}
