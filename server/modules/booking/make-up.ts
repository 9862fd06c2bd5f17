import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { notFound } from '../../platform/errors.ts';
import type { Actor } from '../history/index.ts';
import { publicRuns, runById, sessionsOfRun, type Run, type Session } from '../scheduling/index.ts';
import { joinQueue, outcomeOf, seatsTaken } from './book-places.ts';
import { alreadyMadeUp, noMakeUpPlace, notMissed, sitsThereAlready } from './booking.errors.ts';
import { BookingModel, type BookingRow, type ParticipantRow } from './booking.model.ts';
import { mayPlan, maySee } from './booking.policy.ts';
import { listingsOf } from './booking.queries.ts';
import type { BookPlacesOutcome, RunListing } from './booking.types.ts';
import { inLaneOf, type OpenRun } from './lane.ts';
import { makeUpUnit, seatedInSession, wholeRun } from './units.rules.ts';

/** A module that somebody missed, and the runs in which it can be made up. */
export type MissedModule = {
  participant: { id: string; name: string };
  moduleId: string;
  offers: { listing: RunListing; sessions: Session[] }[];
};
export type MakeUpChoice = { bookingId: string; participantId: string; moduleId: string; runId: string };

/** The modules that the people of a booking missed and have not made up yet. @throws not-found */
export async function missedModules(actor: Actor, bookingId: string): Promise<MissedModule[]> {
  const { row, run } = await bookingToMakeUp(actor, bookingId);
  const sessions = await sessionsOfRun(run.id);
  const begun = [...new Set(sessions.filter(({ startsAt }) => startsAt <= now()).map(({ moduleId }) => moduleId))];
  const missed: MissedModule[] = [];
  for (const moduleId of begun.filter((id) => id !== undefined))
    for (const participant of seatedInSession(row, { moduleId }))
      if (!(await isMadeUp(row, participant, moduleId)))
        missed.push({
          participant: { id: String(participant._id), name: participant.name },
          moduleId,
          offers: await offersOf(run, moduleId),
        });
  return missed;
}

/**
 * Books a place in which somebody makes up a missed module in a parallel run: beside the run's own places, once for each
 * missed module. Asked for by the holder of the booking or by a coordinator. @throws not-found, not-missed,
 * already-made-up, no-make-up-place, sits-there-already
 */
export async function bookMakeUp(actor: Actor, choice: MakeUpChoice): Promise<BookPlacesOutcome> {
  const { run: from } = await bookingToMakeUp(actor, choice.bookingId);
  const missedIn = await sessionsOfRun(from.id);
  return inLaneOf(choice.runId, async (open) => {
    // Read again inside the transaction: of two who ask at once, the second sees the first.
    const { row } = await bookingToMakeUp(actor, choice.bookingId);
    const participant = row.participants.find(({ _id }) => String(_id) === choice.participantId);
    if (!participant || open.run.seminarId !== from.seminarId || open.run.id === from.id) throw notFound('run');
    refuseUnlessMissed(row, participant, { moduleId: choice.moduleId, sessions: missedIn, at: open.at });
    if (await isMadeUp(row, participant, choice.moduleId)) throw alreadyMadeUp();
    await refuseUnlessFree(open, participant, choice.moduleId);

    const joined = await joinQueue(open, wantedBy(row, participant, choice.moduleId), actor);
    return () => outcomeOf(joined);
  });
}

function refuseUnlessMissed(
  row: BookingRow,
  participant: ParticipantRow,
  { moduleId, sessions, at }: { moduleId: string; sessions: readonly Session[]; at: Date },
): void {
  const sat = seatedInSession(row, { moduleId }).includes(participant);
  const first = sessions.find((session) => session.moduleId === moduleId);
  if (row.status !== 'confirmed' || !sat || !first || first.startsAt > at) throw notMissed();
}

/** Nobody waits for such a place: there is one, or there is none. */
async function refuseUnlessFree(open: OpenRun, { key }: ParticipantRow, moduleId: string): Promise<void> {
  const unit = open.ledger.units.find((one) => one.unit === makeUpUnit(moduleId));
  const first = open.sessions.find((session) => session.moduleId === moduleId);
  const isOpen = open.run.status === 'published' && first !== undefined && first.startsAt > open.at;
  if (!unit || !isOpen || unit.held >= unit.capacity) throw noMakeUpPlace();
  const taken = await seatsTaken(open, [wholeRun, moduleId], [key]);
  if (taken.size > 0) throw sitsThereAlready();
}

function wantedBy(row: BookingRow, participant: ParticipantRow, moduleId: string) {
  const { name, email, key } = participant;
  return {
    booker: row.booker,
    people: [{ name, email, address: email.toLowerCase(), key }],
    places: 1,
    units: [makeUpUnit(moduleId)],
    makeUpOf: makeUpKey(row, participant, moduleId),
    ...(row.institution && { institution: row.institution }),
    ...(row.institutionId && { institutionId: row.institutionId }),
  };
}

function isMadeUp(row: BookingRow, participant: ParticipantRow, moduleId: string): Promise<boolean> {
  return BookingModel.exists({ makeUpOf: makeUpKey(row, participant, moduleId) }).then((found) => found !== null);
}

/** Names what is made up: the unique index on it is the last guard of "once". */
function makeUpKey({ _id }: BookingRow, participant: ParticipantRow, moduleId: string): string {
  return `${String(_id)}:${String(participant._id)}:${moduleId}`;
}

async function bookingToMakeUp(actor: Actor, bookingId: string): Promise<{ row: BookingRow; run: Run }> {
  const row = Types.ObjectId.isValid(bookingId) ? await BookingModel.findById(bookingId).lean() : null;
  const run = row && (await runById(row.runId));
  if (!row || !run || !(maySee(actor, run, bookingId) || mayPlan(actor, run))) throw notFound('booking');
  return { row, run };
}

async function offersOf({ id, seminarId }: Run, moduleId: string): Promise<MissedModule['offers']> {
  // A run whose first module has begun may still have the one that is missed.
  const runs = await publicRuns({ seminarIds: [seminarId], startsFrom: longAgo, limit: 100 });
  const listings = await listingsOf(runs.filter((run) => run.id !== id && run.endsAt > now()));
  const offers: MissedModule['offers'] = [];
  for (const listing of listings) {
    const places = listing.places.makeUp?.find((one) => one.moduleId === moduleId);
    if (!places || places.held >= places.capacity) continue;
    const sessions = (await sessionsOfRun(listing.run.id)).filter((session) => session.moduleId === moduleId);
    const [first] = sessions;
    if (first && first.startsAt > now()) offers.push({ listing, sessions });
  }
  return offers;
}

const longAgo = new Date(0);
