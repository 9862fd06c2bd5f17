import { paths } from '../paths.ts';

/** The answer to a request, on the page of a trainer who signed in. */
export function trainerAnswer(requestId: string): string {
  return `${paths.trainer()}/requests/${requestId}/answer`;
}

/** A trainer says that they cannot teach a session. */
export function trainerAbsence(sessionId: string): string {
  return `${paths.trainer()}/sessions/${sessionId}/absence`;
}

/** The times at which a trainer can teach. */
export function trainerTimes(): string {
  return `${paths.trainer()}/times`;
}

/** A request behind its link, for those without an account too. */
export function teaching(token: string): string {
  return `/teaching/${token}`;
}

/** One session of an accepted request, behind its link. */
export function teachingSession(token: string, sessionId: string): string {
  return `${teaching(token)}/sessions/${sessionId}`;
}

/** The same, to say that one cannot come. */
export function teachingAbsence(token: string, sessionId: string): string {
  return `${teachingSession(token, sessionId)}/absence`;
}

/** One session as its trainer sees it. */
export function trainerSession(sessionId: string): string {
  return `${paths.trainer()}/sessions/${sessionId}`;
}
