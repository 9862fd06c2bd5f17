import type { QueuePolicy } from '../scheduling/index.ts';
import { allFree, freeIn, poolOf, poolsOf, roomIn, takeFrom, type Free } from './contingents.rules.ts';
import type { Unit } from './ledger.ts';
import { countPlaces, isOverLimit, type Limit } from './limits.rules.ts';
import { isByModule, isMakeUp, moduleOfUnit } from './units.rules.ts';
import type { BookingStatus, PlacesOfModule, PlacesOfRun, WaitingReason } from './booking.types.ts';

/**
 * One booking in the queue. `demand`: the places it needs free; `takes`: how many of them it then holds, where that is
 * fewer, and `takesIn`, where it differs from unit to unit; `hasWaited`: it was told to wait before now; `startsAt`: when
 * the first of its own sessions begins, where that is not the run's; `passes`: how often somebody went ahead of it;
 * `divisible`: how many of its places may be given without the others; `organisation`: for whom limits count it;
 * `contingent`: the group for which places are kept that it belongs to.
 */
export type QueuedBooking = {
  id: string;
  units: readonly string[];
  demand: number;
  takes?: number;
  takesIn?: Readonly<Record<string, number>>;
  hasWaited: boolean;
  startsAt?: Date;
  passes?: number;
  divisible?: number;
  organisation?: string;
  contingent?: string;
};

/** `passes`: how often somebody has gone ahead by now; `part`: that many places it gets at once, the others wait. */
export type Decision =
  | { id: string; kind: 'confirm' }
  | { id: string; kind: 'wait'; reason: WaitingReason; passes: number }
  | { id: string; kind: 'part'; places: number; reason: WaitingReason; passes: number };

/** `limit`: how many places one institution may hold, where the run says so. */
export type Circumstances = { now: Date; startsAt: Date; isOpen: boolean; limit?: Limit };

/** Under `fill` nobody looks further down the queue than this, so that a decision costs the same however many wait. */
export const fillWindow = 50;

/**
 * Decides who in `queue` (in order, from its head) gets which of the free places. The one way to a place.
 * `strict`: the first booking that does not fit blocks the units it wants for everybody behind it. `fill`: it blocks them
 * once it was passed over `maxPasses` times. `split`: it gets what is free, and blocks for the rest of its places. Whoever
 * waits because the institution has all it may blocks nobody but its own. `blockedBefore`: units, and places kept for a
 * group in them, that somebody ahead of this queue waits for.
 */
export function allocate(
  units: readonly Unit[],
  queue: readonly QueuedBooking[],
  policy: QueuePolicy,
  circumstances: Circumstances,
  blockedBefore: ReadonlySet<string> = new Set(),
): Decision[] {
  const free = new Map(units.map((unit) => [unit.unit, freeIn(unit)]));
  const tally = new Map(circumstances.limit?.held);
  const limit = circumstances.limit && { most: circumstances.limit.most, held: tally };
  const blocked = new Set(blockedBefore);
  const passed = new Map<string, number>();
  const standing: QueuedBooking[] = [];

  const take = (booking: QueuedBooking, taken: (unit: string) => number) => {
    countPlaces(tally, booking, taken);
    const pools = booking.units.flatMap((unit) => poolsTaken(booking, unit, taken(unit), free));
    for (const ahead of standing.filter((one) => poolsOf(one).some((pool) => pools.includes(pool)))) {
      const passes = (passed.get(ahead.id) ?? 0) + 1;
      passed.set(ahead.id, passes);
      if (passes >= mostPasses(policy)) block(blocked, ahead);
    }
  };
  const wait = (booking: QueuedBooking, reason: WaitingReason): void => {
    passed.set(booking.id, booking.passes ?? 0);
    const mayBePassed = reason !== 'after-cut-off' && (booking.passes ?? 0) < mostPasses(policy);
    if (reason === 'institution-limit') blockOwn(blocked, booking, policy);
    else if (mayBePassed) standing.push(booking);
    else block(blocked, booking);
  };

  const decided = queue.map((booking): Decision => {
    const { id } = booking;
    const isLimited =
      blocked.has(ownOf(booking)) || (limit && isOverLimit(limit, booking, (unit) => takenIn(booking, unit)));
    const cutOff = booking.hasWaited && isAfterCutOff(policy, { ...circumstances, ...startOf(booking) });
    const reason = isLimited ? 'institution-limit' : cutOff ? 'after-cut-off' : reasonToWait(booking, free, blocked);
    if (!reason) {
      take(booking, (unit) => takenIn(booking, unit));
      return { id, kind: 'confirm' };
    }
    const places = partOf(booking, { policy, reason, free });
    if (places > 0) take(booking, () => places);
    const why = places > 0 ? reasonForRest(booking, free) : reason;
    wait(booking, why);
    return places > 0 ? { id, kind: 'part', places, reason: why, passes: 0 } : { id, kind: 'wait', reason, passes: 0 };
  });
  return decided.map((one) => (one.kind === 'confirm' ? one : { ...one, passes: passed.get(one.id) ?? 0 }));
}

