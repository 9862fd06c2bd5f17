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

/** What somebody without an account teaches in a run, behind the link of their mails. */
export function assignment(token: string): string {
  return `/assignments/${token}`;
}

/** One session, behind the link `home` of a request or an assignment. */
export function taughtSession(home: string, sessionId: string): string {
  return `${home}/sessions/${sessionId}`;
}

/** The same, to say that one cannot come. */
export function taughtAbsence(home: string, sessionId: string): string {
  return `${taughtSession(home, sessionId)}/absence`;
}

/** All sessions that somebody teaches in the run, as a file for the calendar. */
export function taughtCalendar(home: string): string {
  return `${home}/calendar.ics`;
}

/** One session as its trainer sees it. */
export function trainerSession(sessionId: string): string {
  return `${paths.trainer()}/sessions/${sessionId}`;
}
