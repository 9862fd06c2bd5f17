import { postMessage, withdrawMessages, type MessageKind } from '../mail/index.ts';
import type { BookingRow } from './booking.model.ts';

/** What an offer sends before it is answered. */
const ofOpenOffers: readonly MessageKind[] = ['place-offered', 'offer-reminder'];

type Offered = { runId: string; offer: number; remindAt?: Date };

/** `offer`: how many the booking has had with this one; a booking that let one pass may have another. */
export function tellOffered(row: BookingRow, { runId, offer, remindAt }: Offered): void {
  post(row, { runId, offer }, 'place-offered');
  if (remindAt) post(row, { runId, offer }, 'offer-reminder', remindAt);
}

/** The offer was answered, or nobody may answer it any more: what was not sent of it yet is taken back. */
export async function stopTellingOffer(row: BookingRow): Promise<void> {
  await withdrawMessages({ bookingId: String(row._id) }, ofOpenOffers, 'offer-over');
}

/** Nobody accepted in time, or the booker declined. */
export function tellOfferOver(row: BookingRow, over: Offered, kind: 'offer-lapsed' | 'offer-declined'): void {
  post(row, over, kind);
}

function post(row: BookingRow, { runId, offer }: Offered, kind: MessageKind, dueAt?: Date): void {
  const bookingId = String(row._id);
  const key = `${kind}:${bookingId}:${offer}`;
  postMessage({ key, kind, to: { bookingId }, about: { runId, bookingId }, facts: { offer }, ...(dueAt && { dueAt }) });
}
