import { setTimeout as pause } from 'node:timers/promises';
import { BookingModel } from '../../server/modules/booking/booking.model.ts';
import { EventModel } from '../../server/modules/history/event.model.ts';
import { MessageModel, type MessageRow } from '../../server/modules/mail/message.model.ts';
import { startSmtpSink, type SinkMail, type SmtpSink } from './smtp-sink.ts';

/** What the sink does with one mail, before it replies: `drop` never accepts it. */
type Trap = (mail: SinkMail) => Promise<'drop' | undefined>;

export type TrappingSink = SmtpSink & {
  /** Does `trap` with the next mail that comes; gives the Message-ID once it was done. */
  trapNext(trap: Trap): Promise<string>;
};

/** An SMTP server that can strike at the very moment of a mail's acceptance. */
export async function startTrappingSink(): Promise<TrappingSink> {
  let next: Trap | undefined;
  const sink = await startSmtpSink({
    onData: (mail) => {
      const trap = next;
      next = undefined;
      return trap?.(mail);
    },
  });
  const trapNext = (trap: Trap) =>
    new Promise<string>((resolve) => {
      next = (mail) => {
        const verdict = trap(mail);
        resolve(verdict.then(() => mail.messageId));
        return verdict;
      };
    });
  return { ...sink, trapNext };
}

/** What became of every mail that was meant, as Jepsen's checker sorts the elements of a set. */
export type MailVerdict = {
  intended: number;
  ok: number;
  /** Keys of messages that never arrived. */
  lost: string[];
  /** Keys of messages that came again, though nobody was killed between their acceptance and our note of it. */
  duplicated: string[];
  /** How many came again because of that. */
  repeated: number;
  /** Message-IDs of mails that nobody meant. */
  unexpected: string[];
};

/**
 * Compares what was to be sent with what the SMTP server accepted. `mayRepeat` names, by Message-ID, how often the sender
 * of a mail was killed between its acceptance and our note.
 */
export async function checkMails(sink: SmtpSink, mayRepeat: ReadonlyMap<string, number>): Promise<MailVerdict> {
  const all = await MessageModel.find({ dueAt: { $lte: new Date() } }).lean();
  const cancelled = new Set(
    (await BookingModel.find({ status: 'cancelled' }, { _id: 1 }).lean()).map(({ _id }) => String(_id)),
  );
  // What was written and then no longer true is rightly taken back; anything else was meant to arrive.
  const rows = all.filter(({ state, about }) => state !== 'withdrawn' || !cancelled.has(about.bookingId ?? ''));
  const accepted = countsOf(acceptedBy(sink));
  const times = new Map(rows.map((row) => [row.key, accepted.get(messageIdOf(row)) ?? 0]));
  const known = new Set(all.map(messageIdOf));
  const most = (row: MessageRow) => 1 + (mayRepeat.get(messageIdOf(row)) ?? 0);
  const timesOf = (row: MessageRow) => times.get(row.key) ?? 0;
  const among = (wanted: (row: MessageRow) => boolean) => rows.filter(wanted).map(({ key }) => key);
  return {
    intended: rows.length,
    ok: rows.filter((row) => timesOf(row) === 1).length,
    lost: among((row) => timesOf(row) === 0),
    duplicated: among((row) => timesOf(row) > most(row)),
    repeated: rows.filter((row) => timesOf(row) > 1 && timesOf(row) <= most(row)).length,
    unexpected: [...accepted.keys()].filter((id) => !known.has(id)),
  };
}

/** The Message-IDs of what is accepted and not noted as sent: with nobody left to send, the window of RFC 1047. */
export async function acceptedAndNotNoted(sink: SmtpSink): Promise<string[]> {
  const held = await MessageModel.find({ state: 'claimed' }).lean();
  const accepted = new Set(acceptedBy(sink));
  return held.map(messageIdOf).filter((id) => accepted.has(id));
}

export async function keyOfMessage(messageId: string): Promise<string> {
  const row = await MessageModel.findById(messageId.slice(1, messageId.indexOf('@'))).lean();
  if (!row) throw new Error(`Nobody posted ${messageId}.`);
  return row.key;
}

/** Waits until every event is told and every mail that is due has been settled. */
export async function everythingTold(withinMs = 120_000): Promise<void> {
  const giveUpAt = Date.now() + withinMs;
  while ((await outstanding()) > 0) {
    if (Date.now() > giveUpAt)
      throw new Error(`${await outstanding()} events and mails still wait after ${withinMs} ms.`);
    await pause(100);
  }
}

async function outstanding(): Promise<number> {
  const mails = { state: { $in: ['due' as const, 'claimed' as const] }, dueAt: { $lte: new Date() } };
  return (await EventModel.countDocuments({ pending: true })) + (await MessageModel.countDocuments(mails));
}

/** Bookings about whose state nobody wrote a message to the booker: there the checker would have nothing to miss. */
export async function bookingsNobodyTellsOf(): Promise<string[]> {
  const bookings = await BookingModel.find({ status: { $in: ['confirmed', 'cancelled'] } }, { status: 1 }).lean();
  const keys = bookings.map(
    ({ _id, status }) => `${status === 'confirmed' ? 'booking-confirmed' : 'run-cancelled'}:${String(_id)}`,
  );
  const told = new Set((await MessageModel.find({ key: { $in: keys } }, { key: 1 }).lean()).map(({ key }) => key));
  return keys.filter((key) => !told.has(key));
}

function acceptedBy(sink: SmtpSink): string[] {
  return sink.log.flatMap((entry) => (entry.event === 'accepted' ? [entry.messageId] : []));
}

function messageIdOf({ _id }: MessageRow): string {
  return `<${String(_id)}@example.org>`;
}

function countsOf(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}
