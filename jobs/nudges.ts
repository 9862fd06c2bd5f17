import { now } from '../server/platform/clock.ts';
import { onCommit, type CommitNote } from '../server/platform/database.ts';
import type { Queue } from '../server/platform/queue.ts';

const soon = 3_600_000;
const fewMails = 20;

/**
 * Has the queue hear of every commit: a new event is told at once, a message sent when it is due, an offer ended in its
 * minute. What is due later than an hour from now waits in the database; a nudge that gets lost costs one sweep.
 */
export function nudgeAfterCommit(queue: Queue): void {
  onCommit((notes) => {
    for (const { id } of notes.filter(({ topic }) => topic === 'event'))
      void queue.nudge('events', 'relay-event', { eventId: id });
    nudgeMail(
      queue,
      notes.filter(({ topic }) => topic === 'message'),
    );
    nudgeEnds(
      queue,
      'lapse-offer',
      notes.filter(({ topic }) => topic === 'offer'),
    );
    nudgeEnds(
      queue,
      'expire-approval',
      notes.filter(({ topic }) => topic === 'approval'),
    );
  });
}

/** Every offer and every request for approval ends at its minute; what ends later than an hour from now is found by the sweep. */
function nudgeEnds(queue: Queue, job: string, notes: readonly CommitNote[]): void {
  for (const { id, at } of notes)
    if (at && at.getTime() - now().getTime() < soon) void queue.nudge('sweeps', job, { bookingId: id }, { at });
}

function nudgeMail(queue: Queue, notes: readonly CommitNote[]): void {
  const at = now();
  const due = notes.filter((note) => !note.at || note.at <= at);
  // One job for the mails of a commit; very many are found by the job that reads what is due.
  if (due.length > fewMails) void queue.nudge('mail', 'send-due-mail', {}, { dedupe: 'send-due-mail' });
  else if (due.length > 0) void queue.nudge('mail', 'deliver-mail', { messageIds: due.map(({ id }) => id).join() });

  for (const note of notes)
    if (note.at && note.at > at && note.at.getTime() - at.getTime() < soon)
      void queue.nudge('mail', 'deliver-mail', { messageIds: note.id }, { at: note.at });
}
