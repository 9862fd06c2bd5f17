import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { notFound } from '../../platform/errors.ts';
import { reminderKinds, replaceMessages } from '../mail/index.ts';
import { runWithSessions, type Run, type Session } from '../scheduling/index.ts';
import type { Booking } from './booking.types.ts';
import { bookingsInState, bookingToTell } from './bookings.ts';
import { daysOffFor } from './days-off.ts';
import { remindersOfBooking, remindersToTrainer } from './reminder-messages.ts';
import type { DaysOff } from './reminders.rules.ts';

type Plan = { run: Run; sessions: Session[]; daysOff: DaysOff };

const pageSize = 25;

/** A run's plan as it is now, with what its reminders keep clear of. @throws not-found */
export async function planOf(runId: string): Promise<Plan> {
  const plan = await runWithSessions(runId);
  if (!plan) throw notFound('run');
  return { ...plan, daysOff: await daysOffFor(plan.run, plan.sessions) };
}

/** The reminders that the plan as it is now wants for a booking, and no others. None of what was past at `at`. */
export async function remindAnew(booking: Booking, plan: Plan, at: Date): Promise<void> {
  const wanted = booking.status === 'confirmed' && isHeld(plan.run) ? remindersOfBooking(plan, booking, at) : [];
  await replaceMessages({ bookingId: booking.id }, reminderKinds, wanted, 'plan-changed');
}

/** The same for those who teach in a run. In the open transaction. */
export async function remindTrainersAnew(runId: string, at: Date): Promise<void> {
  const plan = await planOf(runId);
  const trainers = isHeld(plan.run) ? [...new Set(plan.sessions.flatMap(({ trainerIds }) => trainerIds))] : [];
  const wanted = trainers.flatMap((personId) => remindersToTrainer(plan, personId, at));
  await replaceMessages({ trainersOf: runId }, reminderKinds, wanted, 'plan-changed');
}

/** A run's reminder plan was changed: a page of its bookings is put right; gives the number to go on after. */
export async function remindPage(
  { runId, at }: { runId: string; at: Date },
  afterNumber: number,
): Promise<number | undefined> {
  const plan = await planOf(runId);
  const page = await bookingsInState(runId, { states: ['confirmed'], afterNumber, limit: pageSize });
  for (const booking of page) await remindAnew(booking, plan, at);
  return page.length === pageSize ? page.at(-1)?.number : undefined;
}

/** Puts the reminders of one booking right, for whoever finds that one of them stands at another time than planned. */
export async function mendReminders(bookingId: string): Promise<void> {
  await inTransaction(async () => {
    const booking = (await bookingToTell(bookingId))?.booking;
    if (booking) await remindAnew(booking, await planOf(booking.runId), now());
  });
}

/** The same for those who teach in a run. */
export async function mendTrainerReminders(runId: string): Promise<void> {
  await inTransaction(() => remindTrainersAnew(runId, now()));
}

/** What comes after the last session belongs to a run that is completed by then. */
function isHeld({ status }: Run): boolean {
  return status === 'published' || status === 'completed';
}
