import { recordEvent, systemActor } from '../history/index.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import { allocate, type Decision, type QueuedBooking } from './booking.rules.ts';
import type { WaitingReason } from './booking.types.ts';
import type { OpenRun } from './lane.ts';
import { joinMakeUps } from './join-make-ups.ts';
import { hold, startWaiting, stopWaiting } from './ledger.ts';
import { tellConfirmed, tellPromoted, tellWaiting } from './tell-booking.ts';
import { placesTakenIn, startOfUnits, wholeRun } from './units.rules.ts';

const bySystem = { kind: 'system' };

/**
 * Gives free places to those who wait, in order, and writes the new bookings as decided. Called at the end of whatever
 * changed a run's places, inside its transaction; the only way to a place.
 */
export async function settle(open: OpenRun): Promise<void> {
  if (open.ledger.waiting > 0) await promoteWaiting(open);
  await insertJoined(open);
}

/** Decides about those who wait, from the head on, page by page, until no unit has a place that nobody ahead waits for. */
async function promoteWaiting(open: OpenRun): Promise<void> {
  const blocked = new Set<string>();
  let page = await waitingBehind(open, 0);
  for (let last = page.at(-1); last; last = page.at(-1)) {
    const decisions = allocateFor(open, { rows: page, hasWaited: true, blocked });
    for (const [index, row] of page.entries()) {
      const decision = decisions[index];
      await applyToWaiting(open, row, decision);
      if (decision?.kind !== 'confirm') for (const unit of row.units) blocked.add(unit);
    }
    page = await waitingBehind(open, last.number, blocked);
  }
}

/** The next who wait, as many as there are free places and one; behind the head only those who want a unit still to be had. */
async function waitingBehind(
  { run, ledger }: OpenRun,
  number: number,
  blocked?: ReadonlySet<string>,
): Promise<BookingRow[]> {
  const free = Math.max(0, ...ledger.units.map(({ capacity, held }) => capacity - held));
  const toBeHad = ledger.units.filter(({ unit, capacity, held }) => capacity > held && !blocked?.has(unit));
  if (blocked && toBeHad.length === 0) return [];
  return BookingModel.find({
    runId: run.id,
    status: 'waiting',
    number: { $gt: number },
    ...(blocked && { units: { $in: toBeHad.map(({ unit }) => unit) } }),
  })
    .sort({ number: 1 })
    .limit(free + 1)
    .lean();
}

/** Whether a booking from outside could have its places in the run now, behind everybody who waits there. */
export function fitsNow(open: OpenRun, row: BookingRow): boolean {
  const awaited = unitsWaitedFor(open);
  const [decision] = allocateFor(open, { rows: [row], hasWaited: false, blocked: awaited });
  return open.run.status === 'published' && decision?.kind === 'confirm';
}

function unitsWaitedFor({ ledger }: OpenRun): Set<string> {
  return new Set(ledger.units.filter(({ waiting }) => waiting > 0).map(({ unit }) => unit));
}

type Queue = { rows: readonly BookingRow[]; hasWaited: boolean; blocked: ReadonlySet<string> };

function allocateFor(open: OpenRun, { rows, hasWaited, blocked }: Queue): Decision[] {
  const { run, ledger, at } = open;
  const circumstances = { now: at, startsAt: run.startsAt, isOpen: run.status === 'published' };
  const queue = rows.map((row) => queued(open, row, hasWaited));
  return allocate(ledger.units, queue, run.policy, circumstances, blocked);
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
  stopWaiting(open.ledger, row);
  recordEvent(systemActor, { type: 'booking-promoted', about: aboutBooking(open, row) });
  tellPromoted(open, row);
  await joinMakeUps(open, row);
}

async function noteReason(open: OpenRun, row: BookingRow, reason: WaitingReason): Promise<void> {
  await BookingModel.updateOne({ _id: row._id }, { $set: { reason } });
  recordEvent(systemActor, { type: 'booking-waits', about: aboutBooking(open, row), facts: { reason } });
}

/** Newcomers stand behind everybody: what somebody still waits for is not to be had. */
async function insertJoined(open: OpenRun): Promise<void> {
  const { joined } = open;
  if (joined.length === 0) return;
  const awaited = unitsWaitedFor(open);
  const decisions = allocateFor(open, { rows: joined, hasWaited: false, blocked: awaited });
  for (const [index, row] of joined.entries()) decide(open, row, decisions[index]);
  await numberPositions(open);
  await BookingModel.insertMany(joined, { lean: true });
  for (const row of joined.filter(({ status }) => status === 'confirmed')) await joinMakeUps(open, row);
}

function decide(open: OpenRun, row: BookingRow, decision: Decision | undefined): void {
  const confirmed = decision?.kind === 'confirm';
  row.status = confirmed ? 'confirmed' : 'waiting';
  row.answer = { status: row.status };
  row.states.push({ status: row.status, at: open.at, by: bySystem });
  if (confirmed) hold(open.ledger, row);
  else startWaiting(open.ledger, row);
  if (decision?.kind === 'wait') row.reason = decision.reason;

  const facts = { status: row.status, places: row.places, ...(row.reason && { reason: row.reason }) };
  recordEvent(systemActor, { type: 'booking-decided', about: aboutBooking(open, row), facts });
  if (confirmed) tellConfirmed(open, row);
  else tellWaiting(open, row);
}

/** The position that the answer tells: how many bookings wait ahead for any of the same units, and one. */
async function numberPositions({ joined }: OpenRun): Promise<void> {
  const waiting = joined.filter(({ status }) => status === 'waiting');
  const ahead = new Map<string, number>();
  for (const [index, row] of waiting.entries()) {
    const units = row.units.join();
    // None of those who join is written yet, so the database says the same to all who want the same.
    const written = ahead.get(units) ?? (await waitingAhead(row));
    ahead.set(units, written);
    const joinedAhead = waiting.slice(0, index).filter((other) => sharesUnit(other, row)).length;
    row.answer = { status: 'waiting', position: written + joinedAhead + 1 };
  }
}

/** How many bookings wait with a smaller number for any of the same units. */
export function waitingAhead({ runId, units, number }: BookingRow): Promise<number> {
  // Whoever waits for the whole run waits behind everybody: the index alone can count them.
  const sameUnits = units.includes(wholeRun) ? {} : { units: { $in: units } };
  return BookingModel.countDocuments({ runId, status: 'waiting', number: { $lt: number }, ...sameUnits });
}

function sharesUnit(one: BookingRow, other: BookingRow): boolean {
  return one.units.some((unit) => other.units.includes(unit));
}

function queued({ run, sessions }: OpenRun, row: BookingRow, hasWaited: boolean): QueuedBooking {
  // Somebody who sits elsewhere already takes no place, yet is answered like anybody else: only while one is free.
  const { units, placesTaken } = row;
  return {
    id: String(row._id),
    units,
    demand: Math.max(1, placesTaken),
    takesIn: Object.fromEntries(units.map((unit) => [unit, placesTakenIn(row, unit)])),
    startsAt: startOfUnits(units, sessions, run.startsAt),
    hasWaited,
  };
}

function aboutBooking({ run }: OpenRun, row: BookingRow) {
  return { runId: run.id, seminarId: run.seminarId, providerId: run.providerId, bookingId: String(row._id) };
}
