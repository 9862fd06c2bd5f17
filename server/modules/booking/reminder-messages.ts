import type { NewMessage, Recipient } from '../mail/index.ts';
import type { Run, Session } from '../scheduling/index.ts';
import type { BookingRow, ParticipantRow } from './booking.model.ts';
import { remindersToCome, type DaysOff, type PlannedReminder } from './reminders.rules.ts';
import { seatedInSession, sessionsOfUnits } from './units.rules.ts';

/** A run's plan as reminders are made from it. */
export type ReminderPlan = { run: Pick<Run, 'id' | 'reminders'>; sessions: readonly Session[]; daysOff: DaysOff };

type Person = { id: string; email: string; sitsElsewhere?: true; elsewhere?: readonly string[] };
/** A booking as far as reminders know it. `number`: its place in the queue, another one in another run. */
export type Reminded = {
  id: string;
  number: number;
  units: readonly string[];
  participants: readonly Person[];
  booker: { email: string };
};

/** A booking's row as reminders know it. */
export function remindedOf(row: BookingRow, people: readonly ParticipantRow[] = row.participants): Reminded {
  const participants = people.map(({ _id, ...person }) => ({ ...person, id: String(_id) }));
  return { id: String(row._id), number: row.number, units: row.units, participants, booker: row.booker };
}

/** The reminders to come of a booking: to each who sits in a session, and to whoever booked. */
export function remindersOfBooking(plan: ReminderPlan, booking: Reminded, at: Date): NewMessage[] {
  return [...remindersToParticipants(plan, booking, at), ...remindersToBooker(plan, booking, at)];
}

/** Those to some of the participants, or to all of them. */
export function remindersToParticipants(
  plan: ReminderPlan,
  booking: Reminded,
  at: Date,
  people = booking.participants,
): NewMessage[] {
  return people
    .filter(({ sitsElsewhere }) => !sitsElsewhere)
    .flatMap((person) =>
      remindersToCome(plan.run.reminders, sessionsOf(plan, booking, person), at, plan.daysOff)
        .filter(({ audience }) => audience === 'participants')
        .map((reminder) =>
          messageOf(plan, reminder, { name: person.id, to: { bookingId: booking.id, participantId: person.id } }),
        ),
    );
}

/** Whoever booked is not told twice of what they are told as a participant at the same moment. */
function remindersToBooker(plan: ReminderPlan, booking: Reminded, at: Date): NewMessage[] {
  if (!plan.run.reminders.some(({ audience }) => audience === 'bookers')) return [];
  const sessions = sessionsOfUnits(booking.units, plan.sessions);
  const own = booking.participants.filter(({ email }) => email.toLowerCase() === booking.booker.email.toLowerCase());
  const told = new Set(remindersToParticipants(plan, booking, at, own).map(momentOf));
  const to = { name: `${booking.id}/${booking.number}`, to: { bookingId: booking.id } };
  return remindersToCome(plan.run.reminders, sessions, at, plan.daysOff)
    .filter(({ audience }) => audience === 'bookers')
    .map((reminder) => messageOf(plan, reminder, to))
    .filter((message) => !told.has(momentOf(message)));
}

/** The reminders to come of a trainer, of the sessions that they teach. */
export function remindersToTrainer(plan: ReminderPlan, personId: string, at: Date): NewMessage[] {
  const taught = plan.sessions.filter(({ trainerIds }) => trainerIds.includes(personId));
  return remindersToCome(plan.run.reminders, taught, at, plan.daysOff)
    .filter(({ audience }) => audience === 'trainers')
    .map((reminder) => messageOf(plan, reminder, { name: `${plan.run.id}/${personId}`, to: { personId } }));
}

/** The sessions in which this person sits through this booking. */
function sessionsOf({ sessions }: ReminderPlan, { units }: Reminded, person: Person): Session[] {
  return sessions.filter((session) => seatedInSession({ units, participants: [person] }, session).length > 0);
}

/** Known by whom, what and when: one that moves to another time is another message. */
function messageOf(
  { run }: ReminderPlan,
  { ruleId, sessionId, after, dueAt }: PlannedReminder,
  { name, to }: { name: string; to: Recipient },
): NewMessage {
  const kind = after ? 'follow-up' : 'reminder';
  const about = { runId: run.id, sessionId, ...('bookingId' in to && { bookingId: to.bookingId }) };
  const key = `${kind}:${name}:${sessionId}:${ruleId}:${dueAt.getTime()}`;
  return { key, kind, to, about, facts: { ruleId, plannedFor: dueAt }, dueAt };
}

function momentOf({ about, dueAt }: NewMessage): string {
  return `${about.sessionId} ${dueAt?.getTime()}`;
}
