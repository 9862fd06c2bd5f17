import { expect } from 'chai';
import { relayEvent } from '../../../jobs/relay-events.ts';
import {
  acceptOffer,
  approveBooking,
  bookingById,
  bookingsOfRun,
  cancelBooking,
  changeCapacity,
  changeModules,
  changeRun,
  declineOffer,
  expireApproval,
  holderOf,
  lapseOffer,
  mergeRuns,
  namePlaces,
  reduceBooking,
  refuseBooking,
  splitBooking,
  substituteParticipant,
  transferBooking,
  type BookPlacesOutcome,
} from '../../../server/modules/booking/index.ts';
import { BookingModel } from '../../../server/modules/booking/booking.model.ts';
import { LedgerModel } from '../../../server/modules/booking/ledger.model.ts';
import { pendingEventIds, systemActor } from '../../../server/modules/history/index.ts';
import { askForApproval } from '../../../server/modules/institutions/index.ts';
import { institutionKnownAs } from '../../../server/modules/people/index.ts';
import { verifyPromises, type BrokenPromise } from '../../../server/modules/reports/index.ts';
import { afterExpiries, promotions, queueOrders } from '../../../server/modules/scheduling/index.ts';
import { setClock } from '../../../server/platform/clock.ts';
import { AppError } from '../../../server/platform/errors.ts';
import { aBooking, aContact, aPerson, aSession } from '../../support/builders.ts';
import { aCourse } from '../../support/courses.ts';
import { beginDrill } from '../../support/drill.ts';
import { freshDatabase } from '../../support/hooks.ts';

/** One thing somebody does. Numbers choose among what there is at that moment, so that any part of a history can be played. */
type Act =
  | { do: 'book'; run: number; modules: number; places: number; person: number; asks?: boolean }
  | { do: 'cancel'; booking: number }
  | { do: 'choose'; booking: number; modules: number }
  | { do: 'accept' | 'decline' | 'lapse'; booking: number }
  | { do: 'approve' | 'refuse' | 'expire'; booking: number }
  | { do: 'policy'; run: number; policy: number }
  | { do: 'capacity'; run: number; module: number; capacity: number }
  | { do: 'name'; booking: number; person: number }
  | { do: 'substitute'; booking: number; person: number }
  | { do: 'reduce' | 'split'; booking: number; person: boolean }
  | { do: 'transfer'; booking: number; run: number; person: boolean; all: boolean }
  | { do: 'merge' };

describe('random histories of courses booked by module', () => {
  const drill = beginDrill('histories');
  beforeEach(freshDatabase);
  afterEach(() => void setClock(() => new Date()));

  it('break no promise, whatever people do in whatever order', async () => {
    const say = drill.clock();
    const histories = drill.times(100, 4);
    for (let turn = 0; turn < histories; turn += 1) {
      const acts = Array.from({ length: 25 }, (_, index) => anAct(index));
      const broken = await play(acts);
      if (broken.length > 0) expect.fail(await smallestOf(acts));
    }
    say(`${histories} histories of 25 acts, all kept`);
  }).timeout(1_800_000);

  it('would be found out: a place that is held by nobody breaks the first promise', async () => {
    const broken = await play([{ do: 'book', run: 0, modules: 3, places: 1, person: 0 }], async (runId) => {
      await LedgerModel.updateOne({ _id: runId }, { $inc: { 'units.0.held': 1 } });
    });

    expect(broken.map(({ promise }) => promise)).to.deep.equal([1]);
  });

  function anAct(index: number): Act {
    const chance = drill.random();
    const modules = drill.between(1, 15);
    if (index === 20) return { do: 'merge' };
    if (chance < 0.5)
      return {
        do: 'book',
        run: drill.between(0, 1),
        modules,
        places: drill.between(1, 3),
        person: drill.between(0, 5),
        asks: drill.between(0, 2) === 0,
      };
    if (chance < 0.56) return { do: 'name', booking: drill.between(0, 30), person: drill.between(0, 5) };
    if (chance < 0.62) return { do: 'substitute', booking: drill.between(0, 30), person: drill.between(0, 5) };
    if (chance < 0.68) {
      const what = drill.between(0, 1) === 1 ? 'reduce' : 'split';
      return { do: what, booking: drill.between(0, 30), person: drill.between(0, 1) === 1 };
    }
    if (chance < 0.74) {
      const [person, all] = [drill.between(0, 1) === 1, drill.between(0, 1) === 1];
      return { do: 'transfer', booking: drill.between(0, 30), run: drill.between(0, 1), person, all };
    }
    if (chance < 0.8) return { do: 'cancel', booking: drill.between(0, 30) };
    if (chance < 0.86) return { do: 'choose', booking: drill.between(0, 30), modules };
    if (chance < 0.88) return { do: 'policy', run: drill.between(0, 1), policy: drill.between(0, 5) };
    if (chance < 0.92) {
      const answer = (['approve', 'refuse', 'expire'] as const)[drill.between(0, 2)] ?? 'approve';
      return { do: answer, booking: drill.between(0, 30) };
    }
    if (chance < 0.97) {
      const answer = (['accept', 'decline', 'lapse'] as const)[drill.between(0, 2)] ?? 'accept';
      return { do: answer, booking: drill.between(0, 30) };
    }
    return { do: 'capacity', run: drill.between(0, 1), module: drill.between(0, 3), capacity: drill.between(1, 6) };
  }
});

