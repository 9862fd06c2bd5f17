import { ResourceDayModel } from './resource-day.model.ts';

/**
 * Takes the days of rooms and trainers for the open transaction, all in one write. Whoever comes second meets a write
 * conflict here, before any work was done, and starts again seeing what the first one has left.
 */
export async function takeDays(days: readonly string[]): Promise<void> {
  const inOrder = [...new Set(days)].toSorted();
  if (inOrder.length === 0) return;
  await ResourceDayModel.bulkWrite(
    inOrder.map((_id) => ({ updateOne: { filter: { _id }, update: { $inc: { turn: 1 } }, upsert: true } })),
  );
}
