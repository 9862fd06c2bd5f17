import { notFound } from '../../platform/errors.ts';
import { coordinates, coordinatesNetwork, type Actor } from '../history/index.ts';
import {
  failedMessage,
  giveUp,
  lastFailedMessages,
  messagesAbout,
  sendAgain,
  type FailedMessage,
} from '../mail/index.ts';
import { personById } from '../people/index.ts';
import { runById } from '../scheduling/index.ts';
import { approverToTell, namesOfApprovers } from './approver-to-tell.ts';
import { bookingById, bookingToTell } from './bookings.ts';

/** A mail that failed for good, with whom it was for. `runId` when it tells of a run. */
export type FailedMail = Pick<FailedMessage, 'id' | 'kind' | 'failedAt' | 'reason' | 'addressFails'> & {
  runId?: string;
  bookingId?: string;
  recipient?: { name: string; email: string };
  /** Whether the address stands in a booking, where it can be corrected. */
  isCorrectable: boolean;
};

/** All messages about a booking, the earliest due first, with the name of whom each is for. */
export type BookingMail = Awaited<ReturnType<typeof messagesAbout>>[number] & { recipient: string };

const mostShown = 200;

/** The failed mails about the runs that the actor coordinates, the last first; the network's coordinators see all. */
export async function failedMails(actor: Actor): Promise<FailedMail[]> {
  const shown: FailedMail[] = [];
  for (const message of await lastFailedMessages(mostShown))
    if (await mayMend(actor, message)) shown.push(await failedMailOf(message));
  return shown;
}

/** One failed mail, to be looked after. @throws not-found also when it is settled, or not theirs */
export async function failedMailToMend(actor: Actor, messageId: string): Promise<FailedMail> {
  const message = await failedMailOfActor(actor, messageId);
  if (!message) throw notFound('mail');
  return failedMailOf(message);
}

/** Tries a failed mail anew. Settled meanwhile: nothing happens. @throws not-found also for whoever may not see it */
export async function sendFailedMailAgain(actor: Actor, messageId: string): Promise<void> {
  if (await failedMailOfActor(actor, messageId)) await sendAgain(messageId);
}

/** Lets a failed mail be: whom it was for was told otherwise. @throws not-found also for whoever may not see it */
export async function giveUpFailedMail(actor: Actor, messageId: string): Promise<void> {
  if (await failedMailOfActor(actor, messageId)) await giveUp(messageId);
}

/** Every mail about a booking: what it tells, whom, when, and what became of it. @throws not-found also for whoever may not see it */
export async function mailsOfBooking(actor: Actor, bookingId: string): Promise<BookingMail[]> {
  const { booker, participants, former = [], detailsLinks = [] } = await bookingById(actor, bookingId);
  const people = [...participants, ...former].map(({ id, name }) => [id, name] as const);
  const names = new Map([...people, ...detailsLinks.map(({ id, email }) => [id, email] as const)]);
  for (const [id, name] of await namesOfApprovers(bookingId)) names.set(id, name);
  return (await messagesAbout(bookingId)).map((message) => ({
    ...message,
    recipient: names.get(othersId(message)) ?? booker.name,
  }));
}

/** Who besides the booker a mail about a booking goes to; empty where it is the booker. */
function othersId({ to }: Pick<FailedMessage, 'to'>): string {
  if (!('bookingId' in to)) return '';
  return 'approverId' in to ? to.approverId : (to.participantId ?? to.linkId ?? '');
}

/** A failed mail that the actor may look after; nothing when it is settled. @throws not-found for anybody else */
export async function failedMailOfActor(actor: Actor, messageId: string): Promise<FailedMessage | undefined> {
  if (!coordinatesNetwork(actor) && actor.kind !== 'person') throw notFound('mail');
  const message = await failedMessage(messageId);
  if (message && !(await mayMend(actor, message))) throw notFound('mail');
  return message;
}

/** What tells of no run concerns signing in: a matter of the network. */
async function mayMend(actor: Actor, { about }: FailedMessage): Promise<boolean> {
  if (coordinatesNetwork(actor)) return true;
  const run = about.runId === undefined ? undefined : await runById(about.runId);
  return run !== undefined && coordinates(actor, run.providerId);
}

async function failedMailOf(message: FailedMessage): Promise<FailedMail> {
  const { id, kind, failedAt, reason, addressFails, about } = message;
  const recipient = await recipientOf(message);
  return {
    id,
    kind,
    failedAt,
    reason,
    addressFails,
    isCorrectable: recipient !== undefined && isCorrectable(message),
    ...(about.runId && { runId: about.runId }),
    ...(about.bookingId && { bookingId: about.bookingId }),
    ...(recipient && { recipient: { name: recipient.name, email: recipient.email } }),
  };
}

type ToSomebodyInBooking = { bookingId: string; participantId?: string };

/** Sent to the booker or a participant; who approves is written to elsewhere, and a link has only an address. */
export function isCorrectable<Sent extends Pick<FailedMessage, 'to'>>(
  message: Sent,
): message is Sent & { to: ToSomebodyInBooking } {
  return 'bookingId' in message.to && !('approverId' in message.to) && message.to.linkId === undefined;
}

async function recipientOf({ to }: FailedMessage): Promise<{ name: string; email: string } | undefined> {
  if ('personId' in to) return personById(to.personId);
  if (!('bookingId' in to)) return undefined;
  if ('approverId' in to) return approverToTell(to.bookingId, to.approverId);
  const booking = (await bookingToTell(to.bookingId))?.booking;
  const asked = booking?.detailsLinks?.find(({ id }) => id === to.linkId);
  if (asked) return { name: asked.email, email: asked.email };
  return to.participantId ? booking?.participants.find(({ id }) => id === to.participantId) : booking?.booker;
}
