import { expect } from 'chai';
import { placesOfRuns, queueOfRun, type PlacesOfRun, type QueueEntry } from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { verifyPromises } from '../../server/modules/reports/index.ts';
import { bookedIn, type Answer } from './drill-client.ts';

/** A run after a drill: its places as counted, and every booking by its number. */
export type RunAfterwards = { places: PlacesOfRun; bookings: QueueEntry[] };

export async function runAfterwards(runId: string): Promise<RunAfterwards> {
  const places = (await placesOfRuns([runId])).get(runId);
  if (!places) throw new Error('The run has no places.');
  const bookings = await queueOfRun(systemActor, runId);
  return { places, bookings: bookings.toSorted((one, other) => one.number - other.number) };
}

export function placesConfirmed({ bookings }: RunAfterwards): number {
  return bookings.filter(({ status }) => status === 'confirmed').reduce((sum, { places }) => sum + places, 0);
}

/** What must have come of bookings that nobody cancelled: decided here a second time, without Mosaik's rule. */
export function expectServedInOrder({ places, bookings }: RunAfterwards): void {
  let free = places.capacity;
  let waitingPlaces = 0;
  for (const booking of bookings) {
    const fits = waitingPlaces === 0 && booking.places <= free;
    expect(booking.status, `booking ${booking.number} for ${booking.places}`).to.equal(fits ? 'confirmed' : 'waiting');
    if (fits) free -= booking.places;
    else waitingPlaces += booking.places;
  }
  expect(places.held, 'places held').to.equal(places.capacity - free);
  expect(places.waiting, 'places waited for').to.equal(waitingPlaces);
}

/** Everybody got an answer, and it says what is stored. */
export function expectAnswersAgree({ bookings }: RunAfterwards, answers: readonly Answer[]): void {
  const told = new Map(answers.map((answer) => [bookedIn(answer).id, bookedIn(answer)]));
  expect(told.size, 'bookings told of').to.equal(bookings.length);
  for (const { id, status, places, position } of bookings)
    expect(told.get(id)).to.include({ status, places, ...(position !== undefined && { position }) });
}

/** `npm run mosaik -- verify` finds nothing, in any run. */
export async function expectPromisesKept(): Promise<void> {
  const { runs, broken } = await verifyPromises();
  expect(broken).to.deep.equal([]);
  expect(runs).to.be.greaterThan(0);
}
