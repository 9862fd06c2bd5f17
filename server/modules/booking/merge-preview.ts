import { notFound } from '../../platform/errors.ts';
import { now } from '../../platform/clock.ts';
import type { Actor } from '../history/index.ts';
import { planVersionOf, publicRuns, runToPlan, runWithSessions } from '../scheduling/index.ts';
import { seated } from './booking.rules.ts';
import { listingsOf } from './booking.queries.ts';
import type { Booking, RunListing } from './booking.types.ts';
import { bookingOf } from './bookings.ts';
import type { OpenRun } from './lane.ts';
import { hold, ledgersOf } from './ledger.ts';
import { bookingThere, nextToMove, refuseUnlessMergeable } from './merge-runs.ts';

/** What merging would do now. `told`: how many mails with calendar entries participants would get, and bookers a note. */
export type MergePreview = {
  fits: Booking[];
  rest: Booking[];
  told: { bookers: number; participants: number };
  planSeen: number;
};

const most = 1_000;

/** The runs into which this one could be merged, the next one first. @throws not-found */
export async function mergeTargets(actor: Actor, runId: string): Promise<RunListing[]> {
  const run = await runToPlan(actor, runId);
  const runs = await publicRuns({ seminarIds: [run.seminarId], startsFrom: now(), limit: 50 });
  return listingsOf(
    runs.filter(({ id, providerId, startsAt }) => id !== runId && providerId === run.providerId && startsAt > now()),
  );
}

/** Who would move and who would not, by the same rule that moves them; changes nothing. @throws not-found, not-mergeable */
export async function mergePreview(
  actor: Actor,
  { runId, intoRunId }: { runId: string; intoRunId: string },
): Promise<MergePreview> {
  const from = await runToPlan(actor, runId);
  refuseUnlessMergeable(from, await runToPlan(actor, intoRunId));
  const into = await asIfOpen(intoRunId);
  const fits: Booking[] = [];
  const rest: Booking[] = [];
  for (const row of await nextToMove(runId, most)) {
    const there = await bookingThere(into, row);
    if (there) {
      hold(into.ledger, there);
      into.joined.push(there);
    }
    (there ? fits : rest).push(bookingOf(row));
  }
  const all = [...fits, ...rest];
  const participants = all.filter(({ status }) => status === 'confirmed').flatMap(seated).length;
  return { fits, rest, told: { bookers: all.length, participants }, planSeen: planVersionOf(from) };
}

async function asIfOpen(runId: string): Promise<OpenRun> {
  const found = await runWithSessions(runId);
  const ledger = (await ledgersOf([runId])).get(runId);
  if (!found || !ledger) throw notFound('run');
  return { ...found, ledger, joined: [], cameTrue: [], daysOff: new Set(), at: now() };
}
