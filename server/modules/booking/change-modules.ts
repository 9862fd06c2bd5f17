import { notFound } from '../../platform/errors.ts';
import { recordEvent, referenceTo, type Holder } from '../history/index.ts';
import { elsewhereOf, joinQueue, outcomeOf, type Wanted } from './book-places.ts';
import { bookingNotActive, cancellationClosed, modulesNotBookable, noModuleLeft } from './booking.errors.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import { isActive, seatOf } from './booking.rules.ts';
import type { BookPlacesOutcome } from './booking.types.ts';
import { mayCancelNow } from './cancel-booking.ts';
import { leaveQueue } from './leave-queue.ts';
import { inLaneOf, type OpenRun } from './lane.ts';
import { recount } from './ledger.ts';
import { seatsOf } from './seats.rules.ts';
import { tellCancelled, tellModulesDropped } from './tell-booking.ts';
import { isByModule, isMakeUp, placesTakenIn, sitsElsewhereIn } from './units.rules.ts';
import { unitsToBook } from './units-to-book.ts';

/**
 * Makes the modules that a holder has booked in a run those that are wanted. What is dropped goes to whoever waits; what
 * is added is a booking of its own for the same people, behind everybody who waits, so that nobody overtakes by it.
 * Gives the new booking, if there is one. @throws not-found, booking-not-active, modules-not-bookable, no-module-left,
 * unknown-module, module-begun, cancellation-closed
 */
export async function changeModules(
  actor: Holder,
  { modules }: { modules: readonly string[] },
): Promise<{ added?: BookPlacesOutcome }> {
  const known = await BookingModel.findById(actor.bookingId, { runId: 1 }).lean();
  if (!known) throw notFound('booking');

  return inLaneOf(known.runId, async (open) => {
    if (!isByModule(open.ledger.units)) throw modulesNotBookable();
    if (modules.length === 0) throw noModuleLeft();
    const family = await familyOf(actor.bookingId);
    const [first] = family;
    if (!first) throw bookingNotActive();
    if (first.units.some(isMakeUp)) throw modulesNotBookable();

    const held = family.flatMap(({ units }) => units);
    const adding = modules.filter((unit) => !held.includes(unit));
    const units = adding.length > 0 ? await unitsToBook(open, adding) : [];
    for (const row of family) await dropModules(open, row, modules, actor);
    const added = units.length > 0 ? await addModules(open, first, units, actor) : undefined;
    return () => (added ? { added: outcomeOf(added) } : {});
  });
}

/** The active bookings of one booker that were made from each other's page, the oldest first. */
export async function familyOf(bookingId: string): Promise<BookingRow[]> {
  const row = await BookingModel.findById(bookingId).lean();
  if (!row) return [];
  const familyId = row.familyId ?? bookingId;
  const related = await BookingModel.find({ familyId, runId: row.runId }).sort({ number: 1 }).lean();
  const rows = related.some(({ _id }) => String(_id) === bookingId) ? related : [row, ...related];
  return rows.filter(({ status }) => isActive(status));
}

async function dropModules(open: OpenRun, row: BookingRow, wanted: readonly string[], actor: Holder): Promise<void> {
  const units = row.units.filter((unit) => wanted.includes(unit));
  const dropped = row.units.filter((unit) => !wanted.includes(unit));
  if (dropped.length === 0) return;
  if (!mayCancelNow(actor, open, { ...row, units: dropped })) throw cancellationClosed();
  if (units.length > 0) return shrink(open, row, { units, dropped, actor });
  await leaveQueue(open, row, actor);
  await tellCancelled(open, row, row.status === 'waiting' ? 'waiting-list-left' : 'booking-cancelled');
}

type Drop = { units: string[]; dropped: string[]; actor: Holder };

/** The booking keeps its number: with fewer wishes nobody passes those who stand before it. */
async function shrink(open: OpenRun, row: BookingRow, { units, dropped, actor }: Drop): Promise<void> {
  const participants = row.participants.map(({ sitsElsewhere, elsewhere, ...person }) => {
    const taken = new Set(
      units
        .filter((unit) => sitsElsewhereIn({ sitsElsewhere, elsewhere }, unit))
        .map((unit) => seatOf(unit, person.key)),
    );
    return { ...person, ...elsewhereOf(person.key, units, taken) };
  });
  const placesTaken = Math.max(...units.map((unit) => placesTakenIn({ places: row.places, participants }, unit)));
  const after: BookingRow = { ...row, units, participants, placesTaken, seats: seatsOf(units, participants) };
  const seats = after.seats?.length ? { $set: { seats: after.seats } } : { $unset: { seats: 1 as const } };
  await BookingModel.updateOne(
    { _id: row._id, status: row.status },
    { ...seats, $set: { ...seats.$set, units, participants, placesTaken } },
  );

  recount(open.ledger, row, after);
  recordEvent(actor, {
    type: 'modules-dropped',
    about: { runId: open.run.id, bookingId: String(row._id), providerId: open.run.providerId },
    facts: { dropped, by: referenceTo(actor).kind },
  });
  await tellModulesDropped(open, after, row, dropped);
}

async function addModules(open: OpenRun, first: BookingRow, units: string[], actor: Holder): Promise<BookingRow> {
  const familyId = first.familyId ?? String(first._id);
  if (!first.familyId) await BookingModel.updateOne({ _id: first._id }, { $set: { familyId } });
  const { booker, places, institution, institutionId, participants } = first;
  const people = participants.map(({ name, email, key }) => ({ name, email, address: email.toLowerCase(), key }));
  const wanted: Wanted = {
    booker,
    people,
    places,
    units,
    familyId,
    ...(institution && { institution }),
    ...(institutionId && { institutionId }),
  };
  return joinQueue(open, wanted, actor);
}
