import { AsyncLocalStorage } from 'node:async_hooks';
import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import { runWithSessions, type Run, type Session } from '../scheduling/index.ts';
import type { BookingRow } from './booking.model.ts';
import { daysOffFor } from './days-off.ts';
import type { DaysOff } from './reminders.rules.ts';
import { addUnits, closeLedger, openLedger, type Ledger } from './ledger.ts';
import { countForLimit } from './held-by-institutions.ts';
import { releaseDue } from './release-contingents.ts';
import { noteLatePlaces } from './late-places.ts';
import { settle } from './settle.ts';
import { isByModule, isMakeUp } from './units.rules.ts';
import { endWishesIn, runOfOpenWish } from './wish-came-true.ts';

/** A run while one transaction works on its places. Acts change `ledger` and `joined`; `settle` decides and writes. */
export type OpenRun = {
  run: Run;
  sessions: Session[];
  ledger: Ledger;
  /** New bookings in the order of their numbers, not written yet. */
  joined: BookingRow[];
  /** Those of several runs that were wished for and are confirmed in this transaction, here or in another run. */
  cameTrue: BookingRow[];
  /** What rules of working days keep clear of. */
  daysOff: DaysOff;
  at: Date;
};

/** What somebody wants of the run; gives a function that tells the outcome once everything is settled. */
type Act<Outcome> = (open: OpenRun) => Promise<() => Outcome>;
/** The same, with nothing said of what comes out: `act` settles the outcome, `resolve` hands it over. */
type Request = {
  act: (open: OpenRun) => Promise<() => void>;
  resolve: () => void;
  reject: (error: unknown) => void;
};

const mostTogether = 64;
const lanes = new Map<string, Request[]>();
/** What has come true in the transaction so far, also while another run is opened inside this one. */
const wishes = new AsyncLocalStorage<BookingRow[]>();

/**
 * Does `act` on a run's places. Requests for the same run queue up within this process, and several are settled in one
 * transaction, so that a stampede does not become a storm of retries. When one of them is refused, each is done again
 * alone. Joins the transaction that is open. `act` may run several times: database work only.
 */
export function inLaneOf<Outcome>(runId: string, act: Act<Outcome>): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const request = requestFor(act, resolve, reject);
    const waiting = lanes.get(runId);
    if (waiting) {
      waiting.push(request);
      return;
    }
    const requests = [request];
    lanes.set(runId, requests);
    void drive(runId, requests);
  });
}

/** The same for whoever has a transaction open already: settles alone, inside it. */
export function inOpenRun<Outcome>(runId: string, act: Act<Outcome>): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const request = requestFor(act, resolve, reject);
    settleTogether(runId, [request]).then(request.resolve, reject);
  });
}

/** The same for several runs in one transaction: entered in the order of their ids, so that nobody waits for each other. */
export async function inOpenRuns<Outcome>(
  runIds: readonly string[],
  act: (opens: ReadonlyMap<string, OpenRun>) => Promise<() => Outcome>,
): Promise<Outcome> {
  const outcome = await openAll(runIds.toSorted(), new Map(), act);
  return outcome();
}

/** Gives what tells the outcome, to be asked once the last of the runs is settled. */
function openAll<Outcome>(
  [first = '', ...others]: readonly string[],
  opened: ReadonlyMap<string, OpenRun>,
  act: (opens: ReadonlyMap<string, OpenRun>) => Promise<() => Outcome>,
): Promise<() => Outcome> {
  return inOpenRun(first, async (open) => {
    const opens = new Map([...opened, [first, open] as const]);
    const outcome = await (others.length === 0 ? act(opens) : openAll(others, opens, act));
    return () => outcome;
  });
}

function requestFor<Outcome>(
  act: Act<Outcome>,
  resolve: (outcome: Outcome) => void,
  reject: (error: unknown) => void,
): Request {
  let settled: { outcome: Outcome } | undefined;
  return {
    act: async (open) => {
      const outcome = await act(open);
      return () => {
        settled = { outcome: outcome() };
      };
    },
    resolve: () => settled && resolve(settled.outcome),
    reject,
  };
}

async function drive(runId: string, requests: Request[]): Promise<void> {
  while (requests.length > 0) {
    // One turn of the event loop lets whoever arrived at the same moment come along.
    await new Promise(setImmediate);
    await answer(runId, requests.splice(0, mostTogether));
  }
  lanes.delete(runId);
}

async function answer(runId: string, batch: readonly Request[]): Promise<void> {
  try {
    await inTransaction(() => settleTogether(runId, batch));
    for (const { resolve } of batch) resolve();
  } catch (error) {
    if (batch.length > 1 && isRefusal(error)) for (const request of batch) await answer(runId, [request]);
    else for (const { reject } of batch) reject(error);
  }
}

/** A refusal concerns one request of the batch; anything else, all of them. */
function isRefusal(error: unknown): boolean {
  return error instanceof AppError && error.kind !== 'unavailable';
}

async function settleTogether(runId: string, requests: readonly Request[]): Promise<void> {
  const known = wishes.getStore();
  if (known) return settleRun(runId, requests, known);
  const cameTrue: BookingRow[] = [];
  await wishes.run(cameTrue, async () => {
    await settleRun(runId, requests, cameTrue);
    // Every run is written by now, so that each may be opened again: what ends there may promote others, and so on.
    for (let next = await runOfOpenWish(cameTrue); next; next = await runOfOpenWish(cameTrue))
      await settleRun(next, [], cameTrue);
  });
}

async function settleRun(runId: string, requests: readonly Request[], cameTrue: BookingRow[]): Promise<void> {
  const ledger = await openLedger(runId);
  const open = await openRun(runId, ledger, cameTrue);
  const before = structuredClone(ledger);
  await releaseDue(open);
  const outcomes: (() => void)[] = [];
  for (const { act } of requests) outcomes.push(await act(open));
  await endWishesIn(open);
  await settle(open);
  noteLatePlaces(open, before);
  await closeLedger(before, open.ledger);
  for (const outcome of outcomes) outcome();
}

async function openRun(runId: string, ledger: Ledger, cameTrue: BookingRow[]): Promise<OpenRun> {
  const found = await runWithSessions(runId);
  if (!found) throw notFound('run');
  await addMissingUnits(ledger, found.sessions);
  await countForLimit(ledger, found.run);
  const daysOff = await daysOffFor(found.run, found.sessions);
  return { ...found, ledger, joined: [], cameTrue, daysOff, at: now() };
}

/** A module that came into a run booked by module later has the places of the smallest module there. */
async function addMissingUnits(ledger: Ledger, sessions: readonly Session[]): Promise<void> {
  if (!isByModule(ledger.units)) return;
  const known = new Set(ledger.units.map(({ unit }) => unit));
  const missing = [...new Set(sessions.flatMap(({ moduleId = '' }) => (known.has(moduleId) ? [] : moduleId)))];
  const capacities = ledger.units.filter(({ unit }) => !isMakeUp(unit)).map(({ capacity }) => capacity);
  const units = missing.filter(Boolean);
  if (units.length > 0) await addUnits(ledger, units, Math.min(...capacities));
}