/** Plays a history in two new runs, and says which promises are broken afterwards. */
async function play(acts: readonly Act[], spoil?: (runId: string) => Promise<void>): Promise<BrokenPromise[]> {
  const { seminarId, runId, modules } = await aCourse({ capacity: 3 });
  const sessions = modules.map((module, at) => aSession({ module, inDays: 28 + 14 * at }));
  const runs = [runId, (await aCourse({ seminarId, sessions, capacity: 3 })).runId];
  const people = Array.from({ length: 6 }, aPerson);
  await haveApproved();
  const made: BookPlacesOutcome[] = [];
  for (const act of acts) await refusable(done(act, { runs, modules, people, made }));
  await spoil?.(runId);
  const { broken } = await verifyPromises();
  setClock(() => new Date());
  return broken.filter((one) => runs.includes(one.runId));
}

const strictSchool = 'Schule am Türkisen Turm';

/** The school that has every booking approved is there once, however many histories are played. */
async function haveApproved(): Promise<void> {
  if (await institutionKnownAs({ name: strictSchool })) return;
  const { institutionId } = await aContact({ approve: true });
  await askForApproval(systemActor, institutionId, true);
}

type Stage = { runs: string[]; modules: string[]; people: ReturnType<typeof aPerson>[]; made: BookPlacesOutcome[] };

async function done(act: Act, { runs, modules, people, made }: Stage): Promise<void> {
  const chosen = (mask: number) => modules.filter((_, index) => (mask >> index) % 2 === 1);
  const runOf = (index: number) => runs[index] ?? '';
  const booking = 'booking' in act ? made[act.booking % Math.max(1, made.length)] : undefined;
  if (act.do === 'book')
    made.push(
      await aBooking({
        runId: runOf(act.run),
        modules: chosen(act.modules),
        booker: people[act.person]!,
        ...(act.asks && { institution: strictSchool }),
        ...(act.places > 1 && { places: act.places, participants: [people[act.person]!] }),
      }),
    );
  if (act.do === 'capacity')
    await changeCapacity(systemActor, {
      runId: runOf(act.run),
      modules: [{ module: modules[act.module]!, capacity: act.capacity }],
    });
  if (act.do === 'merge') {
    await mergeRuns(systemActor, { runId: runOf(0), intoRunId: runOf(1), reason: 'Zu wenige' });
    for (const id of await pendingEventIds(100)) await relayEvent(id);
  }
  if (act.do === 'policy') await changeRun(systemActor, { runId: runOf(act.run), ...policies[act.policy] });
  if (!booking) return;
  if (act.do === 'approve' || act.do === 'refuse' || act.do === 'expire') await decided(act.do, booking.id);
  if (act.do === 'accept' || act.do === 'decline' || act.do === 'lapse') await answered(act.do, booking.id);
  if (act.do === 'cancel') await cancelBooking(systemActor, { bookingId: booking.id });
  if (act.do === 'name') await namePlaces(systemActor, { bookingId: booking.id, people: [people[act.person]!] });
  const [first] = (await bookingById(systemActor, booking.id)).participants;
  if (act.do === 'substitute' && first)
    await substituteParticipant(systemActor, {
      bookingId: booking.id,
      participantId: first.id,
      person: people[act.person]!,
    });
  if (act.do === 'reduce' || act.do === 'split' || act.do === 'transfer')
    made.push(...(await apart(act, booking.id, 'run' in act ? runOf(act.run) : '')));
  if (act.do === 'choose') {
    const { added } = await changeModules(await holderOf(booking.token), { modules: chosen(act.modules) });
    if (added) made.push(added);
    await bookingById(systemActor, booking.id);
  }
}

