import { z } from 'zod';
import { cancelBookingsOfRun, tellMove } from '../server/modules/booking/index.ts';
import type { HistoryEvent } from '../server/modules/history/index.ts';
import { postOnce, type MessageKind, type NewMessage } from '../server/modules/mail/index.ts';
import { sessionsOfRun, type Session } from '../server/modules/scheduling/index.ts';

/** Tells one page of those concerned, in one transaction; gives the cursor of the next page, if there is one. */
type Reaction = (event: HistoryEvent) => Promise<string | undefined>;

const trainerChange = z.object({ assigned: z.array(z.string()), released: z.array(z.string()) });

/** When this happened → do that. */
export const reactions: Readonly<Record<string, Reaction>> = {
  'run-published': assignTrainers,
  'run-cancelled': cancelRunForEverybody,
  'session-moved': tellOfMove,
  'trainers-changed': tellTrainers,
};

async function assignTrainers(event: HistoryEvent): Promise<undefined> {
  const sessions = await sessionsOfRun(runIdOf(event));
  await postOnce(sessions.flatMap((session) => toTrainersOf(event, session, 'trainer-assigned')));
}

async function cancelRunForEverybody(event: HistoryEvent): Promise<string | undefined> {
  const runId = runIdOf(event);
  if (!event.cursor) {
    const sessions = await sessionsOfRun(runId);
    await postOnce(sessions.flatMap((session) => toTrainersOf(event, session, 'trainer-released')));
  }
  return (await cancelBookingsOfRun(runId)) ? 'next' : undefined;
}

async function tellOfMove(event: HistoryEvent): Promise<string | undefined> {
  const runId = runIdOf(event);
  const { sessionId = '' } = event.about;
  const { before } = event.facts;
  if (!event.cursor) {
    const session = (await sessionsOfRun(runId)).find(({ id }) => id === sessionId);
    if (session) await postOnce(toTrainersOf(event, session, 'invitation-updated', { before }));
  }
  const next = await tellMove({ eventId: event.id, runId, sessionId, before }, Number(event.cursor ?? 0));
  return next === undefined ? undefined : String(next);
}

async function tellTrainers(event: HistoryEvent): Promise<undefined> {
  const { assigned, released } = trainerChange.parse(event.facts);
  const { sessionId = '' } = event.about;
  const told = (ids: string[], kind: MessageKind) =>
    ids.map((id) => toTrainer(event, { kind, sessionId, personId: id }));
  await postOnce([...told(assigned, 'trainer-assigned'), ...told(released, 'trainer-released')]);
}

function toTrainersOf(
  event: HistoryEvent,
  { id: sessionId, trainerIds }: Session,
  kind: MessageKind,
  facts: Record<string, unknown> = {},
): NewMessage[] {
  return trainerIds.map((personId) => toTrainer(event, { kind, sessionId, personId, facts }));
}

function toTrainer(
  event: HistoryEvent,
  {
    kind,
    sessionId,
    personId,
    facts = {},
  }: { kind: MessageKind; sessionId: string; personId: string; facts?: Record<string, unknown> },
): NewMessage {
  const key = `${kind}:${sessionId}:${personId}:${event.id}`;
  return { key, kind, to: { personId }, about: { runId: runIdOf(event), sessionId }, facts };
}

function runIdOf(event: HistoryEvent): string {
  const { runId } = event.about;
  if (!runId) throw new Error(`Event ${event.id} (${event.type}) does not say which run it is about.`);
  return runId;
}
