import { DateTime } from 'luxon';
import { now } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import { runOf, type Run } from './run.ts';
import { RunModel } from './run.model.ts';

const most = 500;

/** Public runs to come that have a last day for names, the next day first. Asks for no permission: for sweeps. */
export async function runsWithNamesDeadline(): Promise<Run[]> {
  const rows = await RunModel.find({
    namesUntilOn: { $gt: '' },
    status: 'published',
    startsAt: { $gt: now() },
  })
    .sort({ namesUntilOn: 1 })
    .limit(most)
    .lean();
  return rows.map(runOf);
}

/** @throws names-until-past for a last day that is over already */
export function refusePastNames(
  namesUntilOn: string | undefined,
  { before, timeZone }: { before?: string | undefined; timeZone: string },
): void {
  if (namesUntilOn === undefined || namesUntilOn === before) return;
  if (DateTime.fromISO(namesUntilOn, { zone: timeZone }).endOf('day').toJSDate() < now())
    throw new AppError('names-until-past', 'invalid', 'The last day for names is over already.');
}
