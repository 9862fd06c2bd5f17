import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { recordEvent, systemActor } from '../history/index.ts';
import { postMessage } from '../mail/index.ts';
import { runsWithNamesDeadline, type Run } from '../scheduling/index.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import { namesWanted } from './head-count.rules.ts';
import { dayIn, isToBeAsked } from './names.rules.ts';

/** The sweep: asks the bookers of places without names for them, each once a day at most, and not every day. */
export async function askForNames(): Promise<void> {
  const at = now();
  for (const run of await runsWithNamesDeadline())
    for (const row of await unnamedIn(run.id))
      if (isToBeAsked(run, row.namesAskedOn ?? dayIn(row.createdAt, run.timeZone), at)) await ask(run, row);
}

/** The confirmed bookings of a run in which places have no name, in the order of their numbers. */
export async function unnamedIn(runId: string): Promise<BookingRow[]> {
  const rows = await BookingModel.find({ runId, status: 'confirmed' }).sort({ number: 1 }).lean();
  // A group that comes by the number of heads has no names to give.
  return rows.filter((row) => !row.group && namesWanted(row) > 0);
}

async function ask({ id: runId, timeZone, providerId }: Run, { _id, namesAskedOn }: BookingRow): Promise<void> {
  const today = dayIn(now(), timeZone);
  const bookingId = String(_id);
  await inTransaction(async () => {
    // Of two sweeps at once the second finds the day that the first one wrote.
    const { modifiedCount } = await BookingModel.updateOne(
      { _id, runId, status: 'confirmed', namesAskedOn: namesAskedOn ?? { $exists: false } },
      { $set: { namesAskedOn: today } },
    );
    if (modifiedCount === 0) return;
    const key = `names-missing:${bookingId}:${runId}:${today}`;
    postMessage({ key, kind: 'names-missing', to: { bookingId }, about: { runId, bookingId } });
    recordEvent(systemActor, { type: 'names-asked', about: { runId, bookingId, providerId } });
  });
}
