import { now } from '../../platform/clock.ts';
import { BookingModel, type BookingRow } from '../booking/booking.model.ts';
import { LedgerModel, type LedgerRow } from '../booking/ledger.model.ts';
import {
  divisible,
  fillWindow,
  isMakeUp,
  moduleOfUnit,
  placesTakenIn,
  sitsElsewhereIn,
  startOfUnits,
  wholeRun,
} from '../booking/index.ts';
import { EventModel } from '../history/event.model.ts';
import { RunModel, type RunRow } from '../scheduling/run.model.ts';
import { SessionModel, type SessionRow } from '../scheduling/session.model.ts';
import { brokenApprovals } from './approvals-kept.ts';
import { brokenDemand } from './demand-kept.ts';
import { doubleOccupations } from './double-occupations.ts';
import { reservedFactsOf } from './reserved-facts.ts';
import { brokenMakeUps } from './made-up-kept.ts';
import { brokenWishes } from './wishes-kept.ts';
import { brokenPromisesOf, type BookingFacts, type BrokenPromise, type RunFacts } from './verify.rules.ts';

export type Verification = { runs: number; bookings: number; broken: BrokenPromise[] };

/** Recomputes promises 1 to 4 and 9 from the data, and whether what was asked for was kept, without changing anything; works while others write. */
export async function verifyPromises(): Promise<Verification> {
  const verification: Verification = { runs: 0, bookings: 0, broken: [] };
  for await (const { _id } of LedgerModel.find({}, { _id: 1 }).lean().cursor()) {
    const facts = await steadyFactsOf(_id);
    if (!facts) continue;
    verification.runs += 1;
    verification.bookings += facts.bookings.length;
    verification.broken.push(...brokenPromisesOf(facts));
  }
  verification.broken.push(...(await doubleOccupations()), ...(await brokenMakeUps()));
  verification.broken.push(...(await brokenWishes()), ...(await brokenApprovals()), ...(await brokenDemand()));
  return verification;
}

// Ledger and bookings are read one after the other: when somebody booked in between, both are read again.
async function steadyFactsOf(runId: string): Promise<RunFacts | undefined> {
  for (let tries = 0; tries < 20; tries += 1) {
    const ledger = await LedgerModel.findById(runId).lean();
    const run = await RunModel.findById(runId).lean();
    const bookings = await BookingModel.find({ runId }).sort({ number: 1 }).lean();
    const sessions = await SessionModel.find({ runId }).lean();
    const after = await LedgerModel.findById(runId, { turn: 1 }).lean();
    if (!ledger || !run) return undefined;
    if (after?.turn === ledger.turn)
      return factsOf(
        { ledger, run, sessions, bookings },
        {
          lowered: await wasLowered(runId),
          policyChanged: await wasPolicyChanged(runId),
          reserved: await reservedFactsOf(ledger, run),
        },
      );
  }
  throw new Error(`Run ${runId} is being booked without a pause; verify it again later.`);
}

async function wasLowered(runId: string): Promise<boolean> {
  return (
    (await EventModel.exists({
      'about.runId': runId,
      type: { $in: ['capacity-changed', 'module-capacities-changed', 'make-up-places-changed'] },
    })) !== null
  );
}

async function wasPolicyChanged(runId: string): Promise<boolean> {
  const changes = await EventModel.find({ 'about.runId': runId, type: 'run-settings-changed' }, { facts: 1 }).lean();
  return changes.some(({ facts }) => 'order' in facts || 'maxPasses' in facts);
}

type Rows = { ledger: LedgerRow; run: RunRow; sessions: readonly SessionRow[]; bookings: readonly BookingRow[] };

function factsOf(
  { ledger, run, sessions, bookings }: Rows,
  changes: { lowered: boolean; policyChanged: boolean; reserved: RunFacts['reserved'] },
): RunFacts {
  const { _id, nextNumber, waiting, units } = ledger;
  const sittings = sessions
    .map(({ moduleId, startsAt }) => ({ startsAt, ...(moduleId && { moduleId: String(moduleId) }) }))
    .toSorted((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
  const cutOffAt = (wanted: readonly string[]) =>
    startOfUnits(wanted, sittings, run.startsAt).getTime() - run.policy.cutOffHours * 3_600_000;
  return {
    ledger: {
      runId: _id,
      nextNumber,
      waiting,
      units: units.map((unit) => ({ ...unit, waiting: unit.waiting ?? waiting })),
    },
    bookings: bookings.map(bookingFacts),
    mayPromote: (wanted) => run.status === 'published' && now().getTime() < cutOffAt(wanted),
    lowered: changes.lowered,
    reserved: changes.reserved,
    queue: {
      order: run.policy.order,
      maxPasses: run.policy.order === 'fill' ? (run.policy.maxPasses ?? 0) : 0,
      ...(run.policy.order === 'fill' && { window: fillWindow }),
      wasChanged: changes.policyChanged,
    },
  };
}

function bookingFacts({ _id, seats = [], participants, requestKey, ...row }: BookingRow): BookingFacts {
  const { number, status, units, places, moved } = row;
  // What it was in the run it came from says nothing about the order here.
  const states = row.states.filter(({ at }) => !moved || at >= moved.at);
  const seatedIn = (unit: string) => participants.filter((one) => !sitsElsewhereIn(one, unit)).map(({ key }) => key);
  return {
    id: String(_id),
    number,
    status,
    units,
    places,
    taken: Object.fromEntries(units.map((unit) => [unit, placesTakenIn({ places, participants }, unit)])),
    seated: Object.fromEntries(units.map((unit) => [unit, seatedIn(unit)])),
    seats,
    notBeside: Object.fromEntries(units.filter(isMakeUp).map((unit) => [unit, [wholeRun, moduleOfUnit(unit) ?? unit]])),
    passes: row.passes ?? 0,
    divisible: divisible(row.wish ? { places, participants, wish: row.wish } : { places, participants }),
    ...(row.organisation && { organisation: row.organisation }),
    ...(row.organisationKind && { organisationKind: row.organisationKind }),
    lifts: (row.lifts ?? []).map(({ at, from, to }) => ({ at: at.getTime(), from, to })),
    ...(row.splitFrom && { splitFrom: row.splitFrom }),
    ...(requestKey && { requestKey }),
    states,
  };
}
