import { LedgerModel } from '../../../server/modules/booking/ledger.model.ts';
import type { Ledger } from '../../../server/modules/booking/ledger.ts';
import { notFound } from '../../../server/platform/errors.ts';

/** A ledger that reads and then writes, and trusts that nobody came in between. */
export * from '../../../server/modules/booking/ledger.ts';

/** As many bookings as one transaction settles: the unique index on the numbers must not do the missing guard's work. */
const numbersForOneBatch = 64;

export async function openLedger(runId: string): Promise<Ledger> {
  const row = await LedgerModel.findOneAndUpdate(
    { _id: runId },
    { $inc: { nextNumber: numbersForOneBatch } },
    { returnDocument: 'before' },
  ).lean();
  if (!row) throw notFound('run');
  const units = row.units.map(({ unit, capacity, held, waiting = 0 }) => ({ unit, capacity, held, waiting }));
  return { runId, nextNumber: row.nextNumber, waiting: row.waiting, units };
}

export async function closeLedger(before: Ledger, after: Ledger): Promise<void> {
  const increments = after.units.map(({ held, waiting }, index) => ({
    [`units.${index}.held`]: held - (before.units[index]?.held ?? 0),
    [`units.${index}.waiting`]: waiting - (before.units[index]?.waiting ?? 0),
  }));
  await LedgerModel.updateOne(
    { _id: after.runId },
    { $inc: Object.assign({ waiting: after.waiting - before.waiting }, ...increments) },
  );
}
