import { expect } from 'chai';
import mongoose from 'mongoose';
import { startSignIn } from '../../../server/modules/auth/index.ts';
import {
  bookPlaces,
  cancelBooking,
  cancelBookingsOfRun,
  cancelRun,
  changeCapacity,
  holderOf,
  planRun,
  publishRun,
} from '../../../server/modules/booking/index.ts';
import { anyone, eventsAbout, type HistoryEvent } from '../../../server/modules/history/index.ts';
import { changeSession } from '../../../server/modules/scheduling/index.ts';
import { inTransaction } from '../../../server/platform/database.ts';
import { setClock } from '../../../server/platform/clock.ts';
import { aCoordinator, aSeminar, aSession, type Signed } from '../../support/builders.ts';
import { freshDatabase } from '../../support/hooks.ts';

const secretive = { name: 'Zyklamen Geheimrat', email: 'zyklamen.geheimrat@example.org' };
const colleague = { name: 'Malve Verschwiegen', email: 'malve.verschwiegen@example.org' };

describe('everything that happened can be read: who, when, what (promise 7)', () => {
  let coordinator: Signed;
  let events: HistoryEvent[];
  let bookingId: string;
  const startedAt = Date.now();
  const at = (hour: number) => new Date(startedAt + hour * 3_600_000);

  before(async () => {
    await freshDatabase();
    coordinator = await aCoordinator();
    const walk = await liveThrough(coordinator, at);
    bookingId = walk.bookingId;
    events = await eventsAbout({ runId: walk.runId });
  });

  it('tells the life of a run from its plan to its end', () => {
    expect(events.map(({ type }) => type)).to.include.members([
      'run-planned',
      'session-planned',
      'run-published',
      'booking-made',
      'booking-decided',
      'booking-cancelled',
      'booking-promoted',
      'capacity-changed',
      'session-moved',
      'run-cancelled',
    ]);
  });

  it('says who: the coordinator, the holder of the link, anyone, Mosaik itself', () => {
    const by = new Map(events.toReversed().map((event) => [event.type, event.by]));

    expect(by.get('run-planned')).to.deep.equal({ kind: 'person', id: coordinator.person.id });
    expect(by.get('booking-made')).to.deep.equal({ kind: 'anyone' });
    expect(by.get('booking-cancelled')).to.deep.equal({ kind: 'holder', id: bookingId });
    expect(by.get('booking-promoted')).to.deep.equal({ kind: 'system' });
  });

  it('says when, and why somebody waited', () => {
    const waited = events.find(({ facts }) => facts['status'] === 'waiting');

    expect(events.find(({ type }) => type === 'run-planned')?.at).to.deep.equal(at(0));
    expect(events.find(({ type }) => type === 'session-moved')?.at).to.deep.equal(at(3));
    expect(waited?.facts).to.include({ reason: 'no-place-free', places: 1 });
  });

  it('tells the life of a booking apart', async () => {
    const types = (await eventsAbout({ bookingId })).map(({ type }) => type);

    expect(types).to.deep.equal(['booking-made', 'booking-decided', 'booking-cancelled']);
  });
});

describe('personal data lives only where it must (promise 8)', () => {
  it('leaves no name and no address of anybody outside bookings and persons', async () => {
    await freshDatabase();
    const coordinator = await aCoordinator();
    await liveThrough(coordinator, () => new Date());
    await startSignIn({ email: coordinator.person.email });
    await startSignIn({ email: secretive.email });

    const found = await collectionsWith([secretive, colleague, coordinator.person].flatMap(traces));

    expect(found).to.have.members(['bookings', 'persons']);
  });
});

/** A run is planned, published, booked out, waited for, given back, enlarged, moved and cancelled, each an hour later. */
async function liveThrough({ actor }: Signed, at: (hour: number) => Date) {
  const seminarId = await aSeminar();
  const during = async <Result>(hour: number, act: () => Promise<Result>): Promise<Result> => {
    const restoreClock = setClock(() => at(hour));
    return act().finally(restoreClock);
  };
  const run = await during(0, () => planRun(actor, { seminarId, capacity: 1, sessions: [aSession()] }));
  await during(0, () => publishRun(actor, run.id));
  const booked = await during(1, () => bookPlaces(anyone, { runId: run.id, booker: secretive, key: 'zyklamen' }));
  await during(1, () => bookPlaces(anyone, { runId: run.id, booker: secretive, participants: [colleague] }));
  const holder = await holderOf(booked.token);
  await during(2, () => cancelBooking(holder, { bookingId: booked.id, reason: 'Dienst getauscht' }));
  await during(2, () => changeCapacity(actor, { runId: run.id, capacity: 3 }));
  const [session] = run.sessions;
  await during(3, () => changeSession(actor, session?.id ?? '', { location: 'Lernhaus Mitte, Saal, Hannover' }));
  await during(4, () => cancelRun(actor, { runId: run.id, reason: 'Zu wenige Anmeldungen' }));
  await during(4, () => inTransaction(() => cancelBookingsOfRun(run.id)));
  return { runId: run.id, bookingId: booked.id };
}

/** Name and address, as typed, in small letters, and in parts that would still tell who it is. */
function traces({ name, email }: { name: string; email: string }): string[] {
  return [name, email, email.split('@')[0] ?? email].map((text) => text.toLowerCase());
}

async function collectionsWith(words: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const collection of (await mongoose.connection.db?.collections()) ?? []) {
    const text = JSON.stringify(await collection.find().toArray()).toLowerCase();
    if (words.some((word) => text.includes(word))) found.push(collection.collectionName);
  }
  return found;
}
