import { expect } from 'chai';
import { bookPlaces, changeModules, holderOf, setInstitutionLimit } from '../../../server/modules/booking/index.ts';
import { bookingOfInstitution, takeInBooking, workspaceOf } from '../../../server/modules/institutions/index.ts';
import { eventsAbout, systemActor } from '../../../server/modules/history/index.ts';
import { verifyPromises } from '../../../server/modules/reports/index.ts';
import { aBooking, aContact, aPerson, aRun } from '../../support/builders.ts';
import { aCourse } from '../../support/courses.ts';
import { freshDatabase } from '../../support/hooks.ts';

describe('takeInBooking', () => {
  beforeEach(freshDatabase);

  const refusalOf = (act: Promise<unknown>) =>
    act.then(
      () => 'done',
      (error: { code?: string }) => error.code,
    );

  it('has the booking belong to the institution, on the record', async () => {
    const { actor, institutionId } = await aContact();
    const { id, token } = await aBooking();

    await takeInBooking(actor, institutionId, token);

    expect((await workspaceOf(actor, institutionId)).coming.map(({ booking }) => booking.id)).to.deep.equal([id]);
    const taken = (await eventsAbout({ bookingId: id })).filter(({ type }) => type === 'booking-taken-in');
    expect(taken.map(({ by, about }) => [by.kind, about.institutionId])).to.deep.equal([['person', institutionId]]);
  });

  it('is for contacts who may book', async () => {
    const { institutionId } = await aContact();
    const onlooker = await aContact({ institutionId });
    const stranger = await aContact();
    const { token } = await aBooking();

    expect(await refusalOf(takeInBooking(onlooker.actor, institutionId, token))).to.equal('not-allowed');
    expect(await refusalOf(takeInBooking(stranger.actor, institutionId, token))).to.equal('not-found');
    expect(await refusalOf(takeInBooking(systemActor, institutionId, token))).to.equal('not-allowed');
  });

  it('gives it to one institution only, when two take it in at the same moment', async () => {
    for (let round = 0; round < 8; round += 1) {
      const [one, other] = [await aContact(), await aContact()];
      const { id, token } = await aBooking();

      const outcomes = await Promise.all(
        [one, other].map(({ actor, institutionId }) => refusalOf(takeInBooking(actor, institutionId, token))),
      );

      expect(outcomes.map(String).toSorted()).to.deep.equal(['belongs-elsewhere', 'done']);
      const seen = await Promise.all(
        [one, other].map(({ actor, institutionId }) =>
          refusalOf(bookingOfInstitution(actor, { institutionId, bookingId: id })),
        ),
      );
      expect(seen.map(String).toSorted()).to.deep.equal(['done', 'not-found']);
    }
  });

  it('takes nothing in that the run’s limit for an institution leaves no room for', async () => {
    const { actor, institutionId } = await aContact();
    const { id: runId } = await aRun();
    await setInstitutionLimit(systemActor, { runId, perInstitution: 2 });
    await bookPlaces(actor, { runId, booker: aPerson(), institutionId, institution: 'Schule am Türkisen Turm' });
    const [fits, fitsNot] = [
      await aBooking({ runId, institution: 'Anderswo' }),
      await aBooking({ runId, institution: 'Anderswo' }),
    ];

    expect(await refusalOf(takeInBooking(actor, institutionId, fits.token))).to.equal('done');
    expect(await refusalOf(takeInBooking(actor, institutionId, fitsNot.token))).to.equal('over-institution-limit');
    expect((await verifyPromises()).broken).to.deep.equal([]);
  });

  it('takes along what is booked from the page of the booking later on', async () => {
    const { actor, institutionId } = await aContact();
    const { runId, modules } = await aCourse();
    const { token } = await bookPlaces(actor, {
      runId,
      booker: aPerson(),
      institutionId,
      modules: modules.slice(0, 1),
    });

    await changeModules(await holderOf(token), { modules: modules.slice(0, 2) });

    expect((await workspaceOf(actor, institutionId)).coming).to.have.lengthOf(2);
  });
});
