import { now } from '../../platform/clock.ts';
import { MessageModel } from './message.model.ts';

/**
 * A mail that its server took came back: it failed after all, and is a task for a human. Gives whether it was sent by us;
 * said again, or of a mail that was given up meanwhile, it changes nothing.
 */
export async function markReturned(id: string, reason: string): Promise<boolean> {
  const known = await MessageModel.findOne({ _id: id }, { state: 1 }).lean();
  if (known?.state === 'sent')
    await MessageModel.updateOne(
      { _id: id, state: 'sent' },
      { $set: { state: 'failed', reason, returnedAt: now(), settledAt: now() } },
    );
  return known !== null;
}
