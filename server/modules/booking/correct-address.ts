import { notFound } from '../../platform/errors.ts';
import { recordEvent, type Actor } from '../history/index.ts';
import { giveUp, messagesAbout, sendAgain, type MessageKind } from '../mail/index.ts';
import { addressOf } from './addresses.ts';
import { identified, seatsTaken } from './book-places.ts';
import { samePersonTwice, sitsThereAlready } from './booking.errors.ts';
import { BookingModel, type BookingRow, type ParticipantRow } from './booking.model.ts';
import { seatOf } from './booking.rules.ts';
import { sendCalendarAgain } from './calendar-proof.ts';
import { failedMailOfActor, isCorrectable } from './failed-mails.ts';
import type { OpenRun } from './lane.ts';
import { inLaneOfBooking } from './reseat.ts';
import { seatsOf } from './seats.rules.ts';

const inCalendars: readonly MessageKind[] = ['invitation', 'invitation-updated', 'invitation-cancelled'];

/**
 * Corrects the address that a failed mail went to, wherever it stands in the booking, and sends anew what did not arrive:
 * the failed mails, and to participants the present state of their calendar. Places, reminders and needs stay as they are.
 * @throws not-found, booking-not-active, people-fixed, same-person-twice, sits-there-already
 */
export async function correctAddress(actor: Actor, messageId: string, email: string): Promise<void> {
  const message = await failedMailOfActor(actor, messageId);
  if (!message || !isCorrectable(message)) throw notFound('mail');
  const { bookingId, participantId } = message.to;

  await inLaneOfBooking(actor, bookingId, async (open, row) => {
    const wrong = participantId ? row.participants.find(({ _id }) => String(_id) === participantId) : row.booker;
    if (!wrong) throw notFound('mail');
    const isWrong = (one: { email: string }) => addressOf(one.email).address === addressOf(wrong.email).address;
    const corrected = row.participants.filter(isWrong);
    await write(open, row, { corrected, isBooker: isWrong(row.booker), email });
    recordEvent(actor, {
      type: 'address-corrected',
      about: { runId: open.run.id, bookingId, providerId: open.run.providerId },
      facts: { participantIds: corrected.map(({ _id }) => String(_id)), booker: isWrong(row.booker) },
    });
    await sendAnew(actor, bookingId, corrected, isWrong(row.booker));
    return () => undefined;
  });
}

type Correction = { corrected: readonly ParticipantRow[]; isBooker: boolean; email: string };

async function write(open: OpenRun, row: BookingRow, { corrected, isBooker, email }: Correction): Promise<void> {
  const participants = row.participants.map((one) =>
    corrected.includes(one) ? { ...one, ...addressed(one.name, email) } : one,
  );
  const keys = participants.filter((_, index) => corrected.includes(row.participants[index]!)).map(({ key }) => key);
  if (new Set(participants.map(({ key }) => key)).size < participants.length) throw samePersonTwice();
  const taken = await seatsTaken(open, row.units, keys);
  const own = new Set(row.seats);
  const isTaken = (seat: string) => taken.has(seat) && !own.has(seat);
  if (keys.some((key) => row.units.some((unit) => isTaken(seatOf(unit, key))))) throw sitsThereAlready();

  const seats = seatsOf(row.units, participants);
  const booker = addressOf(email);
  await BookingModel.updateOne(
    { _id: row._id, status: row.status },
    {
      $set: {
        participants,
        ...(seats.length > 0 && { seats }),
        ...(isBooker && { 'booker.email': booker.email, 'booker.address': booker.address }),
      },
    },
  );
}

/** What goes with a calendar entry is said once more as a whole: under the new address it is another person's entry. */
async function sendAnew(
  actor: Actor,
  bookingId: string,
  corrected: readonly ParticipantRow[],
  isBooker: boolean,
): Promise<void> {
  const ids = corrected.map(({ _id }) => String(_id));
  const failed = (await messagesAbout(bookingId)).filter(({ state }) => state === 'failed').filter(isCorrectable);
  for (const { id, kind, to } of failed) {
    if (to.participantId ? !ids.includes(to.participantId) : !isBooker) continue;
    await (inCalendars.includes(kind) ? giveUp(id) : sendAgain(id));
  }
  for (const id of ids) await sendCalendarAgain(actor, bookingId, id);
}

function addressed(name: string, email: string): Pick<ParticipantRow, 'email' | 'key'> {
  const { email: address, key } = identified({ name, email });
  return { email: address, key };
}
