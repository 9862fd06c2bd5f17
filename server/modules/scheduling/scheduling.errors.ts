import { AppError } from '../../platform/errors.ts';
import type { Conflict } from './conflicts.rules.ts';

/** The plan meets others: what in it, all at once. `details` say how much; `conflicts` with whom, for those who plan. */
export class PlanConflicts extends AppError {
  readonly conflicts: readonly Conflict[];

  constructor(conflicts: readonly Conflict[]) {
    super('plan-conflicts', 'conflict', 'A room or a trainer cannot be in two places.', { count: conflicts.length });
    this.conflicts = conflicts;
  }
}

export const unknownRoom = (session: number) =>
  new AppError('unknown-room', 'invalid', 'There is no such room.', { session });
export const locationMissing = (session: number) =>
  new AppError('location-missing', 'invalid', 'A session is in a room, or says in words where it is.', { session });
