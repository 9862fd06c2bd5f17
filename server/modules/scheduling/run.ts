import type { ReminderRule } from '../catalogue/index.ts';
import type { QueuePolicy, RunRow, RunStatus } from './run.model.ts';

type Fact = { at: Date; by: { kind: string; id?: string } };

/** A dated realisation of a seminar. `startsAt`, `endsAt`: of the first and last session; `location`: of the first. */
export type Run = {
  id: string;
  seminarId: string;
  providerId: string;
  status: RunStatus;
  minimum?: number;
  policy: QueuePolicy;
  cancellationHours: number;
  /** The run's own reminder plan, taken over from its seminar. */
  reminders: ReminderRule[];
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  location: string;
  publication?: Fact;
  cancellation?: Fact & { reason: string };
};

export function runOf({ _id, seminarId, ...row }: RunRow): Run {
  return { id: String(_id), seminarId: String(seminarId), ...row };
}
