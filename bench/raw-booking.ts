import { ObjectId, type Db, type Document, type MongoClient } from 'mongodb';
import { bookPlaces } from '../server/modules/booking/index.ts';
import { anyone } from '../server/modules/history/index.ts';
import { aPerson } from '../server/demo/builders.ts';

/** What one booking writes, read off a real one: the rows that the baseline writes again under new ids. */
export type Written = { booking: Document; events: Document[]; messages: Document[] };

export async function writesOfABooking(database: Db, runId: string): Promise<Written> {
  const { id } = await bookPlaces(anyone, { runId, booker: aPerson(), key: 'a key' });
  const booking = await database.collection('bookings').findOne({ _id: new ObjectId(id) });
  if (!booking) throw new Error('The booking is not there.');
  const events = await database.collection('events').find({ 'about.bookingId': id }).toArray();
  const messages = await database.collection('messages').find({ 'about.bookingId': id }).toArray();
  return { booking, events, messages };
}

/** The same writes in one transaction, by the raw driver: nothing read, nothing checked, nothing decided. */
export async function writeRaw(client: MongoClient, database: Db, runId: string, written: Written): Promise<void> {
  const _id = new ObjectId();
  const { requestKey: _key, ...booking } = written.booking;
  const again = (row: Document, index: number) => ({ ...row, _id: new ObjectId(), key: `${String(_id)}:${index}` });
  await client.withSession((session) =>
    session.withTransaction(
      async () => {
        const places = database.collection<{ _id: string; nextNumber: number }>('places');
        const ledger = await places.findOneAndUpdate({ _id: runId }, { $inc: { turn: 1, nextNumber: 1 } }, { session });
        const seats = [`run:${String(_id)}`];
        const row = { ...booking, _id, runId, number: ledger?.nextNumber, seats, requestKey: String(_id) };
        await database.collection('bookings').insertOne(row, { session });
        await places.updateOne({ _id: runId }, { $inc: { 'units.0.held': 1 } }, { session });
        await database.collection('events').insertMany(written.events.map(again), { session });
        await database.collection('messages').insertMany(written.messages.map(again), { session });
      },
      { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority', journal: true } },
    ),
  );
}
