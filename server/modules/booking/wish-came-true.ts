import { AppError } from '../../platform/errors.ts';
import { recordEvent, systemActor } from '../history/index.ts';
import { withdrawMessages, type MessageKind } from '../mail/index.ts';
import { runById } from '../scheduling/index.ts';
import { forgetAccessNeeds } from './access-needs.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import { joinMakeUps } from './join-make-ups.ts';
import type { BookingStatus } from './booking.types.ts';
import type { OpenRun } from './lane.ts';
import { leaveQueue } from './leave-queue.ts';

/** Why a booking ended that waited in one of several runs: another of them came true. */
export const cameTrueElsewhere = 'came-true-elsewhere';

/** What a booking that waits has been promised by mail, or is about to be. */
const ofWaiting: readonly MessageKind[] = [
  'waiting-list-joined',
  'place-offered',
  'offer-reminder',
  'offer-lapsed',
  'approval-pending',
];

/** What follows in the same transaction when a booking is confirmed and written: in other bookings of the same people. */
export async function followConfirmation(open: OpenRun, row: BookingRow): Promise<void> {
  if (row.wish) open.cameTrue.push(row);
  await joinMakeUps(open, row);
}

/**
 * Takes out of the run whoever has come true in another one, before anybody is promoted: so nobody gets two of the runs
 * they named. The mail that says which one came true says this too.
 */
export async function endWishesIn(open: OpenRun): Promise<void> {
  if (open.cameTrue.length === 0) return;
  refuseIfJustJoined(open);
  const rows = await BookingModel.find({ ...stillOpen(open.cameTrue), runId: open.run.id }).lean();
  for (const row of rows) await endWish(open, row);
}

/** Whether somebody who is to be moved into this run waits in it already, by the same wish: that place in the queue is kept. */
export async function waitsThereToo({ run }: OpenRun, row: BookingRow): Promise<boolean> {
  if (!row.wish) return false;
  return (await BookingModel.exists({ ...stillOpen([row]), runId: run.id, _id: { $ne: row._id } })) !== null;
}

/** A run in which one of these still waits, or is offered places. */
export async function runOfOpenWish(cameTrue: readonly BookingRow[]): Promise<string | undefined> {
  if (cameTrue.length === 0) return undefined;
  const row = await BookingModel.findOne(stillOpen(cameTrue), { runId: 1 }).sort({ runId: 1 }).lean();
  return row?.runId;
}

const openStates: BookingStatus[] = ['requested', 'waiting', 'offered'];

function stillOpen(cameTrue: readonly BookingRow[]) {
  return {
    'wish.id': { $in: cameTrue.flatMap(({ wish }) => wish?.id ?? []) },
    wish: { $exists: true },
    status: { $in: openStates },
  };
}

/** Rather nobody is booked than somebody twice: where a place came free since it was looked for, it is looked for anew. */
function refuseIfJustJoined({ joined, cameTrue }: OpenRun): void {
  const came = new Set(cameTrue.map(({ wish }) => wish?.id));
  if (joined.some(({ wish }) => wish && came.has(wish.id)))
    throw new AppError('places-changed', 'unavailable', 'A place became free while it was being looked for.');
}

async function endWish(open: OpenRun, row: BookingRow): Promise<void> {
  const kept = open.cameTrue.find(({ wish }) => wish?.id === row.wish?.id);
  const keptRun = kept && (await runById(kept.runId));
  await leaveQueue(open, row, systemActor, cameTrueElsewhere);
  await forgetAccessNeeds(row);
  await withdrawMessages({ bookingId: String(row._id) }, ofWaiting, cameTrueElsewhere);
  recordEvent(systemActor, {
    type: 'wish-ended',
    about: { runId: open.run.id, bookingId: String(row._id), providerId: open.run.providerId },
    facts: {
      keptRunId: kept?.runId,
      keptBookingId: String(kept?._id),
      keptRunStartsAt: keptRun?.startsAt,
      rank: row.wish?.rank,
      was: row.status,
    },
  });
}
