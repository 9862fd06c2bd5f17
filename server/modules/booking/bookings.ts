import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { notFound } from '../../platform/errors.ts';
import { idInToken, isTokenFor, linkToken } from '../auth/index.ts';
import type { Actor, Holder } from '../history/index.ts';
import { runById, runToPlan, type Run } from '../scheduling/index.ts';
import {
  BookingModel,
  type ApprovalRow,
  type BookingRow,
  type DetailsLinkRow,
  type ParticipantRow,
} from './booking.model.ts';
import { maySee } from './booking.policy.ts';
import { isActive, mayCancelUntil, seatOf } from './booking.rules.ts';
import { courseOfBooking, detailsOf } from './booking.queries.ts';
import type { Booking, BookingStatus, Participant, QueueEntry, RunDetails } from './booking.types.ts';
import { detailsUntil, openLinks } from './details-links.rules.ts';
import { namesWanted } from './head-count.rules.ts';
import { maySubstituteAt } from './deadlines.rules.ts';
import { namesUntil } from './names.rules.ts';
import { isMakeUp } from './units.rules.ts';
import { ledgersOf } from './ledger.ts';
import { waitingAhead } from './settle.ts';
import { wishesOf, type WishStanding } from './wishes.ts';

/** Who holds the link: the only key a booker without an account needs. @throws not-found for any token but the present one */
export async function holderOf(token: string): Promise<Holder> {
  const bookingId = idInToken(token);
  const row = bookingId && (await BookingModel.findById(bookingId, { linkGeneration: 1 }).lean());
  if (!row || !isTokenFor('booking', token, row.linkGeneration)) throw notFound('booking');
  return { kind: 'holder', bookingId: String(row._id) };
}

/** What the holder of a link sees. `position`: 1 is next, only while waiting; `related`: made from each other's page. */
export type HeldBooking = {
  booking: Booking;
  position?: number;
  details: RunDetails;
  cancelUntil: Date;
  mayCancel: boolean;
  /** Whether its places may go elsewhere, names be filled in, people be swapped, and be asked for their details by a link. `until`: names are expected by then, while it is to come. */
  mayName: { places: boolean; names: boolean; people: boolean; details: boolean; until?: Date };
  related: Booking[];
  /** What of the same group was given places before, or waits for the rest of them. */
  parts: Booking[];
  /** The runs that were named together with this one, itself included, in their order. */
  wishes: WishStanding[];
};

/** The booking of a link's holder, with the run around it. @throws not-found */
export async function bookingOfHolder(actor: Holder): Promise<HeldBooking> {
  const row = await existing(actor.bookingId);
  const run = await runById(row.runId);
  if (!run) throw notFound('run');
  const position = row.status === 'waiting' ? await positionOf(row) : undefined;
  const booking = bookingOf(row);
  const details = courseOfBooking(await detailsOf(run), booking);
  return {
    booking,
    ...(position && { position }),
    details,
    cancelUntil: mayCancelUntil(details.run, row),
    mayCancel: mayCancel(details.run, row),
    mayName: mayName(details.run, row),
    related: await relatedTo(row),
    parts: await partsBeside(row),
    wishes: await wishesOf(row),
  };
}

/** @throws not-found also for whoever may not see it */
export async function bookingById(actor: Actor, id: string): Promise<Booking> {
  const row = await existing(id);
  const run = await runById(row.runId);
  if (!run || !maySee(actor, run, id)) throw notFound('booking');
  return bookingOf(row);
}

/** All bookings of a run for its coordinator: those who sit, those who wait in the order of the queue, those who left. @throws not-found */
export async function queueOfRun(actor: Actor, runId: string): Promise<QueueEntry[]> {
  await runToPlan(actor, runId);
  const bookings = await bookingsOfRun(runId);
  const confirmed = bookings.filter(({ status }) => isActive(status) && status !== 'waiting');
  const waiting = bookings.filter(({ status }) => status === 'waiting');
  const positionIn = (booking: Booking, index: number) =>
    1 + waiting.slice(0, index).filter(({ units }) => units.some((unit) => booking.units.includes(unit))).length;
  const gone = bookings.filter(({ status }) => !isActive(status));
  return [
    ...confirmed,
    ...waiting.map((booking, index) => ({ ...booking, position: positionIn(booking, index) })),
    ...gone,
  ];
}

/** Every booking of a run in the order of its number. Asks for no permission: for those inside. */
export async function bookingsOfRun(runId: string): Promise<Booking[]> {
  return (await BookingModel.find({ runId }).sort({ number: 1 }).lean()).map(bookingOf);
}

/** A page of the confirmed bookings of a run behind `afterNumber`. Asks for no permission: for reactions. */
export async function confirmedBookings(runId: string, afterNumber: number, limit: number): Promise<Booking[]> {
  const rows = await BookingModel.find({ runId, status: 'confirmed', number: { $gt: afterNumber } })
    .sort({ number: 1 })
    .limit(limit)
    .lean();
  return rows.map(bookingOf);
}

/** A page of the bookings of a run in these states behind `afterNumber`. Asks for no permission: for reactions. */
export async function bookingsInState(
  runId: string,
  page: { states: readonly BookingStatus[]; afterNumber: number; limit: number },
): Promise<Booking[]> {
  const rows = await BookingModel.find({
    runId,
    status: { $in: [...page.states] },
    number: { $gt: page.afterNumber },
  })
    .sort({ number: 1 })
    .limit(page.limit)
    .lean();
  return rows.map(bookingOf);
}

