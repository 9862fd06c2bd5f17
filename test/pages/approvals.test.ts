import { expect } from 'chai';
import type { BookPlacesOutcome } from '../../server/modules/booking/index.ts';
import { setClock } from '../../server/platform/clock.ts';
import { heldBooking, statesOf } from '../support/booking-facts.ts';
import { aBooking, aContact, aPerson, aRun, aSeminar } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';
import { tellAll, type Told } from '../support/told.ts';

const superior = { name: 'Lore Leitung', email: 'lore.leitung@example.org' };

describe('the page on which a booking is approved', () => {
  let runId: string;
  let restore = () => {};
  beforeEach(async () => {
    await freshDatabase();
    runId = (await aRun({ seminarId: await aSeminar({ approval: 'superior' }), capacity: 2 })).id;
  });
  afterEach(() => restore());

  /** A booking for a colleague, and what its mails say; the link of the one to the superior. */
  const asked = async (): Promise<{ booking: BookPlacesOutcome; told: Told[]; link: string }> => {
    const booking = await aBooking({ runId, superior, participants: [aPerson()] });
    const told = await tellAll();
    const [, link = ''] = /(\/approvals\/[\w-]+)/.exec(saidTo(superior.email, told)) ?? [];
    return { booking, told, link };
  };
  const saidTo = (email: string, told: readonly Told[]) =>
    told
      .filter(({ to }) => to === email)
      .map(({ says }) => says)
      .join('\n');

  it('is asked for in a mail, with who, what and until when; the booker hears that the place is held', async () => {
    const { booking, told } = await asked();
    const { booker, participants } = await heldBooking(booking);

    const question = saidTo(superior.email, told);
    for (const part of [booker.name, participants[0]!.name, 'Antwort bis', 'der Platz geht an andere'])
      expect(question).to.contain(part);
    expect(saidTo(booker.email, told)).to.contain('Wir halten einen Platz für Sie frei').and.to.contain(superior.name);
    expect(saidTo(participants[0]!.email, told)).to.equal('');
  });

  it('changes nothing when it is opened, confirms by a button, and says so to whoever comes again', async () => {
    const { booking, link } = await asked();
    const visitor = new Visitor();
    const page = await visitor.open(link);
    for (const end of ['approval', 'refusal']) expect((await visitor.open(`${link}/${end}`)).status).to.equal(404);
    expect(page.heading).to.equal('Geben Sie diesen Platz frei?');
    expect(await statesOf(booking)).to.deep.equal(['requested']);

    const first = await visitor.submit(page, 'Buchung freigeben');
    const second = await visitor.submit(page, 'Buchung freigeben');
    const late = await visitor.submit(page, 'Nicht freigeben');

    for (const { says } of [first, second]) expect(says).to.contain('Die Buchung ist freigegeben');
    expect([late.status, late.mistakes[0]]).to.deep.equal([409, 'Diese Buchung wartet nicht mehr auf eine Freigabe.']);
    expect(await statesOf(booking)).to.deep.equal(['confirmed']);
    const kinds = (await tellAll()).map(({ kind, to }) => `${kind} ${to === superior.email ? 'superior' : ''}`.trim());
    expect(kinds).to.have.members(['approval-ended superior', 'booking-confirmed', 'invitation']);
  });

  it('takes a reason with a refusal, and hands it on to whoever booked and whoever was to come', async () => {
    const { booking, link } = await asked();
    const visitor = new Visitor();
    const page = await visitor.open(link);

    const refused = await visitor.submit(page, 'Nicht freigeben', { 'Warum nicht? (freiwillig)': 'Prüfungswoche' });

    expect(refused.says).to.contain('wurde nicht freigegeben').and.to.contain('Prüfungswoche');
    const { booker, participants, token } = await heldBooking(booking);
    const told = await tellAll();
    for (const { email } of [booker, participants[0]!]) expect(saidTo(email, told)).to.contain('Prüfungswoche');
    expect((await visitor.open(`/bookings/${token}`)).says)
      .to.contain('nicht freigegeben')
      .and.to.contain('Prüfungswoche');
  });

  it('says in a clear sentence that it is too late, before anybody has noted it', async () => {
    const { booking, link } = await asked();
    const visitor = new Visitor();
    const page = await visitor.open(link);
    const until = (await heldBooking(booking)).approval!.until!;
    restore = setClock(() => until);

    const late = await visitor.submit(page, 'Buchung freigeben');

    expect(late.status).to.equal(409);
    expect(late.says).to.contain('Die Zeit für die Freigabe ist vorbei');
    expect(await statesOf(booking)).to.deep.equal(['requested']);
  });

  it('is not there for a link that is none', async () => {
    const { booking, link } = await asked();
    for (const path of [`${link}x`, `/approvals/${booking.token}`])
      for (const end of ['', '/approval', '/refusal'])
        expect((await new Visitor().post(`${path}${end}`, {})).status).to.equal(404);
  });

  it('is reached from a form that asks for the superior, and says which field is missing', async () => {
    const visitor = new Visitor();
    const form = await visitor.open(`/runs/${runId}/bookings/new`);
    const who = { 'Vor- und Nachname': 'Mina Muster', 'E-Mail-Adresse': 'mina.muster@example.org' };

    const short = await visitor.submit(form, 'Verbindlich buchen', who);
    expect([short.status, short.mistakes.join()]).to.deep.equal([
      422,
      'E-Mail der vorgesetzten Person: Diese Buchung muss jemand freigeben. Bitte nennen Sie Ihre vorgesetzte Person mit Namen und E-Mail-Adresse.',
    ]);
    const named = { 'Name der vorgesetzten Person': superior.name, 'E-Mail der vorgesetzten Person': superior.email };
    const done = await visitor.submit(short, 'Verbindlich buchen', named);

    expect(done.says).to.contain('bis die Buchung freigegeben ist').and.to.contain(superior.name);
  });

  it('is what an institution asks for on its own page, by whoever may approve', async () => {
    const { institutionId, ...head } = await aContact({ approve: true, book: true });
    const visitor = await signedIn(head);
    const contacts = await visitor.open(`/institution/${institutionId}/contacts`);
    expect(contacts.says).to.contain('gilt sofort');

    const set = await visitor.submit(contacts, 'Buchungen freigeben lassen');

    expect(set.says).to.contain('muss jemand freigeben, der es darf');
    const booked = await aBooking({ institution: 'Schule am Türkisen Turm' });
    expect(booked.status).to.equal('requested');
    expect((await tellAll()).find(({ kind }) => kind === 'approval-asked')?.to).to.equal(head.person.email);
  });
});
