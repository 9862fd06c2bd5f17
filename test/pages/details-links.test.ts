import { expect } from 'chai';
import {
  bookingById,
  namePlaces,
  sendDetailsLinks,
  type BookPlacesOutcome,
} from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { aBooking, aCoordinator, aPerson, aRun } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

const group = async (places: number) => aBooking({ runId: (await aRun()).id, places });
const linksOf = async ({ id }: BookPlacesOutcome) => (await bookingById(systemActor, id)).detailsLinks ?? [];
const asked = async (booking: BookPlacesOutcome) => {
  await sendDetailsLinks(systemActor, { bookingId: booking.id, emails: ['anna@example.org'] });
  return (await linksOf(booking))[0]!;
};

describe('the link for own details on the pages', () => {
  beforeEach(freshDatabase);

  it('is sent to several at once, sent again and taken back, each said beside its address', async () => {
    const booking = await group(3);
    const visitor = new Visitor();
    const form = await visitor.open(`/bookings/${booking.token}/names`);
    const wrong = await visitor.submit(form, 'Links verschicken', { 'E-Mail-Adressen': 'anna@example.org\nbert@' });
    const sent = await visitor.submit(wrong, 'Links verschicken', {
      'E-Mail-Adressen': 'anna@example.org\nbert@example.org',
    });
    const again = await visitor.submit(sent, 'Link noch einmal an anna@example.org schicken');
    const back = await visitor.submit(again, 'Link an bert@example.org zurücknehmen');
    const page = await visitor.open(`/bookings/${booking.token}`);

    expect([wrong.status, wrong.mistakes.length]).to.deep.equal([422, 1]);
    expect(sent.says).to.contain('Link an anna@example.org geschickt am').and.to.contain('Link an bert@example.org');
    expect((await linksOf(booking)).map(({ email, sends }) => [email, sends])).to.deep.equal([['anna@example.org', 2]]);
    expect(back.says).not.to.contain('bert@example.org');
    expect(page.says).to.contain('3 Plätze ohne Namen').and.to.contain('Für 1 davon ist ein Link verschickt.');
  });

  it('opens a form for whoever holds it, changes nothing by being opened, and says afterwards that it is done', async () => {
    const booking = await group(2);
    const { token } = await asked(booking);
    const visitor = new Visitor();
    await visitor.open(`/details/${token}`);
    const form = await visitor.open(`/details/${token}`);
    const wrong = await visitor.submit(form, 'Angaben eintragen');
    const done = await visitor.submit(wrong, 'Angaben eintragen', {
      'Ihr Name': 'Anna Probe',
      'Sprache Ihrer E-Mails': 'en',
      'Induktionsschleife für Hörgeräte': true,
    });
    const twice = await visitor.submit(form, 'Angaben eintragen', { 'Ihr Name': 'Cem Probe' });

    expect(form.getByRole('textbox', { name: 'Ihre E-Mail-Adresse' }).getAttribute('value')).to.equal(
      'anna@example.org',
    );
    expect(form.headers['cache-control']).to.equal('no-store');
    expect([wrong.status, wrong.mistakes.length]).to.deep.equal([422, 1]);
    expect([done.path, done.says.includes('Sie sind eingetragen')]).to.deep.equal([`/details/${token}`, true]);
    expect([twice.status, twice.mistakes[0]]).to.deep.equal([
      409,
      'Über diesen Link hat sich schon jemand eingetragen.',
    ]);
    const { participants } = await bookingById(systemActor, booking.id);
    expect(participants.map(({ name, language }) => [name, language])).to.deep.equal([['Anna Probe', 'en']]);
  });

  it('says that nothing was kept, when the booker has named somebody while the form was filled in', async () => {
    const booking = await group(2);
    const { token } = await asked(booking);
    const visitor = new Visitor();
    const form = await visitor.open(`/details/${token}`);
    await namePlaces(systemActor, { bookingId: booking.id, people: [aPerson(), aPerson()] });
    const late = await visitor.submit(form, 'Angaben eintragen', { 'Ihr Name': 'Anna Probe' });
    const opened = await visitor.open(`/details/${token}`);

    expect(late.status).to.equal(410);
    expect(late.mistakes[0]).to.contain('Ihre Angaben sind nicht gespeichert');
    expect(opened.says).to.contain('Dieser Link gilt nicht mehr').and.not.to.contain('anna@example.org');
  });

  it('is there for nobody who does not hold it, and changed by nobody who does not hold the booking', async () => {
    const [booking, other] = [await group(2), await group(2)];
    const { id, token } = await asked(booking);
    const visitor = new Visitor();
    const coordinator = await signedIn(await aCoordinator({ provider: 'amfn' }));
    for (const wrong of ['nobody', `${id}${other.token.slice(24)}`, booking.token, `${booking.id}${token.slice(24)}`]) {
      expect((await visitor.open(`/details/${wrong}`)).status).to.equal(404);
      expect((await visitor.post(`/details/${wrong}`, { name: '' })).status).to.equal(404);
    }
    expect((await coordinator.open(`/details/${id}${other.token.slice(24)}`)).status).to.equal(404);
    for (const holding of [other.token, token])
      for (const act of ['repetition', 'withdrawal'])
        expect((await visitor.post(`/bookings/${holding}/details-links/${id}/${act}`, {})).status).to.equal(404);
    const sent = await visitor.post(`/bookings/${token}/details-links`, { emails: 'x@example.org' });
    expect(sent.status).to.equal(404);
    expect(await linksOf(booking)).to.have.length(1);
  });
});
