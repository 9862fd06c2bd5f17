import { Types } from 'mongoose';
import { notFound } from '../../platform/errors.ts';
import { recordEvent, referenceTo, type Actor } from '../history/index.ts';
import { bookingNotWaiting } from './booking.errors.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import { mayPlan } from './booking.policy.ts';
import { aboutBooking } from './give-places.ts';
import { inLaneOf, type OpenRun } from './lane.ts';
import { numberWith } from './priority.rules.ts';

type Lift = { bookingId: string; priority?: number | undefined; reason: string };

/**
 * Lets a waiting booking stand before others, by its priority and then its turn; without one, in its turn again. Why is on
 * the record. Places that are free go out by the new order at once. @throws not-found, booking-not-waiting
 */
export async function setPriority(actor: Actor, { bookingId, ...wish }: Lift): Promise<void> {
  const known = Types.ObjectId.isValid(bookingId) ? await BookingModel.findById(bookingId, { runId: 1 }).lean() : null;
  if (!known) throw notFound('booking');
  await inLaneOf(known.runId, async (open) => {
    const row = await BookingModel.findById(bookingId).lean();
    if (!row || !mayPlan(actor, open.run)) throw notFound('booking');
    if (row.status !== 'waiting') throw bookingNotWaiting();
    await lift(actor, open, row, wish);
    return () => undefined;
  });
}

async function lift(actor: Actor, open: OpenRun, row: BookingRow, { priority, reason }: Omit<Lift, 'bookingId'>) {
  const turn = row.lifted?.turn ?? row.number;
  const number = numberWith(turn, priority);
  const change = { at: open.at, from: row.number, to: number };
  const lifted = { turn, priority, reason, at: open.at, by: referenceTo(actor) };
  await BookingModel.updateOne(
    { _id: row._id, status: 'waiting' },
    {
      $set: { number, ...(priority !== undefined && { lifted }) },
      ...(priority === undefined && { $unset: { lifted: 1 } }),
      $push: { lifts: change },
    },
  );
  recordEvent(actor, {
    type: priority === undefined ? 'booking-priority-withdrawn' : 'booking-lifted',
    about: aboutBooking(open, row),
    facts: { ...(priority !== undefined && { priority }), reason },
  });
}
