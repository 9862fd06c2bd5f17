import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { authorise } from '../../platform/errors.ts';
import { coordinatesNetwork, recordEvent, referenceTo, type Actor } from '../history/index.ts';
import { MailHoldModel, type MailHoldRow } from './mail-hold.model.ts';
import { MessageModel } from './message.model.ts';
import { withdrawAllDue } from './messages.ts';

export type MailHold = Pick<MailHoldRow, 'at' | 'reason'>;

/** Since when and why no mail goes out; nothing while it does. */
export async function mailHold(): Promise<MailHold | undefined> {
  const row = await MailHoldModel.findById('mail').lean();
  return row ? { at: row.at, reason: row.reason } : undefined;
}

/**
 * Stops all mail but the codes to sign in with, in every process, until it is released: nothing is lost, everything
 * waits. Held already: nothing changes. @throws not-allowed for whoever does not coordinate the network
 */
export function holdMail(actor: Actor, reason: string): Promise<void> {
  authorise(coordinatesNetwork(actor));
  return inTransaction(async () => {
    if (await mailHold()) return;
    await MailHoldModel.create([{ _id: 'mail', at: now(), by: referenceTo(actor), reason }]);
    recordEvent(actor, { type: 'mail-held', about: {}, facts: { reason } });
  });
}

/**
 * Lets mail go out again. What became due meanwhile goes out now, or is withdrawn: after older data were restored, most
 * of it was sent before. @throws not-allowed
 */
export function releaseMail(actor: Actor, { waiting }: { waiting: 'send' | 'withdraw' }): Promise<void> {
  authorise(coordinatesNetwork(actor));
  return inTransaction(async () => {
    if (!(await mailHold())) return;
    await MailHoldModel.deleteOne({ _id: 'mail' });
    if (waiting === 'withdraw') await withdrawAllDue('Withdrawn when mail was released.');
    recordEvent(actor, { type: 'mail-released', about: {}, facts: { waiting } });
  });
}

/** How many mails would go out now. */
export async function mailsDue(): Promise<number> {
  return MessageModel.countDocuments({ state: 'due', dueAt: { $lte: now() } });
}
