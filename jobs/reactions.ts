import { z } from 'zod';
import { askTrainer, tellNewLink, tellOfAbsence, tellOfNo, tellOfYes, tellWithdrawn } from './teaching-reactions.ts';
import {
  cancelBookingsOfRun,
  moveMergedBookings,
  remindPage,
  remindTrainersAnew,
  tellAdded,
  tellMove,
  tellPostponed,
  tellRescheduled,
  tellSessionCancelled,
  type ToldChange,
} from '../server/modules/booking/index.ts';
import { answerInterest, tellPlannedInHouse } from '../server/modules/demand/index.ts';
import type { HistoryEvent } from '../server/modules/history/index.ts';
import { coordinatorsOf } from '../server/modules/people/index.ts';
import { postOnce, type MessageKind, type NewMessage } from '../server/modules/mail/index.ts';
import {
  relocateSessions,
  sessionSetAside,
  sessionsOfRun,
  sessionsSetAside,
  type Session,
} from '../server/modules/scheduling/index.ts';

/** Tells one page of those concerned, in one transaction; gives the cursor of the next page, if there is one. */
export type Reaction = (event: HistoryEvent) => Promise<string | undefined>;

const trainerChange = z.object({ assigned: z.array(z.string()), released: z.array(z.string()) });
const merged = z.object({ intoRunId: z.string() });
const freed = z.object({ freeUntil: z.coerce.date().optional() });
const rescheduled = z.object({
  kept: z.array(z.object({ id: z.string(), before: z.unknown() })),
  added: z.array(z.string()),
});

/** When this happened → do that. */
export const reactions: Readonly<Record<string, Reaction>> = {
  'run-published': withTrainers(announceRun),
  'run-cancelled': withTrainers(cancelRunForEverybody),
  'run-postponed': withTrainers(tellOfPostponement),
  'run-rescheduled': withTrainers(tellOfNewDates),
  'run-merged': withTrainers(mergeForEverybody),
  'decision-due': askCoordinators,
  'in-house-asked': tellOfRequest,
  'places-free-late': tellCoordinators,
  'session-moved': withTrainers(tellOfMove),
  'session-added': withTrainers(tellOfNewSession),
  'session-cancelled': withTrainers(tellOfCancelledSession),
  'trainers-changed': withTrainers(tellTrainers),
  'reminders-changed': withTrainers(remindAccordingly),
  'run-settings-changed': withTrainers(remindAccordingly),
  'teaching-asked': askTrainer,
  'teaching-accepted': tellOfYes,
  'teaching-declined': tellOfNo,
  'teaching-withdrawn': tellWithdrawn,
  'trainer-links-renewed': tellNewLink,
  'trainer-absent': tellOfAbsence,
  'venue-changed': relocate,
  'room-changed': relocate,
};

/** Its trainers first; then those who asked for it, a page at a time, before everybody else may book. */
async function announceRun(event: HistoryEvent): Promise<string | undefined> {
  if (!event.cursor) {
    await assignTrainers(event);
    await tellPlannedInHouse(runIdOf(event));
  }
  return answerInterest(runIdOf(event), event.cursor);
}

async function assignTrainers(event: HistoryEvent): Promise<undefined> {
  const sessions = await sessionsOfRun(runIdOf(event));
  await postOnce(sessions.flatMap((session) => toTrainersOf(event, session, 'trainer-assigned')));
}

/** Everybody is reminded as the plan says from then on. */
async function remindAccordingly(event: HistoryEvent): Promise<string | undefined> {
  return cursorOf(await remindPage({ runId: runIdOf(event), at: event.at }, lastTold(event)));
}

/** What changes a plan changes when its trainers are reminded, or of what. */
function withTrainers(react: Reaction): Reaction {
  return async (event) => {
    if (!event.cursor) await remindTrainersAnew(runIdOf(event), event.at);
    return react(event);
  };
}

async function cancelRunForEverybody(event: HistoryEvent): Promise<string | undefined> {
  const runId = runIdOf(event);
  if (!event.cursor) {
    const sessions = await sessionsOfRun(runId);
    await postOnce(sessions.flatMap((session) => toTrainersOf(event, session, 'trainer-released')));
  }
  return (await cancelBookingsOfRun(runId, event.about.changeId)) ? 'next' : undefined;
}

async function mergeForEverybody(event: HistoryEvent): Promise<string | undefined> {
  const runId = runIdOf(event);
  const { intoRunId } = merged.parse(event.facts);
  if (!event.cursor) {
    const sessions = await sessionsOfRun(runId);
    await postOnce(sessions.flatMap((session) => toTrainersOf(event, session, 'trainer-released')));
  }
  return (await moveMergedBookings(runId, intoRunId, event.about.changeId)) ? 'next' : undefined;
}

async function askCoordinators(event: HistoryEvent): Promise<undefined> {
  const runId = runIdOf(event);
  const asked = await coordinatorsOf(event.about.providerId ?? '');
  await postOnce(
    asked.map(({ id }): NewMessage => {
      const key = `decision-due:${runId}:${id}:${event.id}`;
      return { key, kind: 'decision-due', to: { personId: id }, about: { runId } };
    }),
  );
}

