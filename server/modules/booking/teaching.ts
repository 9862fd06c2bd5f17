import { notFound } from '../../platform/errors.ts';
import { systemActor, type Actor } from '../history/index.ts';
import { coordinatorsOf } from '../people/index.ts';
import {
  absencesIn,
  assignmentBehind,
  openRequestsOf,
  requestBehind,
  type Assignment,
  type Session,
  type TeachingRequest,
} from '../scheduling/index.ts';
import { runDetails } from './booking.queries.ts';
import type { RunDetails } from './booking.types.ts';

/** A request with what whoever is asked needs to answer it. */
export type RequestToAnswer = { request: TeachingRequest; details: RunDetails; sessions: Session[] };

/** What a link shows to whoever teaches: their sessions, those they cannot come to, and by name who plans the run. */
export type Teaching = { details: RunDetails; sessions: Session[]; absentFrom: string[]; coordinators: string[] };

/** What a trainer who signed in has still to answer, the most urgent first. */
export async function requestsToAnswer(actor: Actor): Promise<RequestToAnswer[]> {
  if (actor.kind !== 'person') return [];
  const found: RequestToAnswer[] = [];
  for (const request of await openRequestsOf(actor.personId)) found.push(await withSessions(request));
  return found.filter(({ sessions, details }) => sessions.length > 0 && details.run.status !== 'cancelled');
}

/** The request behind a link, and who holds it: the trainer who was asked, with no more than a trainer may. @throws not-found */
export async function requestOfLink(token: string): Promise<RequestToAnswer & Teaching & { actor: Actor }> {
  const request = await requestBehind(token);
  const shown = await withSessions(request);
  return { ...shown, ...(await around(shown.details, request.trainerId)), actor: trainerActor(request.trainerId) };
}

/**
 * What somebody teaches in a run, behind the link of their mails; what they are still asked for stands apart.
 * @throws not-found also for a run that nobody was told of
 */
export async function assignmentOfLink(
  token: string,
): Promise<Teaching & { assignment: Assignment; requests: RequestToAnswer[]; actor: Actor }> {
  const assignment = await assignmentBehind(token);
  const { runId, trainerId } = assignment;
  const actor = trainerActor(trainerId);
  const details = await runDetails(systemActor, runId);
  if (details.run.status === 'draft') throw notFound('assignment');
  const requests = (await requestsToAnswer(actor)).filter(({ request }) => request.runId === runId);
  const asked = new Set(requests.flatMap(({ request }) => request.sessionIds));
  const sessions = details.sessions.filter(({ id, trainerIds }) => trainerIds.includes(trainerId) && !asked.has(id));
  return { assignment, details, sessions, requests, actor, ...(await around(details, trainerId)) };
}

async function around({ run }: RunDetails, trainerId: string): Promise<Pick<Teaching, 'absentFrom' | 'coordinators'>> {
  const absences = (await absencesIn(run.id)).filter((one) => one.trainerId === trainerId);
  const coordinators = (await coordinatorsOf(run.providerId)).map(({ name }) => name);
  return { absentFrom: absences.map(({ sessionId }) => sessionId), coordinators };
}

function trainerActor(personId: string): Actor {
  return { kind: 'person', personId, roles: [{ kind: 'trainer' }] };
}

async function withSessions(request: TeachingRequest): Promise<RequestToAnswer> {
  const details = await runDetails(systemActor, request.runId);
  return { request, details, sessions: details.sessions.filter(({ id }) => request.sessionIds.includes(id)) };
}
