import { recordEvent, systemActor } from '../history/index.ts';
import { needsApproval } from './approval.rules.ts';
import { askApprovalOf } from './ask-approval.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import type { Decision } from './booking.rules.ts';
import { divided } from './divide-booking.ts';
import { followConfirmation } from './wish-came-true.ts';
import type { OpenRun } from './lane.ts';
import { hold, stopWaiting } from './ledger.ts';
import { deadlineOf, noteOffer, offerPlaces } from './offer-places.ts';
import { tellPromoted } from './tell-booking.ts';

const bySystem = { kind: 'system' };
type Part = Extract<Decision, { kind: 'part' }>;
type Wait = Extract<Decision, { kind: 'wait' }>;

/** Gives somebody who waits the places: confirmed at once or offered, as the run says, or held until they are approved. */
export async function givePlaces(open: OpenRun, row: BookingRow): Promise<void> {
  hold(open.ledger, row);
  stopWaiting(open.ledger, row);
  if (open.run.policy.promotion === 'offer') await offerPlaces(open, row);
  else if (needsApproval(row)) await askApprovalOf(open, row);
  else await promote(open, row);
}

async function promote(open: OpenRun, row: BookingRow): Promise<void> {
  const state = { status: 'confirmed' as const, at: open.at, by: bySystem };
  await BookingModel.updateOne(
    { _id: row._id, status: 'waiting' },
    { $set: { status: 'confirmed' }, $unset: { reason: 1 }, $push: { states: state } },
  );
  recordEvent(systemActor, { type: 'booking-promoted', about: aboutBooking(open, row) });
  tellPromoted(open, row);
  await followConfirmation(open, row);
}

/** Gives a group that waits some of its places, as a booking of its own; the rest waits on under its number. */
export async function givePart(open: OpenRun, row: BookingRow, { places, reason }: Part): Promise<void> {
  const { part, rest } = divided(row, { places, number: open.ledger.nextNumber++ });
  const { participants, placesTaken, seats } = rest;
  const set = { places: rest.places, participants, placesTaken, reason };
  // First the rest lets go of the seats, then the part takes them: the index knows each of them once.
  await BookingModel.updateOne(
    { _id: row._id, status: 'waiting' },
    seats ? { $set: { ...set, seats } } : { $set: set, $unset: { seats: 1 } },
  );
  hold(open.ledger, part);
  stopWaiting(open.ledger, part);
  const facts = { places, of: row.places, reason };
  recordEvent(systemActor, { type: 'booking-divided', about: aboutBooking(open, row), facts });
  await insertPart(open, part);
}

async function insertPart(open: OpenRun, part: BookingRow): Promise<void> {
  const isOffered = open.run.policy.promotion === 'offer';
  part.status = isOffered ? 'offered' : 'confirmed';
  part.states = [...part.states, { status: part.status, at: open.at, by: bySystem }];
  if (!isOffered) {
    recordEvent(systemActor, { type: 'booking-promoted', about: aboutBooking(open, part) });
    tellPromoted(open, part);
  } else {
    const { until, remindAt } = await deadlineOf(open, part);
    part.offer = { until };
    noteOffer(open, part, remindAt);
  }
  await BookingModel.insertMany([part], { lean: true });
  if (!isOffered) await followConfirmation(open, part);
}

/** Keeps why somebody waits on, and how often others went ahead, when either has changed. */
export async function noteWait(open: OpenRun, row: BookingRow, { reason, passes }: Wait): Promise<void> {
  if (reason === row.reason && passes === (row.passes ?? 0)) return;
  await BookingModel.updateOne({ _id: row._id }, { $set: { reason, ...(passes > 0 && { passes }) } });
  const facts = { reason, ...(passes > 0 && { passes }) };
  recordEvent(systemActor, { type: 'booking-waits', about: aboutBooking(open, row), facts });
}

export function aboutBooking({ run }: OpenRun, row: BookingRow) {
  return { runId: run.id, seminarId: run.seminarId, providerId: run.providerId, bookingId: String(row._id) };
}
