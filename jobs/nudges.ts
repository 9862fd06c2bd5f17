import { now } from '../server/platform/clock.ts';
import { onCommit, type CommitNote } from '../server/platform/database.ts';
import type { Queue } from '../server/platform/queue.ts';

const soon = 3_600_000;
const fewMails = 20;

/**
 * Has the queue hear of every commit: a new event is told at once, a message sent when it is due. What is due later than
 * an hour from now waits in the database; a nudge that gets lost costs one sweep.
 */
export function nudgeAfterCommit(queue: Queue): void {
  onCommit((notes) => {
    for (const { id } of notes.filter(({ topic }) => topic === 'event'))
      void queue.nudge('events', 'relay-event', { eventId: id });
    nudgeMail(
      queue,
      notes.filter(({ topic }) => topic === 'message'),
    );
  });
}

function nudgeMail(queue: Queue, notes: readonly CommitNote[]): void {
  const dueSoon = notes.filter(({ at }) => !at || at.getTime() - now().getTime() < soon);
  // Many at once are found by one job that reads what is due, instead of a job for each.
  if (dueSoon.length > fewMails) void queue.nudge('mail', 'send-due-mail', {}, { dedupe: 'send-due-mail' });
  for (const { id, at } of dueSoon.length > fewMails ? dueSoon.filter(({ at: due }) => due && due > now()) : dueSoon)
    void queue.nudge('mail', 'deliver-mail', { messageId: id }, at && at > now() ? { at } : {});
}
