import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import { runWithSessions, type Run, type Session } from '../scheduling/index.ts';
import type { BookingRow } from './booking.model.ts';
import { addUnits, closeLedger, openLedger, type Ledger } from './ledger.ts';
import { countForLimit } from './held-by-institutions.ts';
import { releaseDue } from './release-contingents.ts';
import { noteLatePlaces } from './late-places.ts';
import { settle } from './settle.ts';
import { isByModule, isMakeUp } from './units.rules.ts';

/** A run while one transaction works on its places. Acts change `ledger` and `joined`; `settle` decides and writes. */
export type OpenRun = {
  run: Run;
  sessions: Session[];
  ledger: Ledger;
  /** New bookings in the order of their numbers, not written yet. */
  joined: BookingRow[];
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

/** The same for two runs in one transaction: entered in the order of their ids, so that nobody waits for each other. */
export function inOpenRuns<Outcome>(
  runIds: readonly [string, string],
  act: (opens: ReadonlyMap<string, OpenRun>) => Promise<() => Outcome>,
): Promise<Outcome> {
  const [first = '', second = ''] = runIds.toSorted();
  return inOpenRun(first, async (openFirst) => {
    const outcome = await inOpenRun(second, (openSecond) =>
      act(
        new Map([
          [first, openFirst],
          [second, openSecond],
        ]),
      ),
    );
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
  const ledger = await openLedger(runId);
  const open = await openRun(runId, ledger);
  const before = structuredClone(ledger);
  await releaseDue(open);
  const outcomes: (() => void)[] = [];
  for (const { act } of requests) outcomes.push(await act(open));
  await settle(open);
  noteLatePlaces(open, before);
  await closeLedger(before, open.ledger);
  for (const outcome of outcomes) outcome();
}

async function openRun(runId: string, ledger: Ledger): Promise<OpenRun> {
  const found = await runWithSessions(runId);
  if (!found) throw notFound('run');
  await addMissingUnits(ledger, found.sessions);
  await countForLimit(ledger, found.run);
  return { ...found, ledger, joined: [], at: now() };
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
