import { Types } from 'mongoose';
import { notFound } from '../../platform/errors.ts';
import { fingerprintOf } from '../../platform/secrets.ts';
import { linkToken } from '../auth/index.ts';
import { seminarById } from '../catalogue/index.ts';
import { recordEvent, referenceTo, type Actor } from '../history/index.ts';
import { parseAddress } from '../mail/index.ts';
import {
  bookingClosed,
  fewerPlacesThanParticipants,
  keyUsedForAnotherRequest,
  modulesNotBookable,
  runCancelled,
  samePersonTwice,
} from './booking.errors.ts';
import type { BookPlaces } from './booking.input.ts';
import { BookingModel, type BookingRow, type ParticipantRow } from './booking.model.ts';
import { normalisedName } from './booking.rules.ts';
import type { BookPlacesOutcome } from './booking.types.ts';
import { inLaneOf, type OpenRun } from './lane.ts';

type BookPlacesRequest = BookPlaces & { runId: string; key?: string };

/**
 * Books places in a run, or joins its waiting list. The same `key` again gives the same answer and books nothing.
 * Whoever sits in the run already is not seated twice; the answer does not tell, a mail to the booker does.
 * @throws not-found, run-cancelled, booking-closed, same-person-twice, fewer-places-than-participants,
 * modules-not-bookable, key-used-for-another-request
 */
export async function bookPlaces(actor: Actor, request: BookPlacesRequest): Promise<BookPlacesOutcome> {
  const wanted = wantedBy(request);
  return inLaneOf(request.runId, async (open) => {
    const earlier = wanted.requestKey && (await sameRequest(open, wanted.requestKey));
    if (earlier) return () => replayed(earlier, wanted);
    refuseUnlessOpen(open);
    await refusePartOfCourse(open, request);

    const row = await joinQueue(open, wanted, actor);
    return () => outcomeOf(row);
  });
}

type Wanted = ReturnType<typeof wantedBy>;

function wantedBy({ runId, key, booker, participants, places, modules, institution }: BookPlacesRequest) {
  const named = participants ?? (places === undefined || places === 1 ? [booker] : []);
  if (places !== undefined && places < named.length) throw fewerPlacesThanParticipants();
  const people = named.map(({ name, email }) => ({ name, ...addressOf(email), key: keyOf(name, email) }));
  if (new Set(people.map((person) => person.key)).size < people.length) throw samePersonTwice();

  const { email, address } = addressOf(booker.email);
  const request = { runId, booker, participants, places, modules, institution };
  return {
    booker: { name: booker.name, email, address, language: booker.language ?? ('de' as const) },
    people,
    places: Math.max(places ?? named.length, 1),
    ...(institution && { institution }),
    ...(key && {
      requestKey: fingerprintOf(`${runId}\n${key}`),
      requestFingerprint: fingerprintOf(JSON.stringify(request)),
    }),
  };
}

async function sameRequest({ joined }: OpenRun, requestKey: string): Promise<BookingRow | null> {
  return joined.find((row) => row.requestKey === requestKey) ?? (await BookingModel.findOne({ requestKey }).lean());
}

function replayed(earlier: BookingRow, wanted: Wanted): BookPlacesOutcome {
  if (earlier.requestFingerprint !== wanted.requestFingerprint) throw keyUsedForAnotherRequest();
  return outcomeOf(earlier);
}

function refuseUnlessOpen({ run, at }: OpenRun): void {
  if (run.status === 'draft') throw notFound('run');
  if (run.status === 'cancelled') throw runCancelled();
  if (run.status !== 'published' || run.startsAt <= at) throw bookingClosed();
}

/** A course is booked as a whole: whoever names modules names all of them. */
async function refusePartOfCourse({ run }: OpenRun, { modules = [] }: BookPlacesRequest): Promise<void> {
  if (modules.length === 0) return;
  const seminar = await seminarById(run.seminarId);
  if (!seminar?.modules.every(({ id }) => modules.includes(id))) throw modulesNotBookable();
}

async function joinQueue(open: OpenRun, wanted: Wanted, actor: Actor): Promise<BookingRow> {
  const { people, places, ...rest } = wanted;
  const taken = await seatsTaken(
    open,
    people.map(({ key }) => key),
  );
  const participants = people.map((person) => participantOf(person, taken));
  const seats = participants.filter(({ sitsElsewhere }) => !sitsElsewhere).map(({ key }) => seatOf(key));
  const _id = new Types.ObjectId();
  const row: BookingRow = {
    _id,
    runId: open.run.id,
    number: open.ledger.nextNumber++,
    status: 'waiting',
    units: open.ledger.units.map(({ unit }) => unit),
    places,
    placesTaken: places - (participants.length - seats.length),
    participants,
    ...(seats.length > 0 && { seats }),
    states: [],
    linkGeneration: 1,
    answer: { status: 'waiting' },
    createdAt: open.at,
    ...rest,
  };
  open.joined.push(row);
  recordEvent(actor, {
    type: 'booking-made',
    about: { runId: open.run.id, bookingId: String(_id), providerId: open.run.providerId },
    facts: { places, by: referenceTo(actor).kind },
  });
  return row;
}

/** Of these persons, the keys of those who hold or await a place in the run. */
async function seatsTaken({ run, joined }: OpenRun, keys: readonly string[]): Promise<Set<string>> {
  const seats = keys.map(seatOf);
  const rows =
    seats.length === 0 ? [] : await BookingModel.find({ runId: run.id, seats: { $in: seats } }, { seats: 1 }).lean();
  return new Set([...rows, ...joined].flatMap((row) => row.seats ?? []));
}

function participantOf(person: Wanted['people'][number], taken: ReadonlySet<string>): ParticipantRow {
  const { name, email, key } = person;
  const elsewhere = taken.has(seatOf(key));
  return { _id: new Types.ObjectId(), name, email, key, ...(elsewhere && { sitsElsewhere: true }) };
}

export function outcomeOf({ _id, places, linkGeneration, answer }: BookingRow): BookPlacesOutcome {
  const id = String(_id);
  return { id, token: linkToken('booking', id, linkGeneration), places, ...answer };
}

function seatOf(key: string): string {
  return `run:${key}`;
}

/** Known by normalised address and normalised name: a school's shared mailbox may carry many persons. */
function keyOf(name: string, email: string): string {
  return fingerprintOf(`${addressOf(email).address}\n${normalisedName(name)}`);
}

function addressOf(text: string): { email: string; address: string } {
  const parsed = parseAddress(text);
  return parsed.ok
    ? { email: parsed.address, address: parsed.normalised }
    : { email: text, address: text.toLowerCase() };
}
