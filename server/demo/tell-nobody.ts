import { markAllTold } from '../modules/history/index.ts';
import { withdrawAllDue } from '../modules/mail/index.ts';
import { inTransaction } from '../platform/database.ts';

const reason = 'demo';

/**
 * Takes back what seeding would have sent: the people of the demo do not exist. Reminders that are still to come stay,
 * so that the outbox of the demo is alive. The one place where seeded mail is held back.
 */
export async function tellNobody(): Promise<void> {
  await inTransaction(async () => {
    await markAllTold();
    await withdrawAllDue(reason);
  });
}