/** Some places of a booking are given back, become a booking of their own, or go to another run; gives what came of it. */
async function apart(
  act: Extract<Act, { do: 'reduce' | 'split' | 'transfer' }>,
  bookingId: string,
  toRunId: string,
): Promise<BookPlacesOutcome[]> {
  const { places, participants } = await bookingById(systemActor, bookingId);
  const everybody = { participantIds: participants.map(({ id }) => id), unnamed: places - participants.length };
  const [first] = act.person ? participants : [];
  const one = { participantIds: first ? [first.id] : [], unnamed: first ? 0 : 1 };
  const some = 'all' in act && act.all ? everybody : one;
  if (act.do === 'reduce') await reduceBooking(systemActor, { bookingId, ...some });
  if (act.do === 'reduce') return [];
  const { id, token } =
    act.do === 'split'
      ? await splitBooking(systemActor, { bookingId, ...some })
      : await transferBooking(systemActor, { bookingId, toRunId, ...some });
  return id === bookingId ? [] : [{ id, token, status: 'confirmed', places: 1 }];
}

/** Each order of the waiting list, with places confirmed at once and offered. */
const policies = queueOrders.flatMap((order) =>
  promotions.map(
    (promotion, index) =>
      ({ order, promotion, maxPasses: 2, offerHours: 4, afterExpiry: afterExpiries[index] ?? 'out' }) as const,
  ),
);

/** A booking of the same run that has an offer, if there is one, is accepted or declined, or its time goes by. */
async function answered(how: 'accept' | 'decline' | 'lapse', bookingId: string): Promise<void> {
  const { runId } = await bookingById(systemActor, bookingId);
  const offered = (await bookingsOfRun(runId)).find(({ status }) => status === 'offered');
  if (!offered?.offeredUntil) return;
  if (how === 'accept') await acceptOffer(systemActor, offered.id);
  else if (how === 'decline') await declineOffer(systemActor, offered.id);
  else {
    // The clock goes on from there, never back: what came later is not to look earlier.
    const ahead = offered.offeredUntil.getTime() - Date.now();
    setClock(() => new Date(Date.now() + ahead));
    await lapseOffer(offered.id);
  }
}

/** A booking of the same run that waits for approval, if there is one, gets it or not, or its time goes by. */
async function decided(how: 'approve' | 'refuse' | 'expire', bookingId: string): Promise<void> {
  const { runId } = await bookingById(systemActor, bookingId);
  const { id, approval } = (await bookingsOfRun(runId)).find(({ status }) => status === 'requested') ?? {};
  if (!id || !approval?.until) return;
  const row = await BookingModel.findById(id).lean();
  const actor = { kind: 'approver', bookingId: id, approverId: String(row?.approval?.approvers[0]?._id) } as const;
  if (how === 'approve') await approveBooking(actor);
  else if (how === 'refuse') await refuseBooking(actor, {});
  else {
    const ahead = approval.until.getTime() - Date.now();
    setClock(() => new Date(Date.now() + Math.max(0, ahead)));
    await expireApproval(id);
  }
}

/** People are refused many things; that is part of their day. */
async function refusable(act: Promise<void>): Promise<void> {
  try {
    await act;
  } catch (error) {
    if (!(error instanceof AppError) || error.kind === 'unavailable') throw error;
  }
}

/** The history without whatever is not needed for it to break a promise. */
async function smallestOf(acts: readonly Act[]): Promise<string> {
  let smallest = [...acts];
  for (let index = smallest.length - 1; index >= 0; index -= 1) {
    const without = smallest.toSpliced(index, 1);
    if ((await play(without)).length > 0) smallest = without;
  }
  const broken = await play(smallest);
  return JSON.stringify({ broken: broken.map(({ sentence }) => sentence), acts: smallest }, undefined, 1);
}
