import { recordEvent, systemActor } from '../history/index.ts';
import { needsApproval } from './approval.rules.ts';
import { askApproval } from './ask-approval.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import { allocate, blockedBy, fillWindow, type Decision, type QueuedBooking } from './booking.rules.ts';
import { contingentOf, poolOf } from './contingents.rules.ts';
import { divided, divisible } from './divide-booking.ts';
import { aboutBooking, givePart, givePlaces, noteWait } from './give-places.ts';
import type { OpenRun } from './lane.ts';
import { followConfirmation } from './wish-came-true.ts';
import { hold, startWaiting } from './ledger.ts';
import { isReserved, notePassable, toLookAt, withPlacesToHave } from './reserved-queue.ts';
import { tellConfirmed, tellSittingElsewhere, tellWaiting } from './tell-booking.ts';
import { placesTakenIn, startOfUnits, wholeRun } from './units.rules.ts';

const bySystem = { kind: 'system' };

/**
 * Gives free places to those who wait, in order and by the run's policy, and writes the new bookings as decided. Called
 * at the end of whatever changed a run's places, inside its transaction; the only way to a place.
 */
export async function settle(open: OpenRun): Promise<void> {
  const blocked = open.run.policy.order === 'fill' ? await settleWindow(open) : await settleInOrder(open);
  if (isReserved(open)) notePassable(open, blocked);
  await insertJoined(open);
}

async function settleInOrder(open: OpenRun): Promise<Set<string>> {
  const blocked = open.ledger.waiting > 0 ? await promoteWaiting(open) : new Set<string>();
  const ofNewcomers = isReserved(open)
    ? allocateFor(open, queuedAll(open, open.joined, 'new'), blocked)
    : await allocateBehindAll(open);
  const queue = queuedAll(open, open.joined, 'new');
  await decideJoined(open, ofNewcomers);
  return addBlocked(open, blocked, queue, ofNewcomers);
}

/** Decides about those who wait, from the head on, page by page, until nobody could have a place that nobody ahead waits for. */
async function promoteWaiting(open: OpenRun): Promise<Set<string>> {
  const blocked = new Set<string>();
  let page = await waitingBehind(open, 0);
  for (let last = page.at(-1); last; last = page.at(-1)) {
    const queue = queuedAll(open, page, 'waiting');
    const decisions = allocateFor(open, queue, blocked);
    for (const [index, row] of page.entries()) await applyToWaiting(open, row, decisions[index]);
    addBlocked(open, blocked, queue, decisions);
    page = await waitingBehind(open, last.number, blocked);
  }
  return blocked;
}

function addBlocked(
  { run }: OpenRun,
  blocked: Set<string>,
  queue: readonly QueuedBooking[],
  decisions: readonly Decision[],
): Set<string> {
  for (const [index, booking] of queue.entries())
    for (const pool of blockedBy(booking, decisions[index], run.policy)) blocked.add(pool);
  return blocked;
}

/**
 * Where smaller bookings may go ahead, the first who wait and the newcomers are one queue. Behind a full window nobody is
 * looked at, and newcomers stand there too.
 */
async function settleWindow(open: OpenRun): Promise<Set<string>> {
  const found = open.ledger.waiting > 0 ? await firstWaiting(open, fillWindow + 1) : [];
  const window = found.slice(0, fillWindow);
  const newcomers = found.length > fillWindow ? [] : open.joined;
  const queue = [...queuedAll(open, window, 'waiting'), ...queuedAll(open, newcomers, 'new')];
  const decisions = allocateFor(open, queue, new Set());
  for (const [index, row] of window.entries()) await applyToWaiting(open, row, decisions[index]);
  const ofNewcomers = newcomers === open.joined ? decisions.slice(window.length) : await allocateBehindAll(open);
  await decideJoined(open, ofNewcomers);
  const isFull = newcomers !== open.joined;
  return isFull ? unitsWaitedFor(open) : addBlocked(open, new Set(), queue, decisions);
}

/** Newcomers stand behind everybody: what somebody still waits for is not to be had. */
async function allocateBehindAll(open: OpenRun): Promise<Decision[]> {
  return allocateFor(open, queuedAll(open, open.joined, 'new'), unitsWaitedFor(open));
}

function firstWaiting(open: OpenRun, limit: number): Promise<BookingRow[]> {
  return BookingModel.find({ runId: open.run.id, status: 'waiting', ...toLookAt(open) })
    .sort({ number: 1 })
    .limit(limit)
    .lean();
}

/** The next who wait, as many as there are free places and one; behind the head only those who could still have one. */
async function waitingBehind(open: OpenRun, number: number, blocked?: ReadonlySet<string>): Promise<BookingRow[]> {
  const { run, ledger } = open;
  const free = Math.max(0, ...ledger.units.map(({ capacity, held }) => capacity - held));
  const toHave = blocked && withPlacesToHave(ledger, blocked);
  if (toHave === 'nobody') return [];
  return BookingModel.find({
    runId: run.id,
    status: 'waiting',
    number: { $gt: number },
    ...toLookAt(open),
    ...toHave,
  })
    .sort({ number: 1 })
    .limit(isReserved(open) ? Math.max(free + 1, fillWindow) : free + 1)
    .lean();
}

/** Whether a booking from outside could have its places in the run now, behind everybody who waits there. */
export function fitsNow(open: OpenRun, row: BookingRow): boolean {
  const [decision] = allocateFor(open, queuedAll(open, [row], 'new'), unitsWaitedFor(open));
  return open.run.status === 'published' && decision?.kind === 'confirm';
}

