import { systemActor } from '../history/index.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import { seated, seatOf } from './booking.rules.ts';
import { leaveQueue } from './leave-queue.ts';
import type { OpenRun } from './lane.ts';
import { tellCancelled } from './tell-booking.ts';
import { isMakeUp, wholeRun } from './units.rules.ts';

/** Why a booking ended that made a module up: its person has a place in the whole run now. */
export const sitsInWholeRun = 'sits-in-whole-run';

/**
 * Whoever has a place in the whole run needs none any more for making up a module of it: that booking ends, its place is
 * free, and its booker is told. In the open transaction, once the booking for the whole is confirmed and written.
 */
export async function joinMakeUps(open: OpenRun, row: BookingRow): Promise<void> {
  const places = open.ledger.units.filter(({ unit, held }) => isMakeUp(unit) && held > 0);
  if (!row.units.includes(wholeRun) || places.length === 0) return;
  const seats = seated(row).flatMap(({ key }) => places.map(({ unit }) => seatOf(unit, key)));
  const made = seats.length === 0 ? [] : await BookingModel.find({ runId: open.run.id, seats: { $in: seats } }).lean();
  for (const makeUp of made) {
    await leaveQueue(open, makeUp, systemActor, sitsInWholeRun);
    await tellCancelled(open, makeUp, 'booking-cancelled');
  }
}
