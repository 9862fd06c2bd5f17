import {
  allocate as allocateInOrder,
  type Circumstances,
  type Decision,
  type QueuedBooking,
} from '../../../server/modules/booking/booking.rules.ts';
import type { Unit } from '../../../server/modules/booking/ledger.ts';
import type { QueuePolicy } from '../../../server/modules/scheduling/index.ts';

/** The rule of the queue, but whoever does not fit blocks nobody. */
export * from '../../../server/modules/booking/booking.rules.ts';

export function allocate(
  units: readonly Unit[],
  queue: readonly QueuedBooking[],
  policy: QueuePolicy,
  circumstances: Circumstances,
): Decision[] {
  const left = units.map((unit) => ({ ...unit }));
  return queue.flatMap((booking) => {
    const decided = allocateInOrder(left, [booking], policy, circumstances);
    if (decided[0]?.kind === 'confirm')
      for (const unit of left) if (booking.units.includes(unit.unit)) unit.held += booking.demand;
    return decided;
  });
}
