import { cancelBooking, cancelBookingsOfRun, cancelRun, changeCapacity, queueOfRun } from '../modules/booking/index.ts';
import { systemActor } from '../modules/history/index.ts';
import { changeSession } from '../modules/scheduling/index.ts';
import { inTransaction } from '../platform/database.ts';
import { places } from './places.ts';
import type { SeededRun } from './demo.types.ts';

/** What happens to a programme once it is out: a run is cancelled, a room changes, a booking is given back, a place added. */
export async function changeProgramme(runs: readonly SeededRun[]): Promise<void> {
  for (const run of runs.filter(({ demo }) => demo.state === 'cancelled')) await cancel(run);
  const [first, second, third] = runs.filter(({ demo }) => !demo.waiting && !demo.state && Number(demo.in) > 20);
  if (first) await changeSession(systemActor, first.sessionIds[0] ?? '', { location: places.hall });
  if (second) await giveBack(second);
  for (const { id, demo } of runs)
    if (demo.makeUpPlaces) await changeCapacity(systemActor, { runId: id, makeUpPlaces: demo.makeUpPlaces });
  if (third) await changeCapacity(systemActor, { runId: third.id, capacity: third.demo.capacity + 2 });
}

async function cancel({ id }: SeededRun): Promise<void> {
  await cancelRun(systemActor, { runId: id, reason: 'Die Leitung ist erkrankt. Ein neuer Termin wird gesucht.' });
  while (await inTransaction(() => cancelBookingsOfRun(id)));
}

async function giveBack({ id }: SeededRun): Promise<void> {
  const [booking] = await queueOfRun(systemActor, id);
  if (booking) await cancelBooking(systemActor, { bookingId: booking.id, reason: 'Dienst getauscht.' });
}
