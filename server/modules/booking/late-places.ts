import { recordEvent, systemActor } from '../history/index.ts';
import type { OpenRun } from './lane.ts';
import type { Ledger } from './ledger.ts';

/**
 * Has the coordinators told when places became free that nobody moves up to any more, because the start is near:
 * whoever waits can only be rung up now.
 */
export function noteLatePlaces({ run, ledger, at }: OpenRun, before: Ledger): void {
  const cutOffAt = run.startsAt.getTime() - run.policy.cutOffHours * 3_600_000;
  const isLate = run.status === 'published' && at.getTime() >= cutOffAt && at < run.startsAt;
  if (!isLate || run.policy.cutOffHours === 0) return;
  const freed = ledger.units.filter((unit, index) => {
    const was = before.units[index] ?? unit;
    const more = unit.capacity - unit.held > Math.max(0, was.capacity - was.held);
    return more && unit.waiting > 0;
  });
  if (freed.length === 0) return;
  const about = { runId: run.id, seminarId: run.seminarId, providerId: run.providerId };
  const free = Math.max(...freed.map(({ capacity, held }) => capacity - held));
  recordEvent(systemActor, { type: 'places-free-late', about, facts: { free }, tells: true });
}
