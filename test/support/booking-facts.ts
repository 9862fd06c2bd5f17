import { expect } from 'chai';
import {
  bookingOfHolder,
  cancelBooking,
  holderOf,
  placesOfRuns,
  type Booking,
  type BookPlacesOutcome,
} from '../../server/modules/booking/index.ts';
import { messagesAbout } from '../../server/modules/mail/index.ts';
import { verifyPromises } from '../../server/modules/reports/index.ts';
import { AppError } from '../../server/platform/errors.ts';

/** The kinds of the messages about a booking that are not withdrawn, sorted. */
export async function kindsOfMessages(bookingId: string): Promise<string[]> {
  const messages = await messagesAbout(bookingId);
  return messages
    .filter(({ state }) => state !== 'withdrawn')
    .map(({ kind }) => kind)
    .toSorted();
}

/** The code of the refusal that `asked` ends with. */
export async function refusalOf(asked: Promise<unknown>): Promise<string> {
  try {
    await asked;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  throw new Error('It was not refused.');
}

/** As its booker does, by the link. */
export async function cancelByLink({ id, token }: BookPlacesOutcome): Promise<void> {
  await cancelBooking(await holderOf(token), { bookingId: id });
}

/** A booking as its booker sees it. */
export async function heldBooking({ token }: BookPlacesOutcome): Promise<Booking> {
  return (await bookingOfHolder(await holderOf(token))).booking;
}

export async function statesOf(...bookings: BookPlacesOutcome[]): Promise<Booking['status'][]> {
  return Promise.all(bookings.map(async (one) => (await heldBooking(one)).status));
}

/** The places that a newcomer could have now. */
export async function leftIn(runId: string): Promise<number | undefined> {
  return (await placesOfRuns([runId])).get(runId)?.left;
}

export async function expectPromises(): Promise<void> {
  expect((await verifyPromises()).broken).to.deep.equal([]);
}
