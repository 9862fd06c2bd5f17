import { Types } from 'mongoose';
import { authorise, notFound } from '../../platform/errors.ts';
import { fingerprintOf } from '../../platform/secrets.ts';
import { linkToken } from '../auth/index.ts';
import { isContact, recordEvent, referenceTo, type Actor } from '../history/index.ts';
import { keepAccessNeeds } from './access-needs.ts';
import { addressOf } from './addresses.ts';
import { refuseUnlessAdmitted } from './admission.ts';
import {
  bookingClosed,
  fewerPlacesThanParticipants,
  groupNeedsCompanion,
  groupNeedsNames,
  keyUsedForAnotherRequest,
  runCancelled,
  samePersonTwice,
} from './booking.errors.ts';
import type { BookPlaces } from './booking.input.ts';
import { BookingModel, type BookingRow, type ParticipantRow } from './booking.model.ts';
import { normalisedName, seatOf } from './booking.rules.ts';
import type { BookPlacesOutcome } from './booking.types.ts';
import { inLaneOf, inOpenRun, type OpenRun } from './lane.ts';
import { organisationOf } from './organisations.ts';
import { seatsOf } from './seats.rules.ts';
import { refuseOverLimit } from './limits.ts';
import { makeUpUnit, placesTakenIn } from './units.rules.ts';
import { unitsToBook } from './units-to-book.ts';
import { approvalFor } from './who-approves.ts';

/** `institutionId`: for which institution one of its contacts books; the booking is its own, and not only named so. */
export type BookPlacesRequest = BookPlaces & { runId: string; key?: string; institutionId?: string };

/**
 * Books places in this one run, or joins its waiting list. The same `key` again gives the same answer and books nothing.
 * Whoever sits in the run already is not seated twice; the answer does not tell, a mail to the booker does.
 * @throws not-found, not-allowed, run-cancelled, booking-closed, same-person-twice, fewer-places-than-participants,
 * modules-not-bookable, unknown-module, module-begun, superior-required, own-superior, key-used-for-another-request
 */
export async function bookInRun(actor: Actor, request: BookPlacesRequest): Promise<BookPlacesOutcome> {
  return inLaneOf(request.runId, placing(actor, request));
}

/** The same for whoever has a transaction open already. */
export async function bookPlacesWithin(actor: Actor, request: BookPlacesRequest): Promise<BookPlacesOutcome> {
  return inOpenRun(request.runId, placing(actor, request));
}

function placing(actor: Actor, request: BookPlacesRequest) {
  const wanted = wantedBy(request);
  return async (open: OpenRun): Promise<() => BookPlacesOutcome> => {
    const earlier = wanted.requestKey && (await sameRequest(open, wanted.requestKey));
    if (earlier) return () => replayed(earlier, wanted);
    await refuseUnlessMayBook(actor, open, request);

    const units = await unitsToBook(open, request.modules);
    const approval = await approvalFor(actor, open.run, request);
    const row = await joinQueue(open, { ...wanted, units, ...(approval && { approval }) }, actor);
    await keepAccessNeeds(row, request);
    return () => outcomeOf(row);
  };
}

type Person = { name: string; email: string; address: string; key: string };
type Request = ReturnType<typeof wantedBy>;
/** What joins the queue: who, how many, and for which units. */
export type Wanted = Omit<Request, 'requestKey' | 'requestFingerprint'> &
  Partial<Pick<Request, 'requestKey' | 'requestFingerprint'>> & {
    units: readonly string[];
    familyId?: string;
    makeUpOf?: string;
    wish?: NonNullable<BookingRow['wish']>;
    approval?: NonNullable<BookingRow['approval']>;
  };

/** What a request wants of any run. @throws same-person-twice, fewer-places-than-participants, group-needs-companion */
export function wantedBy({
  runId,
  key,
  booker,
  participants,
  places,
  modules,
  institution,
  institutionId,
  alternatives,
  group,
  superior,
  deputy,
}: BookPlacesRequest) {
  const named = participants ?? (places === undefined || places === 1 || group ? [booker] : []);
  if (group && (named.length !== 1 || (places ?? 1) < 2)) throw groupNeedsCompanion();
  if (places !== undefined && places < named.length) throw fewerPlacesThanParticipants();
  const people = named.map(identified);
  if (new Set(people.map((person) => person.key)).size < people.length) throw samePersonTwice();

  const { email, address } = addressOf(booker.email);
  const request = {
    runId,
    booker,
    participants,
    places,
    modules,
    institution,
    institutionId,
    alternatives,
    group,
    superior,
    deputy,
  };
  return {
    booker: { name: booker.name, email, address, language: booker.language ?? ('de' as const) },
    people,
    places: Math.max(places ?? named.length, 1),
    ...(group && { group }),
    ...(institution && { institution }),
    ...(institutionId && { institutionId }),
    ...(key && {
      requestKey: fingerprintOf(`${runId}\n${key}`),
      requestFingerprint: fingerprintOf(JSON.stringify(request)),
    }),
  };
}

/** The booking that the same request has made before. */
export async function sameRequest({ joined }: OpenRun, requestKey: string): Promise<BookingRow | null> {
  return joined.find((row) => row.requestKey === requestKey) ?? (await BookingModel.findOne({ requestKey }).lean());
}

/** Its answer, once more. @throws key-used-for-another-request */
export function replayed(earlier: BookingRow, wanted: Pick<Request, 'requestFingerprint'>): BookPlacesOutcome {
  if (earlier.requestFingerprint !== wanted.requestFingerprint) throw keyUsedForAnotherRequest();
  return outcomeOf(earlier);
}

