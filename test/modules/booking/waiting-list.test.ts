import { expect } from 'chai';
import {
  bookingOfHolder,
  cancelBooking,
  changeRun,
  holderOf,
  placesOfRuns,
  queueOfRun,
  type BookPlacesOutcome,
} from '../../../server/modules/booking/index.ts';
import { BookingModel } from '../../../server/modules/booking/booking.model.ts';
import { systemActor } from '../../../server/modules/history/index.ts';
import { verifyPromises } from '../../../server/modules/reports/index.ts';
import { kindsOfMessages } from '../../support/booking-facts.ts';
import { aBooking, aPerson, aRun } from '../../support/builders.ts';
import { freshDatabase } from '../../support/hooks.ts';

const cancel = async ({ id, token }: BookPlacesOutcome) => cancelBooking(await holderOf(token), { bookingId: id });
const held = async ({ token }: BookPlacesOutcome) => bookingOfHolder(await holderOf(token));
const statusOf = async (booking: BookPlacesOutcome) => (await held(booking)).booking.status;
const placesIn = async (runId: string) => (await placesOfRuns([runId])).get(runId);
const expectKept = async () => expect((await verifyPromises()).broken).to.deep.equal([]);
const people = (count: number) => Array.from({ length: count }, aPerson);

describe('a waiting list under fill', () => {
  beforeEach(freshDatabase);

  it('lets smaller bookings go ahead of a group, at most as often as the run says', async () => {
    const { id: runId } = await aRun({ capacity: 4, order: 'fill', maxPasses: 2 });
    await aBooking({ runId });
    const group = await aBooking({ runId, places: 4 });

    const later = [await aBooking({ runId }), await aBooking({ runId }), await aBooking({ runId })];

    expect(await statusOf(group)).to.equal('waiting');
    expect(await Promise.all(later.map(statusOf))).to.deep.equal(['confirmed', 'confirmed', 'waiting']);
    expect((await held(group)).booking).to.include({ passes: 2, reason: 'group-does-not-fit' });
    expect((await held(later[2]!)).booking.reason).to.equal('behind-others');
    await expectKept();
  });

  it('promotes whoever fits when something becomes free, the group as soon as it does', async () => {
    const { id: runId } = await aRun({ capacity: 3, order: 'fill', maxPasses: 1 });
    const first = [await aBooking({ runId }), await aBooking({ runId, places: 2 })];
    const group = await aBooking({ runId, places: 3 });
    const [one, another] = [await aBooking({ runId }), await aBooking({ runId })];

    await cancel(first[0]!);
    const early = [await statusOf(group), await statusOf(one), await statusOf(another)];
    await cancel(one);
    await cancel(first[1]!);

    expect(early).to.deep.equal(['waiting', 'confirmed', 'waiting']);
    expect(await statusOf(group)).to.equal('confirmed');
    expect(await statusOf(another)).to.equal('waiting');
    await expectKept();
  });

  it('looks no further than its window, so that newcomers stand behind a full one', async () => {
    const { id: runId } = await aRun({ capacity: 2, order: 'fill', maxPasses: 20 });
    await aBooking({ runId });
    for (let turn = 0; turn < 50; turn += 1) await aBooking({ runId, places: 2 });

    const behind = await aBooking({ runId });
    await aBooking({ runId, places: 2 });
    const last = await aBooking({ runId });

    expect(await statusOf(behind)).to.equal('confirmed');
    expect(await statusOf(last)).to.equal('waiting');
    await expectKept();
  }).timeout(200_000);

  it('is found out by verify when somebody was passed without a record', async () => {
    const { id: runId } = await aRun({ capacity: 3, order: 'fill', maxPasses: 2 });
    await aBooking({ runId });
    const group = await aBooking({ runId, places: 3 });
    await aBooking({ runId });

    await BookingModel.updateOne({ _id: group.id }, { $unset: { passes: 1 } });

    expect((await verifyPromises()).broken.map(({ promise }) => promise)).to.include(2);
  });
});

describe('a waiting list under split', () => {
  beforeEach(freshDatabase);

  it('confirms of a newcoming group what is free; the rest of it waits', async () => {
    const { id: runId } = await aRun({ capacity: 4, order: 'split' });
    await aBooking({ runId });
    const named = people(4);

    const group = await aBooking({ runId, participants: named, places: 5 });

    expect(group).to.include({ status: 'waiting', places: 2, position: 1 });
    expect(group.part).to.include({ places: 3 });
    const [rest, part] = [await held(group), await held({ ...group, ...group.part! })];
    expect(rest.booking.participants.map(({ name }) => name)).to.deep.equal([named[3]!.name]);
    expect(part.booking.participants.map(({ name }) => name)).to.deep.equal(named.slice(0, 3).map(({ name }) => name));
    expect(part.booking).to.include({ status: 'confirmed', places: 3, partOf: group.id });
    expect([rest.parts[0]?.id, part.parts[0]?.id]).to.deep.equal([group.part!.id, group.id]);
    expect(await placesIn(runId)).to.include({ held: 4, waiting: 2 });
    expect(await kindsOfMessages(group.part!.id)).to.include('booking-confirmed');
    expect(await kindsOfMessages(group.id)).to.deep.equal(['waiting-list-joined']);
    await expectKept();
  });

  it('gives a waiting group place after place, until all of it sits; nobody goes ahead', async () => {
    const { id: runId } = await aRun({ capacity: 3, order: 'split' });
    const singles = [await aBooking({ runId }), await aBooking({ runId }), await aBooking({ runId })];
    const group = await aBooking({ runId, participants: people(3) });
    const behind = await aBooking({ runId });

    await cancel(singles[0]!);
    const afterOne = (await held(group)).booking;
    await cancel(singles[1]!);
    await cancel(singles[2]!);

    expect(afterOne).to.include({ status: 'waiting', places: 2, reason: 'no-place-free' });
    expect((await held(group)).booking).to.include({ status: 'confirmed', places: 1 });
    expect((await held(group)).parts.map(({ status }) => status)).to.deep.equal(['confirmed', 'confirmed']);
    expect(await statusOf(behind)).to.equal('waiting');
    expect(await placesIn(runId)).to.include({ held: 3, waiting: 1 });
    await expectKept();
  });

  it('answers the same again when the same request is sent twice', async () => {
    const { id: runId } = await aRun({ capacity: 2, order: 'split' });
    const request = { runId, key: 'once', booker: aPerson(), places: 3 };

    const first = await aBooking(request);
    const again = await aBooking(request);

    expect(again).to.deep.equal(first);
    expect((await queueOfRun(systemActor, runId)).length).to.equal(2);
  });

  it('lets nobody take twice the seat that went from the group to its part', async () => {
    const { id: runId } = await aRun({ capacity: 5, order: 'split' });
    await aBooking({ runId, places: 4 });
    const [first, second] = people(2);
    await aBooking({ runId, participants: [first!, second!] });

    const again = await aBooking({ runId, booker: first! });

    expect((await held(again)).booking.participants[0]).to.include({ sitsElsewhere: true });
    await expectKept();
  });
});

describe('changeRun', () => {
  beforeEach(freshDatabase);

  it('gives free places at once by the new policy of the waiting list', async () => {
    const { id: runId } = await aRun({ capacity: 3 });
    await aBooking({ runId });
    const group = await aBooking({ runId, places: 3 });
    const one = await aBooking({ runId });

    await changeRun(systemActor, { runId, order: 'fill', maxPasses: 1 });

    expect([await statusOf(group), await statusOf(one)]).to.deep.equal(['waiting', 'confirmed']);
    await expectKept();
  });
});
