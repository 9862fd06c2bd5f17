import { setTimeout as pause } from 'node:timers/promises';
import { BookingModel } from '../../../server/modules/booking/booking.model.ts';
import { databaseClient } from '../../../server/platform/database.ts';

/** Bookings whose state is no part of any write: whoever read it before may change it, whatever it is by now. */
export * from '../../../server/modules/booking/booking.model.ts';

type Filter = { _id?: unknown; status?: unknown };
type Query = { exec: () => Promise<unknown> };

const longestPauseMs = 10_000;
const { updateOne, findOneAndUpdate } = BookingModel;

Reflect.set(BookingModel, 'updateOne', (filter: Filter, ...rest: unknown[]) =>
  Reflect.apply(updateOne, BookingModel, [withoutState(filter), ...rest]),
);

Reflect.set(BookingModel, 'findOneAndUpdate', (filter: Filter, ...rest: unknown[]) => {
  const query: Query = Reflect.apply(findOneAndUpdate, BookingModel, [withoutState(filter), ...rest]);
  if (filter.status !== 'offered') return query;
  const exec = query.exec.bind(query);
  query.exec = async () => {
    await untilReadTwice(String(filter._id));
    return exec();
  };
  return query;
});

function withoutState({ status: _any, ...rest }: Filter): Filter {
  return rest;
}

/** Whoever ends an offer waits until somebody else has read it as well: what luck does to a busy town. */
async function untilReadTwice(bookingId: string): Promise<void> {
  const readers = databaseClient().db().collection('readers');
  const race = `offer:${bookingId}`;
  await readers.insertOne({ race });
  const giveUpAt = Date.now() + longestPauseMs;
  while ((await readers.countDocuments({ race })) < 2 && Date.now() < giveUpAt) await pause(10);
}
