import { expect } from 'chai';
import { DateTime } from 'luxon';
import {
  changeCapacity,
  contingentsOfRun,
  keepPlaces,
  listRuns,
  releaseContingent,
  releaseContingents,
  type KeepPlaces,
} from '../../../server/modules/booking/index.ts';
import { LedgerModel } from '../../../server/modules/booking/ledger.model.ts';
import { anyone, eventsAbout, systemActor } from '../../../server/modules/history/index.ts';
import { addInstitution } from '../../../server/modules/people/index.ts';
import { verifyPromises } from '../../../server/modules/reports/index.ts';
import { now, setClock } from '../../../server/platform/clock.ts';
import {
  cancelByLink,
  expectPromises,
  heldBooking,
  kindsOfMessages,
  leftIn,
  refusalOf,
  statesOf,
} from '../../support/booking-facts.ts';
import { aBooking, aRun } from '../../support/builders.ts';
import { aCourse } from '../../support/courses.ts';
import { freshDatabase } from '../../support/hooks.ts';

const releasesOf = async (runId: string) =>
  (await eventsAbout({ runId })).filter(({ type }) => type === 'contingent-released');

/** Keeps places until noon of the second day from now. */
function keep(runId: string, wanted: Partial<KeepPlaces> = {}): Promise<string> {
  const releaseOn = DateTime.fromJSDate(now(), { zone: 'Europe/Berlin' }).plus({ days: 2 }).toFormat('yyyy-MM-dd');
  return keepPlaces(systemActor, {
    runId,
    places: 3,
    institutions: ['Nordschule'],
    releaseOn,
    releaseTime: '12:00',
    ...wanted,
  });
}

function atNoonInTwoDays(minutes = 0): void {
  const noon = DateTime.fromJSDate(new Date(), { zone: 'Europe/Berlin' })
    .plus({ days: 2 })
    .set({ hour: 12, minute: 0, second: 0, millisecond: 0 })
    .plus({ minutes });
  setClock(() => noon.toJSDate());
}

