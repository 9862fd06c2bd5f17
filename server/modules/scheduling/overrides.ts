import { Types } from 'mongoose';
import { mirroredKey, type Conflict, type Occupied } from './conflicts.rules.ts';
import { SessionModel } from './session.model.ts';

/** Why conflicts of these sessions were decided to be all right, on either side; by the place of the conflict in the list. */
export async function overridesOf(
  sessions: readonly Occupied[],
  conflicts: readonly Conflict[],
): Promise<(string | undefined)[]> {
  const ids = [...sessions.map(({ id }) => id), ...conflicts.flatMap(({ other }) => other?.id ?? [])];
  const known = [...new Set(ids)].filter((id) => Types.ObjectId.isValid(id));
  const rows = await SessionModel.find({ _id: { $in: known } }, { overrides: 1 }).lean();
  const reasons = new Map(rows.flatMap(({ overrides = [] }) => overrides.map(({ key, reason }) => [key, reason])));
  return conflicts.map((conflict) => reasons.get(conflict.key) ?? reasons.get(mirroredKey(conflict, sessions) ?? ''));
}
