import { expect } from 'chai';
import {
  bookingOfHolder,
  cancelBooking,
  holderOf,
  type BookPlacesOutcome,
} from '../../server/modules/booking/index.ts';
import { setClock } from '../../server/platform/clock.ts';
import { aBooking, aRun } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor } from '../support/page.ts';

const held = async ({ token }: BookPlacesOutcome) => (await bookingOfHolder(await holderOf(token))).booking;

describe('the page of an offer', () => {
  let offered: BookPlacesOutcome;
  let next: BookPlacesOutcome;
  let restore = () => {};
  beforeEach(async () => {
    await freshDatabase();
    const { id: runId } = await aRun({ capacity: 1, promotion: 'offer' });
    const sitting = await aBooking({ runId });
    [offered, next] = [await aBooking({ runId }), await aBooking({ runId })];
    await cancelBooking(await holderOf(sitting.token), { bookingId: sitting.id });
  });
  afterEach(() => restore());

  it('changes nothing when it is opened, however often', async () => {
    const visitor = new Visitor();
    const page = await visitor.open(`/bookings/${offered.token}/offer`);
    for (const end of ['acceptance', 'refusal'])
      expect((await visitor.open(`/bookings/${offered.token}/offer/${end}`)).status).to.equal(404);

    expect(page.heading).to.equal('Nehmen Sie den Platz an?');
    expect(page.says).to.match(/Antwort bis.*\d{4}, \d\d:\d\d Uhr/);
    expect((await held(offered)).status).to.equal('offered');
  });

  it('confirms the place when it is accepted, and says so also to whoever presses twice', async () => {
    const visitor = new Visitor();
    const page = await visitor.open(`/bookings/${offered.token}/offer`);

    const first = await visitor.submit(page, 'Verbindlich annehmen');
    const second = await visitor.submit(page, 'Verbindlich annehmen');

    for (const { says } of [first, second]) expect(says).to.contain('Ihre Buchung ist bestätigt');
    expect((await visitor.open(`/bookings/${offered.token}/offer`)).heading).to.contain('nicht mehr offen');
  });

  it('gives the place to the next when it is declined', async () => {
    const visitor = new Visitor();
    const page = await visitor.open(`/bookings/${offered.token}/offer`);

    const declined = await visitor.submit(page, 'Ablehnen');

    expect(declined.says).to.contain('Sie haben abgelehnt');
    expect((await held(next)).status).to.equal('offered');
    expect((await visitor.open(`/bookings/${next.token}`)).says).to.contain('Wir halten einen Platz für Sie frei');
  });

  it('says in a clear sentence that it is too late', async () => {
    const visitor = new Visitor();
    const page = await visitor.open(`/bookings/${offered.token}/offer`);
    const until = (await held(offered)).offeredUntil!;
    restore = setClock(() => until);

    const late = await visitor.submit(page, 'Verbindlich annehmen');

    expect([late.status, late.mistakes[0]]).to.deep.equal([
      410,
      'Die Zeit, dieses Angebot anzunehmen, ist vorbei. Die Plätze sind an andere gegangen.',
    ]);
  });

  it('is not there for a link that is none', async () => {
    for (const end of ['', '/acceptance', '/refusal'])
      expect((await new Visitor().post(`/bookings/${offered.token}x/offer${end}`, {})).status).to.equal(404);
    expect((await held(offered)).status).to.equal('offered');
  });
});
