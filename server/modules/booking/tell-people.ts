import { postMessage, reminderKinds, withdrawMessages } from '../mail/index.ts';
import { sessionsSetAside } from '../scheduling/index.ts';
import type { BookingRow, ParticipantRow } from './booking.model.ts';
import type { OpenRun } from './lane.ts';
import { cancelInCalendars, inviteAndRemind, inviteAndRemindPeople, tellSittingElsewhere } from './tell-booking.ts';

type Change = { before: BookingRow; after: BookingRow; because: 'replaced' | 'booking-cancelled' };

/** Other people sit in a booking: those who left are taken out of the calendars, those who came are invited and reminded. */
export async function tellReseated(open: OpenRun, { before, after, because }: Change): Promise<void> {
  const left = without(before.participants, after.participants);
  const came = without(after.participants, before.participants);
  const bookingId = String(before._id);
  for (const { _id } of left)
    await withdrawMessages(
      { bookingId, participantId: String(_id) },
      ['invitation', 'invitation-updated', ...reminderKinds, 'already-booked'],
      because,
    );
  tellSittingElsewhere(open, after, came);
  if (before.status !== 'confirmed') return;

  const sessions = [...open.sessions, ...(await sessionsSetAside(open.run.id))];
  cancelInCalendars(open, before, sessions, { people: left, because });
  inviteAndRemindPeople(open, after, came);
}

/** To the booker: which places went, and what stays. Places only become fewer, so how many there are names this change. */
export function tellReduced({ run }: OpenRun, { before, after }: Omit<Change, 'because'>): void {
  const bookingId = String(after._id);
  const left = without(before.participants, after.participants).map(({ _id }) => String(_id));
  postMessage({
    key: `booking-reduced:${bookingId}:${after.places}`,
    kind: 'booking-reduced',
    to: { bookingId },
    about: { runId: run.id, bookingId },
    facts: { left, gaveBack: before.places - after.places, places: after.places },
  });
}

/** Places became a booking of their own: both bookers are told, and those who go are reminded by it. */
export function tellSplit(open: OpenRun, { part, rest }: { part: BookingRow; rest: BookingRow }): void {
  const [partId, restId] = [String(part._id), String(rest._id)];
  const about = { runId: open.run.id };
  const kind = 'booking-split';
  const key = `${kind}:${partId}`;
  const told = { partId, places: part.places };
  postMessage({ key, kind, to: { bookingId: partId }, about: { ...about, bookingId: partId }, facts: told });
  if (part.booker.address !== rest.booker.address)
    postMessage({
      key: `${key}:rest`,
      kind,
      to: { bookingId: restId },
      about: { ...about, bookingId: restId },
      facts: told,
    });
  tellSittingElsewhere(open, part);
  inviteAndRemind(open, part);
}

function without(people: readonly ParticipantRow[], others: readonly ParticipantRow[]): ParticipantRow[] {
  return people.filter(({ _id }) => !others.some((other) => other._id.equals(_id)));
}