/** Whether a newcomer would have its places at once, by the run's own policy. */
export async function hasPlacesFor(open: OpenRun, row: BookingRow): Promise<boolean> {
  const mayPass = open.run.policy.order === 'fill' && open.ledger.waiting > 0;
  const ahead = mayPass ? await firstWaiting(open, fillWindow + 1) : [];
  if (ahead.length === 0 || ahead.length > fillWindow) return fitsNow(open, row);
  const queue = [...queuedAll(open, ahead, 'waiting'), ...queuedAll(open, [row], 'new')];
  return allocateFor(open, queue, new Set()).at(-1)?.kind === 'confirm';
}

function unitsWaitedFor({ ledger }: OpenRun): Set<string> {
  const units = ledger.units.filter(({ waiting, passable }) => waiting > 0 && !passable);
  return new Set(
    units.flatMap(({ unit, contingents = [] }) => [unit, ...contingents.map(({ id }) => poolOf(unit, id))]),
  );
}

function allocateFor(open: OpenRun, queue: readonly QueuedBooking[], blocked: ReadonlySet<string>): Decision[] {
  const { run, ledger, at } = open;
  const { limit } = ledger;
  const isOpen = run.status === 'published';
  const circumstances = { now: at, startsAt: run.startsAt, isOpen, ...(limit && { limit }) };
  return allocate(ledger.units, queue, run.policy, circumstances, blocked);
}

async function applyToWaiting(open: OpenRun, row: BookingRow, decision: Decision | undefined): Promise<void> {
  if (decision?.kind === 'confirm') await givePlaces(open, row);
  else if (decision?.kind === 'part') await givePart(open, row, decision);
  else if (decision) await noteWait(open, row, decision);
}

async function decideJoined(open: OpenRun, decisions: readonly Decision[]): Promise<void> {
  for (const [index, row] of open.joined.slice(0, decisions.length).entries())
    await decide(open, row, decisions[index]);
}

/** Parts of newcomers stand in `joined` behind those they are parts of, decided already. */
async function insertJoined(open: OpenRun): Promise<void> {
  if (open.joined.length === 0) return;
  await numberPositions(open);
  await BookingModel.insertMany(open.joined, { lean: true });
  for (const row of open.joined.filter(({ status }) => status === 'confirmed')) await followConfirmation(open, row);
}

async function decide(open: OpenRun, row: BookingRow, decision: Decision | undefined): Promise<void> {
  if (decision?.kind === 'confirm' && needsApproval(row)) return holdForApproval(open, row);
  if (decision?.kind === 'part') confirmPart(open, row, decision.places);
  const confirmed = decision?.kind === 'confirm';
  row.status = confirmed ? 'confirmed' : 'waiting';
  row.answer = { ...row.answer, status: row.status };
  row.states.push({ status: row.status, at: open.at, by: bySystem });
  if (confirmed) hold(open.ledger, row);
  else startWaiting(open.ledger, row);
  if (decision && decision.kind !== 'confirm') {
    row.reason = decision.reason;
    if (decision.passes > 0) row.passes = decision.passes;
  }

  const facts = { status: row.status, places: row.places, ...(row.reason && { reason: row.reason }) };
  recordEvent(systemActor, { type: 'booking-decided', about: aboutBooking(open, row), facts });
  if (confirmed) tellConfirmed(open, row);
  else tellWaiting(open, row);
}

async function holdForApproval(open: OpenRun, row: BookingRow): Promise<void> {
  Object.assign(row, await askApproval(open, row), { answer: { ...row.answer, status: 'requested' } });
  hold(open.ledger, row);
  tellSittingElsewhere(open, row);
}

/** Of a newcomer's places, those that are free are confirmed at once, as a booking of their own. */
function confirmPart(open: OpenRun, row: BookingRow, places: number): void {
  const { part, rest } = divided(row, { places, number: open.ledger.nextNumber++ });
  delete row.seats;
  Object.assign(row, rest, { answer: { ...row.answer, places: rest.places, part: { id: String(part._id), places } } });
  part.states = [{ status: 'confirmed', at: open.at, by: bySystem }];
  open.joined.push(part);
  hold(open.ledger, part);
  const facts = { places, of: places + rest.places };
  recordEvent(systemActor, { type: 'booking-divided', about: aboutBooking(open, row), facts });
  const decided = { status: 'confirmed', places };
  recordEvent(systemActor, { type: 'booking-decided', about: aboutBooking(open, part), facts: decided });
  tellConfirmed(open, part);
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
    row.answer = { ...row.answer, status: 'waiting', position: written + joinedAhead + 1 };
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

function queuedAll(open: OpenRun, rows: readonly BookingRow[], as: 'waiting' | 'new'): QueuedBooking[] {
  return rows.map((row) => queued(open, row, as === 'waiting'));
}

function queued({ run, sessions, ledger }: OpenRun, row: BookingRow, hasWaited: boolean): QueuedBooking {
  // Somebody who sits elsewhere already takes no place, yet is answered like anybody else: only while one is free.
  const { units, placesTaken, organisation } = row;
  const contingent = contingentOf(ledger.contingents ?? [], row);
  return {
    id: String(row._id),
    units,
    demand: Math.max(1, placesTaken),
    takesIn: Object.fromEntries(units.map((unit) => [unit, placesTakenIn(row, unit)])),
    startsAt: startOfUnits(units, sessions, run.startsAt),
    hasWaited,
    passes: row.passes ?? 0,
    divisible: divisible(row),
    ...(organisation && { organisation }),
    ...(contingent && { contingent }),
  };
}