/** A run with one unit closes as it begins, one booked by module with the last of its modules. */
export function refuseUnlessOpen({ run, sessions, at }: OpenRun): void {
  if (run.status === 'draft') throw notFound('run');
  if (run.status === 'cancelled') throw runCancelled();
  if (run.status !== 'published' || sessions.every(({ startsAt }) => startsAt <= at)) throw bookingClosed();
}

/** Whether the run takes bookings, this one from this actor, and so many places for its institution. */
export async function refuseUnlessMayBook(actor: Actor, open: OpenRun, request: BookPlacesRequest): Promise<void> {
  const { code, institutionId } = request;
  const wanted = wantedBy(request);
  await refuseUnlessAdmitted(actor, open.run, { ...wanted, ...(code && { code }) });
  refuseUnlessOpen(open);
  if (request.group && open.run.groups !== 'head-count') throw groupNeedsNames();
  if (institutionId) authorise(isContact(actor, institutionId, 'book'));
  refuseOverLimit(open.run, wanted);
}

/** Puts a new booking behind everybody; `settle` decides what comes of it, and writes it. */
export async function joinQueue(open: OpenRun, wanted: Wanted, actor: Actor): Promise<BookingRow> {
  const row = await rowBehindAll(open, wanted);
  open.ledger.nextNumber += 1;
  open.joined.push(row);
  recordEvent(actor, {
    type: 'booking-made',
    about: { runId: open.run.id, bookingId: String(row._id), providerId: open.run.providerId },
    facts: { places: row.places, by: referenceTo(actor).kind },
  });
  return row;
}

/** A booking as it would stand behind everybody; nothing is written or counted yet. */
export async function rowBehindAll(open: OpenRun, wanted: Wanted): Promise<BookingRow> {
  const { people, places, units, ...rest } = wanted;
  const taken = await seatsTaken(
    open,
    units,
    people.map(({ key }) => key),
  );
  const participants = people.map((person) => participantOf(person, units, taken));
  const seats = seatsOf(units, participants);
  return {
    _id: new Types.ObjectId(),
    runId: open.run.id,
    number: open.ledger.nextNumber,
    status: 'waiting',
    units: [...units],
    places,
    placesTaken: Math.max(...units.map((unit) => placesTakenIn({ places, participants }, unit))),
    participants,
    ...(seats.length > 0 && { seats }),
    ...(await organisationOf(rest, open.run)),
    states: [],
    linkGeneration: 1,
    answer: { status: 'waiting' },
    createdAt: open.at,
    ...rest,
  };
}

/** The seats that these persons hold or await already in the units of the run. */
export async function seatsTaken(
  { run, ledger, joined }: OpenRun,
  units: readonly string[],
  keys: readonly string[],
): Promise<Set<string>> {
  // Whoever makes up a module here sits in it already.
  const doors = new Map(units.flatMap((unit) => keys.flatMap((key) => doorsTo(unit, key))));
  const seats = [...doors.keys()];
  // Numbers are given from 1 on: with as many given as stand in `joined`, nobody was written before them.
  const isFirst = ledger.nextNumber === joined.length + 1;
  const rows =
    isFirst || seats.length === 0
      ? []
      : await BookingModel.find({ runId: run.id, seats: { $in: seats } }, { seats: 1 }).lean();
  const held = [...rows, ...joined].flatMap((row) => row.seats ?? []);
  return new Set(held.map((seat) => doors.get(seat) ?? seat));
}

/** The seats by which a person may sit in a unit already, and the seat that stands for them. */
function doorsTo(unit: string, key: string): [seat: string, standsFor: string][] {
  const seat = seatOf(unit, key);
  return [
    [seat, seat],
    [seatOf(makeUpUnit(unit), key), seat],
  ];
}

function participantOf(
  { name, email, key }: Wanted['people'][number],
  units: readonly string[],
  taken: ReadonlySet<string>,
): ParticipantRow {
  return { _id: new Types.ObjectId(), name, email, key, ...elsewhereOf(key, units, taken) };
}

/** Where a person sits already: in all of these units, or in some. */
export function elsewhereOf(
  key: string,
  units: readonly string[],
  taken: ReadonlySet<string>,
): Pick<ParticipantRow, 'sitsElsewhere' | 'elsewhere'> {
  const elsewhere = units.filter((unit) => taken.has(seatOf(unit, key)));
  if (elsewhere.length === 0) return {};
  return elsewhere.length === units.length ? { sitsElsewhere: true } : { elsewhere };
}

export function outcomeOf({ _id, places, linkGeneration, answer }: BookingRow): BookPlacesOutcome {
  const id = String(_id);
  const { part, alternatives, ...told } = answer;
  return {
    id,
    token: linkToken('booking', id, linkGeneration),
    places,
    ...told,
    ...(part && { part: { ...part, token: linkToken('booking', part.id, 1) } }),
    ...(alternatives && {
      alternatives: alternatives.map((one) => ({ ...one, token: linkToken('booking', one.id, 1) })),
    }),
  };
}

/** Somebody with the address mail goes to, and the key by which a run knows them. */
export function identified({ name, email }: { name: string; email: string }): Person {
  return { name, ...addressOf(email), key: keyOf(name, email) };
}

/** Known by normalised address and normalised name: a school's shared mailbox may carry many persons. */
function keyOf(name: string, email: string): string {
  return fingerprintOf(`${addressOf(email).address}\n${normalisedName(name)}`);
}
