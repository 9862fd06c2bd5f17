import type { RunRow } from './run.model.ts';

/** A dated realisation of a seminar. `startsAt`, `endsAt`: of the first and last session; `location`: of the first. */
export type Run = Omit<RunRow, '_id' | 'seminarId'> & { id: string; seminarId: string };

export function runOf({ _id, seminarId, ...row }: RunRow): Run {
  return { id: String(_id), seminarId: String(seminarId), ...row };
}