describe('places kept for a group', () => {
  beforeEach(freshDatabase);
  afterEach(() => void setClock(() => new Date()));

  it('are left for nobody else, in the catalogue too', async () => {
    const { id: runId } = await aRun({ capacity: 4 });
    await keep(runId);

    const other = await aBooking({ runId, institution: 'Südschule' });
    const late = await aBooking({ runId, institution: 'Südschule' });
    const own = await aBooking({ runId, institution: 'NORDSCHULE' });

    expect(await statesOf(other, late, own)).to.deep.equal(['confirmed', 'waiting', 'confirmed']);
    expect((await heldBooking(late)).reason).to.equal('kept-for-contingent');
    expect(await leftIn(runId)).to.equal(0);
    expect((await listRuns({ free: true })).items).to.deep.equal([]);
    expect((await contingentsOfRun(systemActor, runId))[0]).to.include({ places: 3, held: 1, kept: 2 });
    await expectPromises();
  });

  it('come back to the group when one of it cancels', async () => {
    const { id: runId } = await aRun({ capacity: 3 });
    await keep(runId, { places: 2 });
    const own = await aBooking({ runId, places: 2, institution: 'Nordschule' });
    await aBooking({ runId });
    const waiting = await aBooking({ runId });

    await cancelByLink(own);

    expect(await statesOf(waiting)).to.deep.equal(['waiting']);
    expect((await contingentsOfRun(systemActor, runId))[0]).to.include({ held: 0, kept: 2 });
    await expectPromises();
  });

  it('are for every institution of a kind', async () => {
    const { id: runId } = await aRun({ capacity: 2 });
    await addInstitution({ name: 'Lindenschule', kind: 'school' });
    await keep(runId, { institutions: [], kinds: ['school'], places: 2 });

    const [school, office] = [
      await aBooking({ runId, institution: 'Lindenschule' }),
      await aBooking({ runId, institution: 'Bürgeramt' }),
    ];

    expect(await statesOf(school, office)).to.deep.equal(['confirmed', 'waiting']);
    await expectPromises();
  });

  it('count what the group holds already', async () => {
    const { id: runId } = await aRun({ capacity: 5 });
    await aBooking({ runId, places: 2, institution: 'Nordschule' });

    await keep(runId, { places: 3 });

    expect(await leftIn(runId)).to.equal(2);
    expect((await contingentsOfRun(systemActor, runId))[0]).to.include({ held: 2, kept: 1 });
    await expectPromises();
  });

  it('are taken only from what is free to all, and from nobody who waits', async () => {
    const { id: runId } = await aRun({ capacity: 4 });
    const first = await aBooking({ runId, places: 2 });
    expect(await refusalOf(keep(runId, { places: 3 }))).to.equal('contingent-too-large');
    await aBooking({ runId, places: 3 });

    expect(await refusalOf(keep(runId, { places: 1 }))).to.equal('contingent-too-large');

    expect(await statesOf(first)).to.deep.equal(['confirmed']);
    expect(await contingentsOfRun(systemActor, runId)).to.deep.equal([]);
    await expectPromises();
  });

  it('are kept until a time to come, before the run begins', async () => {
    const { id: runId } = await aRun();

    expect(await refusalOf(keep(runId, { releaseOn: '2020-01-01' }))).to.equal('release-in-the-past');
    expect(await refusalOf(keep(runId, { releaseOn: '2090-01-01' }))).to.equal('release-in-the-past');
  });

  it('open by themselves at their minute in the zone of the run, to those who wait, in order', async () => {
    const { id: runId } = await aRun({ capacity: 3 });
    await keep(runId);
    const waiting = [await aBooking({ runId, places: 2 }), await aBooking({ runId }), await aBooking({ runId })];

    atNoonInTwoDays(-1);
    await releaseContingents();
    const before = await statesOf(...waiting);
    atNoonInTwoDays();
    await releaseContingents();
    await releaseContingents();

    expect(before).to.deep.equal(['waiting', 'waiting', 'waiting']);
    expect(await statesOf(...waiting)).to.deep.equal(['confirmed', 'confirmed', 'waiting']);
    expect(await kindsOfMessages(waiting[0]!.id)).to.include('promoted');
    const releases = await releasesOf(runId);
    expect(releases.map(({ facts }) => facts['places'])).to.deep.equal([3]);
    await expectPromises();
  });

  it('go to nobody who comes after their time and before the sweep', async () => {
    const { id: runId } = await aRun({ capacity: 2 });
    await keep(runId, { places: 2 });
    const waiting = await aBooking({ runId, places: 2 });

    atNoonInTwoDays(1);
    const newcomer = await aBooking({ runId });
    await releaseContingents();

    expect(await statesOf(waiting, newcomer)).to.deep.equal(['confirmed', 'waiting']);
    expect(await releasesOf(runId)).to.have.length(1);
    await expectPromises();
  });

  it('open once, however many sweeps come at the same moment', async () => {
    const { id: runId } = await aRun({ capacity: 3 });
    await keep(runId);
    const waiting = [await aBooking({ runId }), await aBooking({ runId })];

    atNoonInTwoDays();
    await Promise.all(Array.from({ length: 5 }, releaseContingents));

    expect(await statesOf(...waiting)).to.deep.equal(['confirmed', 'confirmed']);
    expect(await releasesOf(runId)).to.have.length(1);
    expect(await leftIn(runId)).to.equal(1);
    await expectPromises();
  });

  it('can be opened before their time, once', async () => {
    const { id: runId } = await aRun({ capacity: 3 });
    const contingentId = await keep(runId);
    const waiting = await aBooking({ runId, places: 3 });

    await releaseContingent(systemActor, { runId, contingentId });

    expect(await statesOf(waiting)).to.deep.equal(['confirmed']);
    expect((await contingentsOfRun(systemActor, runId))[0]?.released?.by).to.deep.equal({ kind: 'system' });
    expect(await refusalOf(releaseContingent(systemActor, { runId, contingentId }))).to.equal('contingent-over');
    expect(await refusalOf(releaseContingent(systemActor, { runId, contingentId: 'f'.repeat(24) }))).to.equal(
      'not-found',
    );
    await expectPromises();
  });

  it('are counted for the next group where one is over', async () => {
    const { id: runId } = await aRun({ capacity: 6 });
    const first = await keep(runId, { places: 2 });
    await keep(runId, { places: 2, institutions: ['Nordschule', 'Südschule'] });
    await aBooking({ runId, places: 2, institution: 'Nordschule' });
    expect(await leftIn(runId)).to.equal(2);

    await releaseContingent(systemActor, { runId, contingentId: first });

    expect(await leftIn(runId)).to.equal(4);
    await expectPromises();
  });

  it('are kept in every module of a course, and not beyond what there is', async () => {
    const { runId, modules } = await aCourse({ capacity: 3 });
    await keep(runId, { places: 2 });
    const other = await aBooking({ runId, modules: [modules[0]!], places: 2 });
    const own = await aBooking({ runId, modules: [modules[0]!, modules[1]!], places: 2, institution: 'Nordschule' });

    await changeCapacity(systemActor, { runId, capacity: 1 });

    expect(await statesOf(other, own)).to.deep.equal(['waiting', 'confirmed']);
    await expectPromises();
  });

  it('are nobody else’s business', async () => {
    const { id: runId } = await aRun();
    const wish = { runId, places: 1, institutions: ['A'], releaseOn: '2090-01-01', releaseTime: '12:00' };

    expect(await refusalOf(keepPlaces(anyone, wish))).to.equal('not-found');
    expect(await refusalOf(contingentsOfRun(anyone, runId))).to.equal('not-found');
    expect(await refusalOf(releaseContingent(anyone, { runId, contingentId: 'x' }))).to.equal('not-found');
  });

  it('are found out by verify when they are counted wrongly, or kept for too long', async () => {
    const { id: runId } = await aRun({ capacity: 4 });
    await keep(runId);

    await LedgerModel.updateOne({ _id: runId }, { $inc: { 'units.0.contingents.0.held': 1 } });
    const [miscounted] = (await verifyPromises()).broken;
    await LedgerModel.updateOne({ _id: runId }, { $inc: { 'units.0.contingents.0.held': -1 } });
    atNoonInTwoDays(60);
    const [late] = (await verifyPromises()).broken;

    expect(miscounted?.sentence).to.equal('A contingent is noted to hold 1 places of run, its group holds 0.');
    expect(late?.sentence).to.equal('Places are still kept after the time of their release.');
  });
});
