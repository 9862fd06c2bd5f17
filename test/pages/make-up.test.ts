import { expect } from 'chai';
import { bookingsOfRun, changeCapacity, placesOfRuns } from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { setClock } from '../../server/platform/clock.ts';
import { aBooking, aCoordinator, aSession, aTrainer } from '../support/builders.ts';
import { aCourse } from '../support/courses.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

describe('making up a module on the pages', () => {
  let restore = () => {};
  beforeEach(freshDatabase);
  afterEach(() => restore());

  const missedBy = async (name: string) => {
    const first = await aCourse({ booking: 'whole' });
    const sessions = first.modules.map((module, at) => aSession({ module, inDays: 60 + 14 * at }));
    const second = await aCourse({ seminarId: first.seminarId, sessions });
    await changeCapacity(systemActor, { runId: second.runId, makeUpPlaces: 1 });
    const booking = await aBooking({ runId: first.runId, booker: { name, email: 'probe@example.org' } });
    const begun = first.starts[0]!.getTime() + 1_000;
    return { first, second, booking, begin: () => (restore = setClock(() => new Date(begun))) };
  };
  const choose = (page: { document: Document }) => {
    const [choice] = page.document.querySelectorAll<HTMLInputElement>('input[name=choice]');
    choice!.checked = true;
  };

  it('goes by the link of the booking: the runs in which there is a place, and then that place', async () => {
    const { second, booking, begin } = await missedBy('Indigo Probe');
    begin();
    const visitor = new Visitor();
    const page = await visitor.open(`/bookings/${booking.token}/make-up`);
    const none = await visitor.submit(page, 'Platz zum Nachholen buchen');
    choose(none);
    const made = await visitor.submit(none, 'Platz zum Nachholen buchen');

    expect((await visitor.open(`/bookings/${booking.token}`)).says).to.contain('Etwas verpasst?');
    expect(page.says).to.contain('Indigo Probe: Modul 1, Haltung').and.to.contain('1 Platz zum Nachholen frei');
    expect([none.status, none.mistakes]).to.deep.equal([422, ['Bitte wählen Sie einen Eintrag aus der Liste.']]);
    expect(made.says).to.contain('Nachholplatz: Modul 1, Haltung');
    expect((await bookingsOfRun(second.runId)).map(({ status }) => status)).to.deep.equal(['confirmed']);
    const later = await visitor.open(`/bookings/${booking.token}/make-up`);
    expect(later.says).to.contain('Es gibt nichts nachzuholen.');
  });

  it('is done at the desk for somebody who calls, and its places are set there', async () => {
    const { second, first, booking, begin } = await missedBy('Indigo Probe');
    const amsel = await aCoordinator();
    begin();
    const visitor = await signedIn(amsel);
    const run = await visitor.open(`/desk/runs/${second.runId}`);
    const wrong = await visitor.submit(run, 'Nachholplätze speichern', { 'Plätze zum Nachholen je Modul': 'drei' });
    const set = await visitor.submit(run, 'Nachholplätze speichern', { 'Plätze zum Nachholen je Modul': '3' });
    const page = await visitor.open(`/desk/bookings/${booking.id}/make-up`);
    choose(page);
    const made = await visitor.submit(page, 'Platz zum Nachholen buchen');

    expect(wrong.status).to.equal(422);
    expect(set.getByRole('status').textContent).to.contain('Plätze zum Nachholen sind geändert');
    expect((await placesOfRuns([second.runId])).get(second.runId)?.makeUp?.[0]).to.include({ capacity: 3, held: 1 });
    expect([made.path.split('?')[0], made.status]).to.deep.equal([`/desk/runs/${first.runId}`, 200]);
  });

  it('is there for nobody else', async () => {
    const { booking, first } = await missedBy('Indigo Probe');
    const stranger = await signedIn(await aCoordinator({ provider: 'amfn' }));

    expect((await new Visitor().open('/bookings/bk_nobody/make-up')).status).to.equal(404);
    expect((await new Visitor().post('/bookings/bk_nobody/make-up', {})).status).to.equal(404);
    expect((await new Visitor().agent.get(`/desk/bookings/${booking.id}/make-up`)).status).to.be.within(300, 403);
    expect((await (await signedIn(await aTrainer())).open(`/desk/bookings/${booking.id}/make-up`)).status).to.equal(
      403,
    );
    expect((await stranger.open(`/desk/bookings/${booking.id}/make-up`)).status).to.equal(404);
    const page = await stranger.open('/');
    const _token = page.document.querySelector('input[name=_token]')?.getAttribute('value') ?? '';
    expect(
      (await stranger.post(`/desk/runs/${first.runId}/make-up-places`, { _token, makeUpPlaces: '9' })).status,
    ).to.equal(404);
    expect((await stranger.post(`/desk/bookings/${booking.id}/make-up`, { _token })).status).to.equal(404);
  });
});
