import { postOnce, type MessageKind, type NewMessage } from '../mail/index.ts';
import type { Run, Session } from '../scheduling/index.ts';
import { BookingModel } from './booking.model.ts';
import type { Booking, BookingStatus } from './booking.types.ts';
import { bookingsInState } from './bookings.ts';
import { planOf, remindAnew } from './remind-anew.ts';
import type { DaysOff } from './reminders.rules.ts';
import { seatedInSession, sitsIn } from './units.rules.ts';

const pageSize = 25;

/**
 * A change of a run's plan that is to be told: `eventId` makes the messages' keys this change's own, `changeId` is what
 * they are counted by, `freeUntil` until when whoever had booked before (`at`) may cancel whatever the deadline says.
 */
export type ToldChange = { eventId: string; changeId?: string; runId: string; at: Date; freeUntil?: Date };
type Plan = { run: Run; sessions: Session[]; daysOff: DaysOff };

/** A session as it was, when it left the plan: enough to know who sat in it. */
export type FormerSession = { id: string; moduleId?: string };

/** A session moved: participants get the update for their calendar, bookers who do not sit in it or hold an offer a note. */
export function tellMove(
  change: ToldChange & { sessionId: string; before: unknown },
  afterNumber: number,
): Promise<number | undefined> {
  return tellPageOf(change, ['confirmed', 'offered', 'requested'], afterNumber, (booking, plan) => {
    const session = plan.sessions.find(({ id }) => id === change.sessionId);
    if (!session) return [];
    const facts = { before: change.before };
    return toEverybodyIn(booking, session, change, { calendar: 'invitation-updated', note: 'session-moved', facts });
  });
}

/** A session came into the plan: participants are invited, bookers who do not sit in it get a note. */
export function tellAdded(
  change: ToldChange & { sessionId: string },
  afterNumber: number,
): Promise<number | undefined> {
  return tellPageOf(change, ['confirmed'], afterNumber, (booking, plan) => {
    const session = plan.sessions.find(({ id }) => id === change.sessionId);
    if (!session) return [];
    return toEverybodyIn(booking, session, change, {
      calendar: 'invitation',
      note: 'session-added',
      facts: { added: true },
    });
  });
}

/** A session will not take place: it leaves the calendars of those who sat in it. */
export function tellSessionCancelled(
  change: ToldChange & { session: FormerSession },
  afterNumber: number,
): Promise<number | undefined> {
  return tellPageOf(change, ['confirmed'], afterNumber, (booking) =>
    toEverybodyIn(booking, change.session, change, { calendar: 'invitation-cancelled', note: 'session-cancelled' }),
  );
}

/** Whoever holds a place, is offered one or waits for an approval, or waits. */
const everybody: readonly BookingStatus[] = ['confirmed', 'offered', 'requested', 'waiting'];

/** A run lost its dates: they leave the calendars, and everybody who booked or waits is told that new ones will follow. */
export function tellPostponed(
  change: ToldChange & { sessions: readonly FormerSession[] },
  afterNumber: number,
): Promise<number | undefined> {
  return tellPageOf(change, everybody, afterNumber, (booking) => [
    ...change.sessions.flatMap((session) =>
      toParticipantsIn(booking, session, change, { calendar: 'invitation-cancelled', facts: {} }),
    ),
    ...noteOf(booking, change, 'run-postponed'),
  ]);
}

/** A run has new dates: kept sessions come back into the calendars, new ones are invited to, and all bookers are told. */
export function tellRescheduled(
  change: ToldChange & { before: ReadonlyMap<string, unknown>; added: readonly string[] },
  afterNumber: number,
): Promise<number | undefined> {
  return tellPageOf(change, everybody, afterNumber, (booking, { sessions }) => [
    ...sessions.flatMap((session) => {
      const before = change.before.get(session.id);
      if (before !== undefined)
        return toParticipantsIn(booking, session, change, { calendar: 'invitation-updated', facts: { before } });
      const isNew = change.added.includes(session.id);
      return isNew ? toParticipantsIn(booking, session, change, { calendar: 'invitation', facts: {} }) : [];
    }),
    ...noteOf(booking, change, 'run-rescheduled'),
  ]);
}

/** Posts what `tell` says to a page of bookings, and puts their reminders right; gives the number to go on after. */
async function tellPageOf(
  change: ToldChange,
  states: readonly BookingStatus[],
  afterNumber: number,
  tell: (booking: Booking, plan: Plan) => NewMessage[],
): Promise<number | undefined> {
  const plan = await planOf(change.runId);
  const page = await bookingsInState(change.runId, { states, afterNumber, limit: pageSize });
  for (const booking of page) {
    const messages = tell(booking, plan);
    if (messages.length === 0) continue;
    await freeToCancel(booking, change);
    await postOnce(messages);
    await remindAnew(booking, plan, change.at);
  }
  return page.length === pageSize ? page.at(-1)?.number : undefined;
}

async function freeToCancel(booking: Booking, { freeUntil, at }: ToldChange): Promise<void> {
  if (!freeUntil || booking.createdAt >= at) return;
  await BookingModel.updateOne({ _id: booking.id }, { $max: { freeCancellationUntil: freeUntil } });
}

type Telling = { calendar: MessageKind; note: MessageKind; facts?: Record<string, unknown> };

function toEverybodyIn(
  booking: Booking,
  session: FormerSession,
  change: ToldChange,
  { calendar, note, facts = {} }: Telling,
): NewMessage[] {
  if (!sitsIn(booking.units, session)) return [];
  return [
    ...toParticipantsIn(booking, session, change, { calendar, facts }),
    ...noteOf(booking, change, note, session, facts),
  ];
}

function toParticipantsIn(
  booking: Booking,
  session: FormerSession,
  change: ToldChange,
  { calendar, facts }: Pick<Telling, 'calendar'> & { facts: Record<string, unknown> },
): NewMessage[] {
  if (booking.status !== 'confirmed') return [];
  return seatedInSession(booking, session).map((participant) => ({
    key: `${calendar}:${participant.id}:${session.id}:${change.eventId}`,
    kind: calendar,
    to: { bookingId: booking.id, participantId: participant.id },
    about: aboutOf(booking, change, session),
    facts,
  }));
}

/** To the booker, unless the calendar mail of a place of their own says it already. */
function noteOf(
  booking: Booking,
  change: ToldChange,
  kind: MessageKind,
  session?: FormerSession,
  facts: Record<string, unknown> = {},
): NewMessage[] {
  if (booking.status === 'confirmed' && sitsAlong(booking)) return [];
  const key = `${kind}:${booking.id}:${change.eventId}`;
  return [{ key, kind, to: { bookingId: booking.id }, about: aboutOf(booking, change, session), facts }];
}

function aboutOf(booking: Booking, { runId, changeId }: ToldChange, session?: FormerSession) {
  return {
    runId,
    ...(session && { sessionId: session.id }),
    bookingId: booking.id,
    ...(changeId && { changeId }),
  };
}

function sitsAlong({ participants, booker }: Booking): boolean {
  return participants.some(({ email }) => email.toLowerCase() === booker.email.toLowerCase());
}