/** A booking as mails are made from it. Asks for no permission: for those inside. */
export async function bookingToTell(id: string): Promise<{ booking: Booking; position?: number } | undefined> {
  const row = await BookingModel.findById(id).lean();
  if (!row) return undefined;
  const position = row.status === 'waiting' ? await positionOf(row) : undefined;
  return { booking: bookingOf(row), ...(position && { position }) };
}

/** The bookings in which this person holds or awaits places in the run. Asks for no permission: for those inside. */
export async function bookingsSeating(runId: string, participantKey: string): Promise<Booking[]> {
  const ledger = (await ledgersOf([runId])).get(runId);
  const seats = (ledger?.units ?? []).map(({ unit }) => seatOf(unit, participantKey));
  return (await BookingModel.find({ runId, seats: { $in: seats } }).lean()).map(bookingOf);
}

export function bookingOf(row: BookingRow): Booking {
  const { _id, runId, number, status, units, places, institution, institutionId, reason, states, createdAt } = row;
  const { name, email, language } = row.booker;
  return {
    id: String(_id),
    runId,
    number,
    status,
    units,
    places,
    booker: { name, email, language },
    participants: row.participants.map(participantOf),
    ...(row.former && { former: row.former.map(participantOf) }),
    ...(row.detailsLinks && { detailsLinks: openLinks(row).map(detailsLinkOf) }),
    ...(row.group && { group: row.group }),
    ...(institution && { institution }),
    ...(institutionId && { institutionId }),
    ...(reason && { reason }),
    ...(row.lifted && { lifted: row.lifted }),
    ...(row.passes && { passes: row.passes }),
    ...(row.offer && { offeredUntil: row.offer.until }),
    ...(row.approval && { approval: approvalIn(row.approval) }),
    ...(row.splitFrom && { partOf: row.splitFrom.bookingId }),
    ...(row.wish && { wish: row.wish }),
    ...(row.freeCancellationUntil && { freeCancellationUntil: row.freeCancellationUntil }),
    states,
    createdAt,
    token: linkToken('booking', String(_id), row.linkGeneration),
  };
}

function detailsLinkOf({ _id, email, sentAt, sends }: DetailsLinkRow) {
  return { id: String(_id), email, sentAt, sends, token: linkToken('details', String(_id), 1) };
}

function approvalIn({ until, institutionId, approvers }: ApprovalRow): NonNullable<Booking['approval']> {
  const superiors = approvers.flatMap(({ name, email, deputy }) =>
    name && email ? [{ name, email, ...(deputy && { deputy }) }] : [],
  );
  return { ...(until && { until }), ...(institutionId && { institutionId }), superiors };
}

function participantOf({ _id, name, email, key, language, sitsElsewhere, elsewhere }: ParticipantRow): Participant {
  return {
    id: String(_id),
    name,
    email,
    key,
    ...(language && { language }),
    ...(sitsElsewhere && { sitsElsewhere }),
    ...(elsewhere && { elsewhere }),
  };
}

async function relatedTo({ _id, runId, familyId }: BookingRow): Promise<Booking[]> {
  if (!familyId) return [];
  const rows = await BookingModel.find({ familyId, runId, _id: { $ne: _id } })
    .sort({ number: 1 })
    .lean();
  return rows.map(bookingOf);
}

/** The other bookings that a group was divided into: the one it was, and its parts. */
async function partsBeside({ _id, runId, splitFrom, booker }: BookingRow): Promise<Booking[]> {
  const whole = splitFrom?.bookingId ?? String(_id);
  const parts = await BookingModel.find({ 'splitFrom.bookingId': whole, runId, splitFrom: { $exists: true } })
    .sort({ number: 1 })
    .lean();
  const first = splitFrom ? await BookingModel.find({ _id: whole, runId }).lean() : [];
  // A link is the key to a booking: it opens to nobody but its own booker.
  return [...first, ...parts]
    .filter((one) => String(one._id) !== String(_id) && one.booker.address === booker.address)
    .map(bookingOf);
}

async function existing(id: string): Promise<BookingRow> {
  const row = Types.ObjectId.isValid(id) ? await BookingModel.findById(id).lean() : null;
  if (!row) throw notFound('booking');
  return row;
}

async function positionOf(row: BookingRow): Promise<number> {
  return 1 + (await waitingAhead(row));
}

function mayName(run: Run, row: BookingRow): HeldBooking['mayName'] {
  const isOpen = run.status === 'published' || run.status === 'postponed';
  const places = isActive(row.status) && isOpen && !row.units.some(isMakeUp) && run.startsAt > now();
  const until = namesUntil(run);
  return {
    places,
    names: places && namesWanted(row) > 0,
    people: places && maySubstituteAt(run, now()),
    details: places && !row.group && now() < detailsUntil(run),
    ...(places && !row.group && until && until > now() && { until }),
  };
}

function mayCancel(run: Run, row: BookingRow): boolean {
  if (run.status === 'postponed') return isActive(row.status);
  return isActive(row.status) && (row.status !== 'confirmed' || now() < mayCancelUntil(run, row));
}
