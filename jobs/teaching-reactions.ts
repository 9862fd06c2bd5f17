import type { HistoryEvent } from '../server/modules/history/index.ts';
import { postOnce, type MessageKind, type NewMessage } from '../server/modules/mail/index.ts';
import { coordinatorsOf } from '../server/modules/people/index.ts';
import { teachingRequestById, type TeachingRequest } from '../server/modules/scheduling/index.ts';
import { now } from '../server/platform/clock.ts';

const twoDays = 2 * 86_400_000;

/** The question at once, a reminder two days before the answer is due, and its coordinators hear when there is none. */
export async function askTrainer(event: HistoryEvent): Promise<undefined> {
  const request = await requestIn(event);
  if (!request) return;
  const { answerBy, trainerId } = request;
  const reminderAt = new Date(answerBy.getTime() - twoDays);
  await postOnce([
    toPerson(event, { kind: 'teaching-asked', personId: trainerId }),
    ...(reminderAt > now()
      ? [toPerson(event, { kind: 'teaching-reminder', personId: trainerId, dueAt: reminderAt })]
      : []),
    ...(await toCoordinators(event, { kind: 'teaching-unanswered', dueAt: answerBy })),
  ]);
}

/** Its coordinators hear of the yes, and the trainer gets the sessions into the calendar; of a replacement, by the change of trainers. */
export async function tellOfYes(event: HistoryEvent): Promise<undefined> {
  const request = await requestIn(event);
  if (!request) return;
  const assigned = request.replaces
    ? []
    : request.sessionIds.map((sessionId) =>
        toPerson(event, { kind: 'trainer-assigned', personId: request.trainerId, sessionId }),
      );
  await postOnce([...assigned, ...(await toCoordinators(event, { kind: 'teaching-answered' }))]);
}

export async function tellOfNo(event: HistoryEvent): Promise<undefined> {
  await postOnce(await toCoordinators(event, { kind: 'teaching-answered' }));
}

export async function tellWithdrawn(event: HistoryEvent): Promise<undefined> {
  await postOnce([toPerson(event, { kind: 'teaching-withdrawn', personId: event.about.personId ?? '' })]);
}

export async function tellNewLink(event: HistoryEvent): Promise<undefined> {
  await postOnce([toPerson(event, { kind: 'trainer-links-renewed', personId: event.about.personId ?? '' })]);
}

export async function tellOfAbsence(event: HistoryEvent): Promise<undefined> {
  const { sessionId, personId } = event.about;
  const facts = { trainerId: personId };
  await postOnce(await toCoordinators(event, { kind: 'trainer-absent', facts, ...(sessionId && { sessionId }) }));
}

async function requestIn(event: HistoryEvent): Promise<TeachingRequest | undefined> {
  const { requestId } = event.facts;
  return teachingRequestById(typeof requestId === 'string' ? requestId : '');
}

type Note = { kind: MessageKind; sessionId?: string; dueAt?: Date; facts?: Record<string, unknown> };

async function toCoordinators(event: HistoryEvent, note: Note): Promise<NewMessage[]> {
  const coordinators = await coordinatorsOf(event.about.providerId ?? '');
  return coordinators.map(({ id }) => toPerson(event, { ...note, personId: id }));
}

function toPerson(event: HistoryEvent, note: Note & { personId: string }): NewMessage {
  const { kind, personId, sessionId, dueAt, facts } = note;
  const { runId } = event.about;
  return {
    key: `${kind}:${personId}:${sessionId ?? ''}:${event.id}`,
    kind,
    to: { personId },
    about: { ...(runId && { runId }), ...(sessionId && { sessionId }) },
    facts: { ...event.facts, ...facts },
    ...(dueAt && { dueAt }),
  };
}
