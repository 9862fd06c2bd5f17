import { now } from '../../platform/clock.ts';
import type { ReminderRule } from '../catalogue/index.ts';
import type { Actor } from '../history/index.ts';
import { personById } from '../people/index.ts';
import { runToPlan, sessionsOfRun, type Session } from '../scheduling/index.ts';
import { confirmedBookings } from './bookings.ts';
import type { Booking } from './booking.types.ts';
import { holidaysAround } from './days-off.ts';
import { lateBookings, type LateBooking } from './late-bookings.rules.ts';
import { remindersOf, type DaysOff, type PlannedReminder } from './reminders.rules.ts';
import { seatedInSession, sessionsOfUnits } from './units.rules.ts';

/** One mail of a plan, to whom it would go as bookings stand now. `holiday`: what it makes way for, where it is no weekend. */
export type PreviewedReminder = PlannedReminder & {
  session: Session;
  people: string[];
  isPast: boolean;
  holiday?: { de: string; en: string };
};
export type ReminderPreview = { mails: PreviewedReminder[]; late: LateBooking[] };

type Whom = { sessions: readonly Session[]; audience: PlannedReminder['audience']; name?: string | undefined };

const mostBookings = 10_000;

/** What a reminder plan would do in a run: who gets which mail when, and what late bookers would not get. @throws not-found */
export async function previewReminders(
  actor: Actor,
  { runId, reminders }: { runId: string; reminders: readonly ReminderRule[] },
): Promise<ReminderPreview> {
  const run = await runToPlan(actor, runId);
  const sessions = await sessionsOfRun(runId);
  const holidays = await holidaysAround(run, sessions);
  const daysOff = new Set(holidays.map(({ on }) => on));
  const whom = [...everybody(sessions), ...bookedIn(await confirmedBookings(runId, 0, mostBookings), sessions)];
  const found = collected(reminders, [...whom, ...(await teachingIn(sessions))], daysOff);
  const mails = [...found.values()].map(({ planned, people }): PreviewedReminder => {
    const session = sessions.find(({ id }) => id === planned.sessionId)!;
    const { movedFrom } = planned;
    const holiday = movedFrom && holidays.find(({ on }) => on === dayIn(movedFrom, session.timeZone));
    return {
      ...planned,
      session,
      people: [...people].toSorted((one, other) => one.localeCompare(other, 'de')),
      isPast: planned.dueAt <= now(),
      ...(holiday && { holiday: holiday.name }),
    };
  });
  const planned = remindersOf(reminders, sessions, daysOff).filter(({ audience }) => audience === 'participants');
  return {
    mails: mails.toSorted((one, other) => one.dueAt.getTime() - other.dueAt.getTime()),
    late: lateBookings(planned, { now: now(), startsAt: run.startsAt }),
  };
}

/** Whoever will book: the plan is shown also where nobody has booked yet. */
function everybody(sessions: readonly Session[]): Whom[] {
  return (['participants', 'bookers'] as const).map((audience) => ({ sessions, audience }));
}

function bookedIn(bookings: readonly Booking[], sessions: readonly Session[]): Whom[] {
  return bookings.flatMap((booking): Whom[] => [
    ...booking.participants.map((person): Whom => {
      const own = sessions.filter(({ moduleId }) => {
        const seat = { units: booking.units, participants: [person] };
        return seatedInSession(seat, moduleId === undefined ? {} : { moduleId }).length > 0;
      });
      return { sessions: own, audience: 'participants', name: person.name };
    }),
    { sessions: sessionsOfUnits(booking.units, sessions), audience: 'bookers', name: booking.booker.name },
  ]);
}

async function teachingIn(sessions: readonly Session[]): Promise<Whom[]> {
  const ids = [...new Set(sessions.flatMap(({ trainerIds }) => trainerIds))];
  const teachers: Whom[] = [];
  for (const id of ids) {
    const taught = sessions.filter(({ trainerIds }) => trainerIds.includes(id));
    teachers.push({ sessions: taught, audience: 'trainers', name: (await personById(id))?.name });
  }
  return teachers;
}

function collected(reminders: readonly ReminderRule[], whom: readonly Whom[], daysOff: DaysOff) {
  const found = new Map<string, { planned: PlannedReminder; people: Set<string> }>();
  for (const { sessions, audience, name } of whom)
    for (const planned of remindersOf(reminders, sessions, daysOff)) {
      if (planned.audience !== audience) continue;
      const key = `${audience} ${planned.sessionId} ${planned.dueAt.getTime()}`;
      const mail = found.get(key) ?? { planned, people: new Set<string>() };
      if (name) mail.people.add(name);
      found.set(key, mail);
    }
  return found;
}

function dayIn(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(at);
}
