import { systemActor, type Actor } from '../history/index.ts';
import { openRequestsOf, requestBehind, type Session, type TeachingRequest } from '../scheduling/index.ts';
import { runDetails } from './booking.queries.ts';
import type { RunDetails } from './booking.types.ts';

/** A request with what whoever is asked needs to answer it. */
export type RequestToAnswer = { request: TeachingRequest; details: RunDetails; sessions: Session[] };

/** What a trainer who signed in has still to answer, the most urgent first. */
export async function requestsToAnswer(actor: Actor): Promise<RequestToAnswer[]> {
  if (actor.kind !== 'person') return [];
  const found: RequestToAnswer[] = [];
  for (const request of await openRequestsOf(actor.personId)) found.push(await withSessions(request));
  return found.filter(({ sessions, details }) => sessions.length > 0 && details.run.status !== 'cancelled');
}

/** The request behind a link, and who holds it: the trainer who was asked, with no more than a trainer may. @throws not-found */
export async function requestOfLink(token: string): Promise<RequestToAnswer & { actor: Actor }> {
  const request = await requestBehind(token);
  const actor: Actor = { kind: 'person', personId: request.trainerId, roles: [{ kind: 'trainer' }] };
  return { ...(await withSessions(request)), actor };
}

async function withSessions(request: TeachingRequest): Promise<RequestToAnswer> {
  const details = await runDetails(systemActor, request.runId);
  return { request, details, sessions: details.sessions.filter(({ id }) => request.sessionIds.includes(id)) };
}
