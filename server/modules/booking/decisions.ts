import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { recordEvent, systemActor, type Actor } from '../history/index.ts';
import {
  decisionDayOf,
  markDecisionAsked,
  markHeld,
  needsDecision,
  pastRunsOf,
  runsWithMinimum,
  runToPlan,
} from '../scheduling/index.ts';
import { BookingModel } from './booking.model.ts';
import { listingsOf } from './booking.queries.ts';
import type { RunListing } from './booking.types.ts';
import { inOpenRun } from './lane.ts';

/** A run below its minimum whose day has come. `daysLeft`: until it starts; `past`: how earlier runs went, the latest first. */
export type RunToDecide = { listing: RunListing; decisionOn: string; daysLeft: number; past: PastRun[] };
/** `lateCancelled`: places given back in the two weeks before the start. */
export type PastRun = {
  startsAt: Date;
  timeZone: string;
  held: number;
  minimum: number;
  lateCancelled: number;
  cancelled: boolean;
};

const dayInMilliseconds = 86_400_000;
const lateDays = 14;
const pastShown = 6;

/** The runs that want a decision of this coordinator, the next one first, with the figures to decide by. */
export async function runsToDecide(actor: Actor): Promise<RunToDecide[]> {
  const due = await runsDue(actor);
  const found: RunToDecide[] = [];
  for (const listing of due) {
    const { run } = listing;
    const daysLeft = Math.ceil((run.startsAt.getTime() - now().getTime()) / dayInMilliseconds);
    found.push({ listing, decisionOn: decisionDayOf(run), daysLeft, past: await howPastRunsWent(run.seminarId) });
  }
  return found;
}

/** Decides that a run takes place although it is below its minimum. @throws not-found, not-published, run-already-started */
export function holdAnyway(actor: Actor, runId: string): Promise<void> {
  return inTransaction(() =>
    inOpenRun(runId, async () => {
      await markHeld(actor, await runToPlan(actor, runId));
      return () => undefined;
    }),
  );
}

/** Has the coordinators of every run whose day has come asked, once for each run. */
export async function askForDecisions(): Promise<void> {
  for (const { run } of await runsDue(systemActor))
    if (!run.decisionAskedAt)
      await inTransaction(async () => {
        if (!(await markDecisionAsked(run))) return;
        const about = { runId: run.id, seminarId: run.seminarId, providerId: run.providerId };
        recordEvent(systemActor, { type: 'decision-due', about, tells: true });
      });
}

async function runsDue(actor: Actor): Promise<RunListing[]> {
  const listings = await listingsOf(await runsWithMinimum(actor));
  return listings.filter(({ run, places }) => needsDecision(run, places.held, now()));
}

async function howPastRunsWent(seminarId: string): Promise<PastRun[]> {
  const listings = await listingsOf(await pastRunsOf(seminarId, pastShown));
  const past: PastRun[] = [];
  for (const { run, places } of listings)
    past.push({
      startsAt: run.startsAt,
      timeZone: run.timeZone,
      held: places.held,
      minimum: run.minimum ?? 0,
      lateCancelled: await cancelledLate(run),
      cancelled: run.status === 'cancelled',
    });
  return past;
}

/** Places that bookers gave back themselves shortly before the start. */
async function cancelledLate({ id, startsAt }: { id: string; startsAt: Date }): Promise<number> {
  const from = new Date(startsAt.getTime() - lateDays * dayInMilliseconds);
  const rows = await BookingModel.find(
    {
      runId: id,
      status: 'cancelled',
      states: { $elemMatch: { status: 'cancelled', at: { $gte: from, $lt: startsAt } } },
    },
    { places: 1, states: 1 },
  ).lean();
  const byThemselves = rows.filter(({ states }) => states.at(-1)?.by.kind !== 'system');
  return byThemselves.reduce((sum, { places }) => sum + places, 0);
}
