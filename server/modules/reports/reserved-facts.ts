import { now } from '../../platform/clock.ts';
import { BookingModel } from '../booking/booking.model.ts';
import type { LedgerRow } from '../booking/ledger.model.ts';
import { EventModel } from '../history/event.model.ts';
import type { RunRow } from '../scheduling/run.model.ts';
import { holding } from './booking-times.rules.ts';
import type { ReservedFacts } from './verify-reserved.rules.ts';

type LeavingEvent = {
  at: Date;
  about: { bookingId: string };
  facts: { of?: number; places: number; status?: string; was?: string };
};
type LimitEvent = { at: Date; facts: { before?: number | null; after?: number | null } };

/** What a run keeps for whom, with its history. */
export async function reservedFactsOf(
  { _id: runId, contingents = [] }: LedgerRow,
  run: RunRow,
): Promise<ReservedFacts> {
  const limits = await EventModel.find({ 'about.runId': runId, type: 'institution-limit-set' })
    .sort({ at: 1 })
    .lean<LimitEvent[]>();
  const releases =
    contingents.length === 0
      ? []
      : await EventModel.find({ 'about.runId': runId, type: 'contingent-released' }, { facts: 1 }).lean();
  return {
    contingents: contingents.map(({ id, places, organisations, kinds, made, releaseAt, released }) => ({
      id,
      places,
      organisations: organisations.map(({ key }) => key),
      kinds,
      madeAt: made.at.getTime(),
      releaseAt: releaseAt.getTime(),
      ...(released && { releasedAt: released.at.getTime() }),
      releases: releases.filter(({ facts }) => facts['contingentId'] === id).length,
    })),
    limitAt: limitsOver(limits, run.perInstitution),
    gaveUp: limits.length > 0 || run.perInstitution !== undefined ? await gaveUpIn(runId) : [],
    limitSetAt: limits.at(-1)?.at.getTime() ?? 0,
    now: now().getTime(),
  };
}

/** What institutions held and hold no longer although the booking stands: given back, or taken to another run. */
async function gaveUpIn(runId: string): Promise<ReservedFacts['gaveUp']> {
  const events = await EventModel.find({ 'about.runId': runId, type: { $in: ['booking-reduced', 'booking-left'] } })
    .sort({ at: 1 })
    .lean<LeavingEvent[]>();
  const rows = await BookingModel.find(
    { _id: { $in: events.map(({ about }) => about.bookingId) } },
    { organisation: 1 },
  ).lean();
  const organisations = new Map(rows.map(({ _id, organisation }) => [String(_id), organisation]));
  return events.flatMap(({ at, about, facts: { of = 0, places, status, was } }) => {
    const organisation = organisations.get(about.bookingId);
    const wasHeld = holding.some((one) => one === (was ?? status));
    const gone = was === undefined ? of - places : places;
    return organisation !== undefined && wasHeld ? [{ organisation, at: at.getTime(), places: gone }] : [];
  });
}

/** What the limit was at a time; of a run that was planned with one and never changed, always the same. */
function limitsOver(events: readonly LimitEvent[], present: number | undefined) {
  return (at: number): number | undefined => {
    if (at === Infinity || events.length === 0) return present;
    const last = events.findLast((event) => event.at.getTime() <= at);
    return (last ? last.facts.after : events[0]?.facts.before) ?? undefined;
  };
}
