import type { QueuePolicy } from '../scheduling/index.ts';
import type { Unit } from './ledger.ts';
import type { BookingStatus, PlacesOfRun, WaitingReason } from './booking.types.ts';

/**
 * One booking in the queue. `demand`: the places it needs free; `takes`: how many of them it then holds, where that is
 * fewer; `hasWaited`: it was told to wait before now.
 */
export type QueuedBooking = {
  id: string;
  units: readonly string[];
  demand: number;
  takes?: number;
  hasWaited: boolean;
};

export type Decision = { id: string; kind: 'confirm' } | { id: string; kind: 'wait'; reason: WaitingReason };

export type Circumstances = { now: Date; startsAt: Date; isOpen: boolean };

/**
 * Decides who in `queue` (in order, from its head) gets which of the free places. The one way to a place.
 * `strict`: the first booking that does not fit blocks the units it wants for everybody behind it, so nobody overtakes.
 */
export function allocate(
  units: readonly Unit[],
  queue: readonly QueuedBooking[],
  policy: QueuePolicy,
  circumstances: Circumstances,
): Decision[] {
  const free = new Map(units.map(({ unit, capacity, held }) => [unit, capacity - held]));
  const blocked = new Set<string>();
  const cutOff = isAfterCutOff(policy, circumstances);

  return queue.map((booking) => {
    const reason = cutOff && booking.hasWaited ? 'after-cut-off' : reasonToWait(booking, free, blocked);
    if (reason) {
      for (const unit of booking.units) blocked.add(unit);
      return { id: booking.id, kind: 'wait', reason };
    }
    for (const unit of booking.units) free.set(unit, (free.get(unit) ?? 0) - (booking.takes ?? booking.demand));
    return { id: booking.id, kind: 'confirm' };
  });
}

/** Promotion ends with the cut-off, at the latest with the first session, and for a run that is not open. */
function isAfterCutOff(policy: QueuePolicy, { now, startsAt, isOpen }: Circumstances): boolean {
  return !isOpen || now.getTime() >= startsAt.getTime() - policy.cutOffHours * 3_600_000;
}

function reasonToWait(
  { units, demand }: QueuedBooking,
  free: ReadonlyMap<string, number>,
  blocked: ReadonlySet<string>,
): WaitingReason | undefined {
  if (units.some((unit) => blocked.has(unit))) return 'behind-others';
  const least = Math.min(...units.map((unit) => free.get(unit) ?? 0));
  if (least >= demand) return undefined;
  if (least < 0) return 'run-over-full';
  return least === 0 ? 'no-place-free' : 'group-does-not-fit';
}

const active: readonly BookingStatus[] = ['requested', 'waiting', 'offered', 'confirmed'];

export function isActive(status: BookingStatus): boolean {
  return active.includes(status);
}

/** Until when a booker may cancel a confirmed booking alone. */
export function mayCancelUntil(run: { startsAt: Date; cancellationHours: number }): Date {
  return new Date(run.startsAt.getTime() - run.cancellationHours * 3_600_000);
}

/** A name as it identifies: without accents of spelling, case and spare blanks. */
export function normalisedName(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Places as everybody may see them. While others wait, a newcomer could have none; never below zero, also when over-full. */
export function placesOf({ units, waiting }: { units: readonly Unit[]; waiting: number }): PlacesOfRun {
  const capacity = Math.min(...units.map((unit) => unit.capacity));
  const held = Math.max(...units.map((unit) => unit.held));
  const free = Math.min(...units.map((unit) => unit.capacity - unit.held));
  return { capacity, held, left: waiting > 0 ? 0 : Math.max(0, free), waiting };
}

/** The participants who take a place in this booking, without those who sit elsewhere in the run already. */
export function seated<Person extends { sitsElsewhere?: true }>({
  participants,
}: {
  participants: readonly Person[];
}): Person[] {
  return participants.filter(({ sitsElsewhere }) => !sitsElsewhere);
}
