import { recordEvent, systemActor } from '../history/index.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import { allocate, type Decision, type QueuedBooking } from './booking.rules.ts';
import type { WaitingReason } from './booking.types.ts';
import type { OpenRun } from './lane.ts';
import type { Ledger } from './ledger.ts';
import { tellConfirmed, tellPromoted, tellWaiting } from './tell-booking.ts';

const bySystem = { kind: 'system' };

/**
 * Gives free places to those who wait, in order, and writes the new bookings as decided. Called at the end of whatever
 * changed a run's places, inside its transaction; the only way to a place.
 */
export async function settle(open: OpenRun): Promise<void> {
  let decisions = await settleHead(open);
  // A window that was served to its end may hide others who fit: whoever sits elsewhere took no place.
  while (decisions.servedAll) decisions = await settleHead(open);
  await insertJoined(open, decisions.byId);
}

/** Decides about a window of those who wait, and on all who join behind them; writes for those who wait. */
async function settleHead(open: OpenRun) {
  const waiting = await headOfQueue(open);
  const queue = [...waiting.map((row) => queued(row, true)), ...open.joined.map((row) => queued(row, false))];
  const byId = new Map(allocateFor(open, queue).map((decision) => [decision.id, decision]));
  for (const row of waiting) await applyToWaiting(open, row, byId.get(String(row._id)));

  const isServed = (row: BookingRow) => byId.get(String(row._id))?.kind === 'confirm';
  return { byId, servedAll: waiting.length > 0 && waiting.every(isServed) };
}

/** The waiting bookings until the free places are spoken for: nearly each takes one at least, so one more than are free. */
async function headOfQueue({ run, ledger }: OpenRun): Promise<BookingRow[]> {
  if (ledger.waiting === 0) return [];
  const free = Math.max(0, ...ledger.units.map(({ capacity, held }) => capacity - held));
  return BookingModel.find({ runId: run.id, status: 'waiting' })
    .sort({ number: 1 })
    .limit(free + 1)
    .lean();
}

function allocateFor({ run, ledger, at }: OpenRun, queue: readonly QueuedBooking[]): Decision[] {
  const circumstances = { now: at, startsAt: run.startsAt, isOpen: run.status === 'published' };
  return allocate(ledger.units, queue, run.policy, circumstances);
}

async function applyToWaiting(open: OpenRun, row: BookingRow, decision: Decision | undefined): Promise<void> {
  if (decision?.kind === 'confirm') await promote(open, row);
  else if (decision && decision.reason !== row.reason) await noteReason(open, row, decision.reason);
}

async function promote(open: OpenRun, row: BookingRow): Promise<void> {
  const state = { status: 'confirmed' as const, at: open.at, by: bySystem };
  await BookingModel.updateOne(
    { _id: row._id, status: 'waiting' },
    { $set: { status: 'confirmed' }, $unset: { reason: 1 }, $push: { states: state } },
  );
  hold(open.ledger, row);
  open.ledger.waiting -= row.places;
  recordEvent(systemActor, { type: 'booking-promoted', about: aboutBooking(open, row) });
  tellPromoted(open, row);
}

async function noteReason(open: OpenRun, row: BookingRow, reason: WaitingReason): Promise<void> {
  await BookingModel.updateOne({ _id: row._id }, { $set: { reason } });
  recordEvent(systemActor, { type: 'booking-waits', about: aboutBooking(open, row), facts: { reason } });
}

async function insertJoined(open: OpenRun, decisions: ReadonlyMap<string, Decision>): Promise<void> {
  if (open.joined.length === 0) return;
  for (const row of open.joined) decide(open, row, decisions.get(String(row._id)));
  await numberPositions(open);
  await BookingModel.insertMany(open.joined, { lean: true });
}

function decide(open: OpenRun, row: BookingRow, decision: Decision | undefined): void {
  const confirmed = decision?.kind === 'confirm';
  row.status = confirmed ? 'confirmed' : 'waiting';
  row.answer = { status: row.status };
  row.states.push({ status: row.status, at: open.at, by: bySystem });
  if (confirmed) hold(open.ledger, row);
  else open.ledger.waiting += row.places;
  if (decision?.kind === 'wait') row.reason = decision.reason;

  const facts = { status: row.status, places: row.places, ...(row.reason && { reason: row.reason }) };
  recordEvent(systemActor, { type: 'booking-decided', about: aboutBooking(open, row), facts });
  if (confirmed) tellConfirmed(open, row);
  else tellWaiting(open, row);
}

/** The position that the answer tells: how many bookings wait ahead, and one. */
async function numberPositions({ run, joined }: OpenRun): Promise<void> {
  const waiting = joined.filter(({ status }) => status === 'waiting');
  if (waiting.length === 0) return;
  const ahead = await BookingModel.countDocuments({ runId: run.id, status: 'waiting' });
  waiting.forEach((row, index) => {
    row.answer = { status: 'waiting', position: ahead + index + 1 };
  });
}

function hold(ledger: Ledger, row: BookingRow): void {
  for (const unit of ledger.units) if (row.units.includes(unit.unit)) unit.held += row.placesTaken;
}

function queued(row: BookingRow, hasWaited: boolean): QueuedBooking {
  // Somebody who sits elsewhere already takes no place, yet is answered like anybody else: only while one is free.
  const { units, placesTaken } = row;
  return { id: String(row._id), units, demand: Math.max(1, placesTaken), takes: placesTaken, hasWaited };
}

function aboutBooking({ run }: OpenRun, row: BookingRow) {
  return { runId: run.id, seminarId: run.seminarId, providerId: run.providerId, bookingId: String(row._id) };
}
