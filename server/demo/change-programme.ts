import { DateTime } from 'luxon';
import { cancelBooking, cancelBookingsOfRun, cancelRun, changeCapacity, queueOfRun } from '../modules/booking/index.ts';
import { systemActor } from '../modules/history/index.ts';
import { changeSession, conflictsIn, sessionById } from '../modules/scheduling/index.ts';
import { inTransaction } from '../platform/database.ts';
import { places } from './places.ts';
import type { SeededRun } from './demo.types.ts';
import { demoZone } from './working-days.ts';

/** What happens to a programme once it is out: a run is cancelled, a room changes, a booking is given back, a place added. */
export async function changeProgramme(runs: readonly SeededRun[]): Promise<void> {
  for (const run of runs.filter(({ demo }) => demo.state === 'cancelled')) await cancel(run);
  const [first, second, third] = runs.filter(({ demo }) => !demo.waiting && !demo.state && Number(demo.in) > 20);
  if (first) await changeSession(systemActor, first.sessionIds[0] ?? '', { location: places.hall });
  if (second) await giveBack(second);
  for (const { id, demo } of runs)
    if (demo.makeUpPlaces) await changeCapacity(systemActor, { runId: id, makeUpPlaces: demo.makeUpPlaces });
  for (const run of runs) if (run.demo.openedBecause) await moveToClosedDay(run, run.demo.openedBecause);
  if (third) await changeCapacity(systemActor, { runId: third.id, capacity: third.demo.capacity + 2 });
}

async function cancel({ id }: SeededRun): Promise<void> {
  await cancelRun(systemActor, { runId: id, reason: 'Die Leitung ist erkrankt. Ein neuer Termin wird gesucht.' });
  while (await inTransaction(() => cancelBookingsOfRun(id)));
}

/** The house is closed then: planned all the same, for a reason that stays on the record. */
async function moveToClosedDay({ sessionIds: [id = ''] }: SeededRun, reason: string): Promise<void> {
  const session = await sessionById(id);
  if (!session) return;
  const [startsAt, endsAt] = [dayAfter(session.startsAt), dayAfter(session.endsAt)];
  const found = await conflictsIn({ sessions: [{ ...session, startsAt, endsAt }] });
  const conflicts = found.filter(({ isHard }) => isHard).map(({ key }) => key);
  await changeSession(systemActor, id, { startsAt, endsAt }, { override: { conflicts, reason } });
}

function dayAfter(instant: Date): Date {
  return DateTime.fromJSDate(instant, { zone: demoZone }).plus({ days: 1 }).toJSDate();
}

async function giveBack({ id }: SeededRun): Promise<void> {
  const [booking] = await queueOfRun(systemActor, id);
  if (booking) await cancelBooking(systemActor, { bookingId: booking.id, reason: 'Dienst getauscht.' });
}