/** Somebody asks for a seminar of their own: whoever plans for the provider is to answer. */
async function tellOfRequest({ id: eventId, about, facts }: HistoryEvent): Promise<undefined> {
  const asked = await coordinatorsOf(about.providerId ?? '');
  await postOnce(
    asked.map(({ id }): NewMessage => {
      const key = `in-house-asked:${id}:${eventId}`;
      return { key, kind: 'in-house-asked', to: { personId: id }, about: {}, facts };
    }),
  );
}

async function tellCoordinators(event: HistoryEvent): Promise<undefined> {
  const runId = runIdOf(event);
  const told = await coordinatorsOf(event.about.providerId ?? '');
  await postOnce(
    told.map(({ id }): NewMessage => {
      const key = `places-free-late:${runId}:${id}:${event.id}`;
      return { key, kind: 'places-free-late', to: { personId: id }, about: { runId } };
    }),
  );
}

async function tellOfMove(event: HistoryEvent): Promise<string | undefined> {
  const { sessionId = '' } = event.about;
  const { before } = event.facts;
  if (!event.cursor) await tellTrainersOf(event, sessionId, 'invitation-updated', { before });
  return cursorOf(await tellMove({ ...changeOf(event), sessionId, before }, lastTold(event)));
}

async function tellOfNewSession(event: HistoryEvent): Promise<string | undefined> {
  const { sessionId = '' } = event.about;
  if (!event.cursor) await tellTrainersOf(event, sessionId, 'trainer-assigned');
  return cursorOf(await tellAdded({ ...changeOf(event), sessionId }, lastTold(event)));
}

async function tellOfCancelledSession(event: HistoryEvent): Promise<string | undefined> {
  const session = await sessionSetAside(event.about.sessionId ?? '');
  if (!session) return undefined;
  if (!event.cursor) await postOnce(toTrainersOf(event, session, 'trainer-released'));
  return cursorOf(await tellSessionCancelled({ ...changeOf(event), session }, lastTold(event)));
}

async function tellOfPostponement(event: HistoryEvent): Promise<string | undefined> {
  const sessions = (await sessionsSetAside(runIdOf(event))).filter(({ why }) => why.because === 'postponed');
  if (!event.cursor) await postOnce(sessions.flatMap((session) => toTrainersOf(event, session, 'trainer-released')));
  return cursorOf(await tellPostponed({ ...changeOf(event), sessions }, lastTold(event)));
}

async function tellOfNewDates(event: HistoryEvent): Promise<string | undefined> {
  const { kept, added } = rescheduled.parse(event.facts);
  const before = new Map(kept.map((one) => [one.id, one.before]));
  if (!event.cursor) {
    const sessions = await sessionsOfRun(runIdOf(event));
    const dated = sessions.filter(({ id }) => before.has(id) || added.includes(id));
    await postOnce(dated.flatMap((session) => toTrainersOf(event, session, 'trainer-assigned')));
  }
  return cursorOf(await tellRescheduled({ ...changeOf(event), before, added }, lastTold(event)));
}

/** A house or room is called otherwise now: every session to come in it says so, and tells of it as of any move. */
function relocate(event: HistoryEvent): Promise<string | undefined> {
  const { venueId, roomId } = event.about;
  return relocateSessions({ venueId, roomId, changeId: event.id }, event.cursor);
}

async function tellTrainers(event: HistoryEvent): Promise<undefined> {
  const { assigned, released } = trainerChange.parse(event.facts);
  const { sessionId = '' } = event.about;
  const told = (ids: string[], kind: MessageKind) =>
    ids.map((id) => toTrainer(event, { kind, sessionId, personId: id }));
  await postOnce([...told(assigned, 'trainer-assigned'), ...told(released, 'trainer-released')]);
}

async function tellTrainersOf(
  event: HistoryEvent,
  sessionId: string,
  kind: MessageKind,
  facts?: Record<string, unknown>,
): Promise<void> {
  const session = (await sessionsOfRun(runIdOf(event))).find(({ id }) => id === sessionId);
  if (session) await postOnce(toTrainersOf(event, session, kind, facts));
}

function toTrainersOf(
  event: HistoryEvent,
  { id: sessionId, trainerIds }: Pick<Session, 'id' | 'trainerIds'>,
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
  const { changeId } = event.about;
  const about = { runId: runIdOf(event), sessionId, ...(changeId && { changeId }) };
  return { key, kind, to: { personId }, about, facts };
}

function changeOf(event: HistoryEvent): ToldChange {
  const { changeId } = event.about;
  const { freeUntil } = freed.parse(event.facts);
  const change = { eventId: event.id, runId: runIdOf(event), at: event.at };
  return { ...change, ...(changeId && { changeId }), ...(freeUntil && { freeUntil }) };
}

/** The number of the last booking that was told; 0 at first. */
function lastTold({ cursor = '0' }: HistoryEvent): number {
  return Number(cursor);
}

function cursorOf(number: number | undefined): string | undefined {
  return number === undefined ? undefined : String(number);
}

function runIdOf(event: HistoryEvent): string {
  const { runId } = event.about;
  if (!runId) throw new Error(`Event ${event.id} (${event.type}) does not say which run it is about.`);
  return runId;
}