/** What a decision keeps everybody behind it from, where nobody may be passed. */
export function blockedBy(booking: QueuedBooking, decision: Decision | undefined, policy: QueuePolicy): string[] {
  if (!decision || decision.kind === 'confirm') return [];
  if (decision.reason === 'institution-limit') return policy.order === 'fill' ? [] : [ownOf(booking)];
  return poolsOf(booking);
}

function mostPasses({ order, maxPasses = 0 }: QueuePolicy): number {
  return order === 'fill' ? maxPasses : 0;
}

function block(blocked: Set<string>, booking: QueuedBooking): void {
  for (const pool of poolsOf(booking)) blocked.add(pool);
}

/** Within an institution the order holds too: who comes later does not take what is left of its limit. */
function blockOwn(blocked: Set<string>, booking: QueuedBooking, { order }: QueuePolicy): void {
  if (order !== 'fill') blocked.add(ownOf(booking));
}

function ownOf({ id, organisation = id }: QueuedBooking): string {
  return `of ${organisation}`;
}

type FreeOfUnits = ReadonlyMap<string, Free>;
const nothingFree: Free = { open: 0, kept: new Map() };

function freeOf(free: FreeOfUnits, unit: string): Free {
  return free.get(unit) ?? nothingFree;
}

/** Takes a booking's places in a unit; gives whose they were: everybody's, or those kept for its group. */
function poolsTaken({ contingent }: QueuedBooking, unit: string, places: number, free: FreeOfUnits): string[] {
  const open = takeFrom(freeOf(free, unit), places, contingent);
  const isOpen = open > 0 || contingent === undefined;
  return [...(isOpen ? [unit] : []), ...(contingent !== undefined && open < places ? [poolOf(unit, contingent)] : [])];
}

type Split = { policy: QueuePolicy; reason: WaitingReason; free: FreeOfUnits };

/** How many of its places a group that does not fit gets all the same: as many as are free in every unit it wants. */
function partOf({ units, contingent, divisible = 0 }: QueuedBooking, { policy, reason, free }: Split): number {
  const isShort = reason === 'group-does-not-fit' || reason === 'kept-for-contingent';
  if (policy.order !== 'split' || !isShort) return 0;
  return Math.max(0, Math.min(divisible, ...units.map((unit) => roomIn(freeOf(free, unit), unit, contingent))));
}

function reasonForRest(booking: QueuedBooking, free: FreeOfUnits): WaitingReason {
  const { units, contingent } = booking;
  const full = units.filter((unit) => roomIn(freeOf(free, unit), unit, contingent) <= 0);
  if (full.length === 0) return 'group-does-not-fit';
  return full.every((unit) => allFree(freeOf(free, unit)) > 0) ? 'kept-for-contingent' : 'no-place-free';
}

function startOf({ startsAt }: QueuedBooking): { startsAt?: Date } {
  return startsAt ? { startsAt } : {};
}

function takenIn({ takesIn, takes, demand }: QueuedBooking, unit: string): number {
  return takesIn?.[unit] ?? takes ?? demand;
}

/** Whoever takes nothing in a unit is still answered like anybody else: only while a place is free. */
function neededIn({ takesIn, demand }: QueuedBooking, unit: string): number {
  const taken = takesIn?.[unit];
  return taken === undefined ? demand : Math.max(1, taken);
}

/** Promotion ends with the cut-off, at the latest with the first session, and for a run that is not open. */
function isAfterCutOff(policy: QueuePolicy, { now, startsAt, isOpen }: Circumstances): boolean {
  return !isOpen || now.getTime() >= startsAt.getTime() - policy.cutOffHours * 3_600_000;
}

