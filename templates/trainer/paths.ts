import { paths } from '../paths.ts';

/** One session as its trainer sees it. */
export function trainerSession(sessionId: string): string {
  return `${paths.trainer()}/sessions/${sessionId}`;
}