function reasonToWait(
  booking: QueuedBooking,
  free: FreeOfUnits,
  blocked: ReadonlySet<string>,
): WaitingReason | undefined {
  const { units, contingent } = booking;
  const room = (unit: string, others?: ReadonlySet<string>) => roomIn(freeOf(free, unit), unit, contingent, others);
  if (units.every((unit) => room(unit, blocked) >= neededIn(booking, unit))) return undefined;
  if (poolsOf(booking).some((pool) => blocked.has(pool))) return 'behind-others';
  const short = units.filter((unit) => room(unit) < neededIn(booking, unit));
  if (short.every((unit) => allFree(freeOf(free, unit)) >= neededIn(booking, unit))) return 'kept-for-contingent';
  const least = Math.min(...short.map((unit) => room(unit)));
  if (least < 0) return 'run-over-full';
  return least === 0 ? 'no-place-free' : 'group-does-not-fit';
}

const active: readonly BookingStatus[] = ['requested', 'waiting', 'offered', 'confirmed'];

export function isActive(status: BookingStatus): boolean {
  return active.includes(status);
}

/** How many offers a booking has had. */
export function offersMadeTo({ states }: { states: readonly { status: BookingStatus }[] }): number {
  return states.filter(({ status }) => status === 'offered').length;
}

/** Until when a booker may cancel a confirmed booking alone: later than usual where its dates were changed under them. */
export function mayCancelUntil(
  run: { startsAt: Date; cancellationHours: number },
  { freeCancellationUntil }: { freeCancellationUntil?: Date } = {},
): Date {
  const usual = run.startsAt.getTime() - run.cancellationHours * 3_600_000;
  return new Date(Math.max(usual, freeCancellationUntil?.getTime() ?? usual));
}

/** Who sits in a unit, as the index on seats knows it. */
export function seatOf(unit: string, participantKey: string): string {
  return `${unit}:${participantKey}`;
}

/** A name as it identifies: without accents of spelling, case and spare blanks. */
export function normalisedName(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Places as everybody may see them. While others wait, a newcomer could have none; never below zero, also when over-full. */
export function placesOf({ units, waiting }: { units: readonly Unit[]; waiting: number }): PlacesOfRun {
  const own = units.filter(({ unit }) => !isMakeUp(unit)).map(placesOfUnit);
  const makeUp = units.filter(({ unit }) => isMakeUp(unit)).map(placesOfUnit);
  const capacity = Math.max(...own.map((unit) => unit.capacity));
  const held = Math.max(...own.map((unit) => unit.held));
  return {
    capacity,
    held,
    left: Math.max(...own.map(({ left }) => left)),
    waiting,
    ...keptIn(units),
    ...(isByModule(units) && { modules: own }),
    ...(makeUp.length > 0 && { makeUp }),
  };
}

/** The same for a newcomer: where a run is booked by module, no place is to be had in a module that has begun. */
export function placesToCome(
  places: PlacesOfRun,
  { moduleStarts = [] }: { moduleStarts?: readonly { moduleId: string; at: Date }[] },
  now: Date,
): PlacesOfRun {
  const begun = new Set(moduleStarts.filter(({ at }) => at <= now).map(({ moduleId }) => moduleId));
  if (!places.modules || begun.size === 0) return places;
  const modules = places.modules.map((one) => (begun.has(one.moduleId) ? { ...one, left: 0 } : one));
  return { ...places, modules, left: Math.max(...modules.map(({ left }) => left)) };
}

function keptIn(units: readonly Unit[]): { kept?: number } {
  const kept = Math.max(0, ...units.map((unit) => allFree(freeIn(unit)) - freeIn(unit).open));
  return kept > 0 ? { kept } : {};
}

/** What is kept for a group is left for nobody else; a queue that blocks nobody leaves the places to newcomers. */
function placesOfUnit(counted: Unit): PlacesOfModule {
  const { unit, capacity, held, waiting, passable } = counted;
  const left = waiting > 0 && !passable ? 0 : Math.max(0, freeIn(counted).open);
  return { moduleId: moduleOfUnit(unit) ?? unit, capacity, held, left, waiting };
}

/** Those places that a session's room has to seat, and how many of them are held: of its module, also by those who make it up. */
export function heldIn({ held, modules, makeUp = [] }: PlacesOfRun, { moduleId }: { moduleId?: string }): number {
  const ofModule = (places: readonly PlacesOfModule[]) => places.find((one) => one.moduleId === moduleId)?.held ?? 0;
  return (modules && moduleId !== undefined ? ofModule(modules) : held) + ofModule(makeUp);
}

/** The participants who take a place in this booking, without those who sit elsewhere in the run already. */
export function seated<Person extends { sitsElsewhere?: true }>({
  participants,
}: {
  participants: readonly Person[];
}): Person[] {
  return participants.filter(({ sitsElsewhere }) => !sitsElsewhere);
}
