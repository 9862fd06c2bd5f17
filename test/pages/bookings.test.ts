import { expect } from 'chai';
import ICAL from 'ical.js';
import { aBooking, aRun, aSession } from '../../server/demo/builders.ts';
import { bookingsOfRun, cancelRun, type Booking } from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { setClock } from '../../server/platform/clock.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor } from '../support/page.ts';

const me = { 'Vor- und Nachname': 'Amsel Beispiel', 'E-Mail-Adresse': 'amsel@example.org' };
const nowhere = 'f'.repeat(24);

describe('booking on the page', () => {
  beforeEach(freshDatabase);

  it('books a place for the booker and shows the booking', async () => {
    const { id } = await aRun();
    const visitor = new Visitor();

    const booked = await visitor.submit(await visitor.open(`/runs/${id}/bookings/new`), 'Verbindlich buchen', me);

    expect(booked.getByRole('status').textContent).to.include('Ihre Buchung ist bestätigt');
    expect(booked.says).to.include('Amsel Beispiel').and.to.include('amsel@example.org');
    expect((await bookingsOfRun(id)).map(personsIn)).to.deep.equal([['Amsel Beispiel']]);
  });

  it('lets a secretary book six colleagues, with lines that appear on demand and lose nothing', async () => {
    const { id } = await aRun();
    const visitor = new Visitor();
    const empty = await visitor.open(`/runs/${id}/bookings/new?for=group`);
    const three = Object.fromEntries([1, 2, 3].flatMap((number) => personFields(number)));

    const longer = await visitor.submit(empty, 'Weitere Zeilen', {
      ...me,
      'Einrichtung (freiwillig)': 'Schule am Probeweg',
      ...three,
    });
    const more = Object.fromEntries([4, 5, 6].flatMap((number) => personFields(number)));
    const booked = await visitor.submit(longer, 'Plätze verbindlich buchen', more);

    expect([longer.status, longer.mistakes.length]).to.deep.equal([200, 0]);
    expect(longer.field('Name, Person 3').value).to.equal('Kollege Probe 3');
    expect(longer.field('Vor- und Nachname').value).to.equal('Amsel Beispiel');
    expect(booked.getByRole('status').textContent).to.include('Die 6 Plätze gehören Ihnen.');
    const [booking] = await bookingsOfRun(id);
    expect([booking?.places, booking?.participants.length, booking?.institution]).to.deep.equal([
      6,
      6,
      'Schule am Probeweg',
    ]);
  });

  it('turns the form for one into the form for several without losing what was typed', async () => {
    const { id } = await aRun();
    const visitor = new Visitor();

    const group = await visitor.submit(
      await visitor.open(`/runs/${id}/bookings/new`),
      'Für andere oder für mehrere Personen buchen',
      me,
    );

    expect([group.status, group.heading]).to.deep.equal([200, 'Mehrere Plätze buchen']);
    expect(group.field('E-Mail-Adresse').value).to.equal('amsel@example.org');
    expect(group.getAllByLabelText(/^Name, Person/)).to.have.lengthOf(3);
    expect(await bookingsOfRun(id)).to.deep.equal([]);
  });

  it('seats the booker beside the others on request, without asking for the name twice', async () => {
    const { id } = await aRun();
    const visitor = new Visitor();
    const form = await visitor.open(`/runs/${id}/bookings/new?for=group`);

    await visitor.submit(form, 'Plätze verbindlich buchen', {
      ...me,
      'Ich nehme selbst teil': true,
      ...Object.fromEntries(personFields(2)),
    });

    expect((await bookingsOfRun(id)).map(personsIn)).to.deep.equal([['Amsel Beispiel', 'Kollege Probe 2']]);
  });

  it('keeps places without a name for those who are not known yet', async () => {
    const { id } = await aRun();
    const visitor = new Visitor();
    const form = await visitor.open(`/runs/${id}/bookings/new?for=group`);

    const booked = await visitor.submit(form, 'Plätze verbindlich buchen', {
      ...me,
      'Plätze insgesamt (freiwillig)': '4',
      ...Object.fromEntries(personFields(1)),
    });

    expect(booked.says).to.include('3 Plätze ohne Namen');
    expect((await bookingsOfRun(id))[0]?.places).to.equal(4);
  });

  it('puts a booking on the waiting list when too few places are left, and says where it stands', async () => {
    const { id: runId } = await aRun({ capacity: 1 });
    await aBooking({ runId });
    await aBooking({ runId });
    const visitor = new Visitor();

    const waiting = await visitor.submit(
      await visitor.open(`/runs/${runId}/bookings/new`),
      'Auf die Warteliste setzen',
      me,
    );

    expect(waiting.getByRole('status').textContent).to.include('Sie stehen auf der Warteliste, Stelle 2');
    expect(waiting.queryByRole('link', { name: /Kalender/ })).to.equal(null);
  });

  it('sends a wrong form back with every mistake named, linked and marked, and everything typed kept', async () => {
    const { id } = await aRun();
    const visitor = new Visitor();
    const form = await visitor.open(`/runs/${id}/bookings/new?for=group`);

    const back = await visitor.submit(form, 'Plätze verbindlich buchen', {
      'E-Mail-Adresse': 'amsel@',
      'Name, Person 2': 'Kollege ohne Adresse',
      'Plätze insgesamt (freiwillig)': 'viele',
    });

    expect([back.status, await bookingsOfRun(id)]).to.deep.equal([422, []]);
    expect(back.document.title).to.match(/^Fehler: /);
    expect(back.mistakes).to.deep.equal([
      'Vor- und Nachname: Bitte füllen Sie dieses Feld aus.',
      'E-Mail-Adresse: Bitte geben Sie eine gültige E-Mail-Adresse an, zum Beispiel name@example.org.',
      'E-Mail, Person 1: Bitte füllen Sie dieses Feld aus.',
      'Plätze insgesamt: Bitte geben Sie eine ganze Zahl an, zum Beispiel 12.',
    ]);
    for (const link of back.getByRole('alert').querySelectorAll('a')) {
      const target = back.document.querySelector<HTMLInputElement>(link.getAttribute('href') ?? '');
      expect(target?.getAttribute('aria-invalid'), link.textContent ?? '').to.equal('true');
      expect(back.document.getElementById(`${target?.id}-error`)?.textContent).to.not.equal('');
      expect(target?.getAttribute('aria-describedby')).to.include(`${target?.id}-error`);
    }
    expect(back.field('E-Mail-Adresse').value).to.equal('amsel@');
    expect(back.field('Name, Person 1').value).to.equal('Kollege ohne Adresse');
    expect(back.field('Plätze insgesamt (freiwillig)').value).to.equal('viele');
  });

  it('asks a group for a name or a number', async () => {
    const { id } = await aRun();
    const visitor = new Visitor();

    const back = await visitor.submit(
      await visitor.open(`/runs/${id}/bookings/new?for=group`),
      'Plätze verbindlich buchen',
      me,
    );

    expect(back.mistakes).to.deep.equal([
      'Name, Person 1: Bitte nennen Sie mindestens eine Person oder die Zahl der Plätze.',
    ]);
  });

  it('tells what the use case refuses at the field it is about, and keeps what was typed', async () => {
    const { id } = await aRun();
    const visitor = new Visitor();
    const form = await visitor.open(`/runs/${id}/bookings/new?for=group`);
    const twice = { 'Name, Person 2': 'Kollege Probe 1', 'E-Mail, Person 2': 'kollege.1@example.org' };

    const back = await visitor.submit(form, 'Plätze verbindlich buchen', {
      ...me,
      ...Object.fromEntries(personFields(1)),
      ...twice,
    });
    const fewer = await visitor.submit(back, 'Plätze verbindlich buchen', {
      'Name, Person 2': 'Kollegin Probe 2',
      'Plätze insgesamt (freiwillig)': '1',
    });

    expect([back.status, back.mistakes]).to.deep.equal([
      422,
      ['Name, Person 1: Eine Person steht zweimal in der Liste. Bitte löschen Sie sie einmal.'],
    ]);
    expect(fewer.mistakes[0]).to.match(/^Plätze insgesamt: Sie haben mehr Personen genannt als Plätze/);
    expect(fewer.field('E-Mail, Person 2').value).to.equal('kollege.1@example.org');
  });

  it('books once however often the form is sent, and leads to the same booking', async () => {
    const { id } = await aRun();
    const visitor = new Visitor();
    const form = await visitor.open(`/runs/${id}/bookings/new`);

    const answers = await Promise.all([1, 2, 3].map(() => visitor.submit(form, 'Verbindlich buchen', me)));
    const again = await visitor.submit(form, 'Verbindlich buchen', me);

    expect(new Set([...answers, again].map(({ path }) => path)).size).to.equal(1);
    expect(await bookingsOfRun(id)).to.have.lengthOf(1);
  });

  it('asks before booking again when a form that has booked is sent with other entries', async () => {
    const { id } = await aRun();
    const visitor = new Visitor();
    const form = await visitor.open(`/runs/${id}/bookings/new`);
    await visitor.submit(form, 'Verbindlich buchen', me);

    const asked = await visitor.submit(form, 'Verbindlich buchen', { ...me, 'Vor- und Nachname': 'Drossel Beispiel' });
    const booked = await visitor.submit(asked, 'Verbindlich buchen');

    expect(asked.mistakes[0]).to.match(/^Mit diesem Formular haben Sie schon gebucht/);
    expect(booked.says).to.include('Drossel Beispiel');
    expect(await bookingsOfRun(id)).to.have.lengthOf(2);
  });

  it('gives a stranger the same answer whether or not somebody sits in the run already', async () => {
    const { id } = await aRun();
    const book = async () => {
      const visitor = new Visitor();
      return visitor.submit(await visitor.open(`/runs/${id}/bookings/new`), 'Verbindlich buchen', me);
    };

    const [first, second] = [await book(), await book()];

    expect([second.status, withoutTime(second.says)]).to.deep.equal([first.status, withoutTime(first.says)]);
  });

  it('remembers the language of the page for the mails', async () => {
    const { id } = await aRun();
    const visitor = new Visitor();

    const form = await visitor.open(`/runs/${id}/bookings/new?lang=en`);
    await visitor.submit(form, 'Book now', {
      'First and last name': 'Amsel Beispiel',
      'E-mail address': 'amsel@example.org',
    });

    expect((await bookingsOfRun(id))[0]?.booker.language).to.equal('en');
  });

  it('refuses entries that no form of ours sends', async () => {
    const { id } = await aRun();
    const right = { 'booker.name': 'Amsel', 'booker.email': 'amsel@example.org' };
    const post = (fields: Record<string, string>) =>
      new Visitor().post(`/runs/${id}/bookings`, { ...right, ...fields });

    for (const [fields, status] of [
      [{ status: 'confirmed' }, 422],
      [{ 'booker.role': 'admin' }, 422],
      [{ places: '-1' }, 422],
      [{ places: '1e9' }, 422],
      [{ places: '1.5' }, 422],
      [{ places: '51' }, 422],
      [{ 'booker[$ne]': 'x' }, 422],
      [{ 'booker.__proto__.polluted': 'x' }, 400],
      [{ 'constructor.prototype.polluted': 'x' }, 400],
      [{ 'participants[9999].name': 'x' }, 422],
      [{ booker: 'x' }, 400],
      [{ 'booker.name': `Amsel\r\nBcc: x@example.org` }, 422],
      [{ 'booker.email': 'a@example.org, b@example.org' }, 422],
    ] as [Record<string, string>, number][])
      expect((await post(fields)).status, JSON.stringify(fields)).to.equal(status);

    const twice = await new Visitor().agent
      .post(`/runs/${id}/bookings`)
      .send('booker.name=a&booker.name=b&booker.email=a@example.org');
    expect(twice.status).to.equal(400);
    expect(await bookingsOfRun(id)).to.deep.equal([]);
    expect('polluted' in {}).to.equal(false);
  });

  it('shows what somebody typed as text, in the form and in the booking', async () => {
    const { id } = await aRun();
    const visitor = new Visitor();
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>';

    const back = await visitor.submit(await visitor.open(`/runs/${id}/bookings/new`), 'Verbindlich buchen', {
      ...me,
      'Vor- und Nachname': evil,
      'E-Mail-Adresse': evil,
    });
    const booked = await visitor.submit(back, 'Verbindlich buchen', { 'E-Mail-Adresse': 'a@example.org' });

    for (const page of [back, booked])
      expect(page.document.querySelectorAll('script, img, [onerror]')).to.have.lengthOf(0);
    expect(back.field('Vor- und Nachname').value).to.equal(evil);
    expect(booked.says).to.include(evil);
  });

  it('is not there for a run that is not there, and says why a cancelled one cannot be booked', async () => {
    const { id: runId } = await aRun();
    const form = await new Visitor().open(`/runs/${runId}/bookings/new`);
    await cancelRun(systemActor, { runId, reason: 'Erkrankt.' });

    const late = await new Visitor().submit(form, 'Verbindlich buchen', me);

    expect([late.status, late.says.includes('Der Durchgang ist abgesagt.')]).to.deep.equal([409, true]);
    for (const path of [`/runs/${nowhere}/bookings/new`, '/runs/nonsense/bookings/new'])
      expect((await new Visitor().open(path)).status).to.equal(404);
    expect((await new Visitor().post(`/runs/${nowhere}/bookings`, {})).status).to.equal(404);
  });

  it('leads back to the form when the address it is sent to is opened', async () => {
    const { id } = await aRun();

    expect((await new Visitor().open(`/runs/${id}/bookings?lang=en`)).heading).to.equal('Book a place');
  });
});

describe('the booker’s own page', () => {
  beforeEach(freshDatabase);

  it('shows who takes part, when and where, and the link of an online room', async () => {
    const { id: runId } = await aRun({ sessions: [aSession({ location: 'https://raum.example.org/geheim' })] });
    const { token } = await aBooking({
      runId,
      places: 2,
      participants: [{ name: 'Kollege Probe 1', email: 'k1@example.org' }],
    });

    const page = await new Visitor().open(`/bookings/${token}`);

    expect(page.getByRole('link', { name: 'Online-Raum öffnen' }).getAttribute('href')).to.equal(
      'https://raum.example.org/geheim',
    );
    expect(page.says).to.include('Kollege Probe 1').and.to.include('1 Platz ohne Namen');
  });

  it('keeps the link of an online room from those who wait', async () => {
    const { id: runId } = await aRun({
      capacity: 1,
      sessions: [aSession({ location: 'https://raum.example.org/geheim' })],
    });
    await aBooking({ runId });
    const { token } = await aBooking({ runId });

    expect((await new Visitor().open(`/bookings/${token}`)).html).not.to.include('raum.example.org');
  });

  it('gives the plan as a calendar', async () => {
    const { id: runId } = await aRun({ sessions: [aSession({ inDays: 5 }), aSession({ inDays: 12 })] });
    const { token } = await aBooking({ runId });
    const visitor = new Visitor();

    const href =
      (await visitor.open(`/bookings/${token}`)).getByRole('link', { name: /Kalender/ }).getAttribute('href') ?? '';
    const answer = await visitor.agent.get(href);

    expect(answer.headers['content-type']).to.match(/^text\/calendar/);
    expect(answer.headers['cache-control']).to.equal('no-store');
    const calendar = new ICAL.Component(ICAL.parse(answer.text));
    expect(calendar.getAllSubcomponents('vevent')).to.have.lengthOf(2);
    expect(answer.text).not.to.include('ATTENDEE');
  });

  it('has no calendar for those who wait', async () => {
    const { id: runId } = await aRun({ capacity: 1 });
    await aBooking({ runId });
    const { token } = await aBooking({ runId });

    expect((await new Visitor().open(`/bookings/${token}/calendar.ics`)).status).to.equal(404);
  });

  it('is kept by nobody on the way and tells no other site of its address', async () => {
    const { token } = await aBooking();

    for (const path of [`/bookings/${token}`, `/bookings/${token}/cancellation`]) {
      const page = await new Visitor().open(path);
      expect(page.headers['cache-control']).to.equal('no-store');
      expect(page.headers['referrer-policy']).to.equal('no-referrer');
    }
  });

  it('opens to the right token only, and everything else looks the same', async () => {
    const { token } = await aBooking();
    const { token: other } = await aBooking();
    const wrong = [
      `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
      token.slice(0, 24) + other.slice(24),
      token.slice(0, 24),
      nowhere,
      'nonsense',
      '%00',
      `${token}%0d%0aSet-Cookie:x`,
    ];

    const pages = await Promise.all(
      wrong.flatMap((one) =>
        ['', '/cancellation', '/calendar.ics'].map((end) => new Visitor().open(`/bookings/${one}${end}`)),
      ),
    );

    expect(new Set(pages.map(({ status, heading }) => `${status} ${heading}`))).to.deep.equal(
      new Set(['404 Diese Seite gibt es nicht']),
    );
  });

  it('says that the run was cancelled, and why', async () => {
    const { id: runId } = await aRun();
    const { token } = await aBooking({ runId });
    await cancelRun(systemActor, { runId, reason: 'Die Trainerin ist erkrankt.' });

    const page = await new Visitor().open(`/bookings/${token}`);

    expect(page.getByRole('status').textContent)
      .to.include('Der Durchgang ist abgesagt')
      .and.to.include('Die Trainerin ist erkrankt.');
    expect(page.queryByRole('link', { name: /stornieren/ })).to.equal(null);
  });
});

describe('cancelling on the page', () => {
  beforeEach(freshDatabase);

  it('asks once, gives the place back and says so', async () => {
    const { id: runId } = await aRun({ capacity: 1 });
    const { token } = await aBooking({ runId });
    const { token: next } = await aBooking({ runId });
    const visitor = new Visitor();

    const booking = await visitor.open(`/bookings/${token}`);
    const question = await visitor.open(
      booking.getByRole('link', { name: 'Buchung stornieren' }).getAttribute('href') ?? '',
    );
    const done = await visitor.submit(question, 'Jetzt stornieren', {
      'Warum? (freiwillig)': 'Ein Termin kam dazwischen.',
    });

    expect(done.getByRole('status').textContent).to.include('Diese Buchung ist storniert');
    expect((await new Visitor().open(`/bookings/${next}`)).getByRole('status').textContent).to.include('bestätigt');
    expect((await bookingsOfRun(runId))[0]?.states.at(-1)?.reason).to.equal('Ein Termin kam dazwischen.');
  });

  it('lets somebody leave the waiting list', async () => {
    const { id: runId } = await aRun({ capacity: 1 });
    await aBooking({ runId });
    const { token } = await aBooking({ runId });
    const visitor = new Visitor();

    const done = await visitor.submit(await visitor.open(`/bookings/${token}/cancellation`), 'Warteliste verlassen');

    expect(done.getByRole('status').textContent).to.include('Diese Buchung ist storniert');
  });

  it('changes nothing when a link is only opened, by GET or HEAD, however often', async () => {
    const { id: runId } = await aRun();
    const { token } = await aBooking({ runId });
    const before = await bookingsOfRun(runId);
    const { agent } = new Visitor();

    for (const path of [`/bookings/${token}`, `/bookings/${token}/cancellation`, `/bookings/${token}/calendar.ics`])
      for (const open of [() => agent.get(path), () => agent.head(path), () => agent.get(`${path}?confirm=1`)])
        expect((await open()).status).to.equal(200);

    expect(await bookingsOfRun(runId)).to.deep.equal(before);
  });

  it('is harmless when it is sent twice', async () => {
    const { token } = await aBooking();
    const visitor = new Visitor();
    const question = await visitor.open(`/bookings/${token}/cancellation`);

    await visitor.submit(question, 'Jetzt stornieren');
    const again = await visitor.submit(question, 'Jetzt stornieren');

    expect([again.status, again.mistakes]).to.deep.equal([
      409,
      ['Diese Buchung gibt es nicht mehr. Sie wurde schon storniert.'],
    ]);
    expect(again.says).to.include('Diese Buchung ist storniert');
  });

  it('ends with the deadline, and names whom to tell then', async () => {
    const { id: runId } = await aRun({ sessions: [aSession({ inDays: 14 })], cancellationHours: 48 });
    const { token } = await aBooking({ runId });
    const visitor = new Visitor();
    const question = await visitor.open(`/bookings/${token}/cancellation`);
    const restore = setClock(() => new Date(Date.now() + 13.5 * 86_400_000));

    try {
      const late = await visitor.submit(question, 'Jetzt stornieren');
      const page = await visitor.open(`/bookings/${token}`);

      expect([late.status, late.mistakes]).to.deep.equal([
        409,
        ['Die Frist zum Stornieren ist vorbei. Bitte wenden Sie sich an den Träger.'],
      ]);
      expect(page.says).to.include('Die Frist zum Stornieren ist vorbei.').and.to.include('vhs-hannover@example.org');
      expect((await bookingsOfRun(runId))[0]?.status).to.equal('confirmed');
    } finally {
      restore();
    }
  });

  it('keeps a reason that is too long for shortening', async () => {
    const { token } = await aBooking();
    const visitor = new Visitor();

    const back = await visitor.submit(await visitor.open(`/bookings/${token}/cancellation`), 'Jetzt stornieren', {
      'Warum? (freiwillig)': 'x'.repeat(501),
    });

    expect([back.status, back.mistakes]).to.deep.equal([
      422,
      ['Das ist zu lang. Bitte schreiben Sie höchstens 500 Zeichen.'],
    ]);
    expect(back.field('Warum? (freiwillig)').value).to.have.lengthOf(501);
  });
});

function personFields(number: number): [string, string][] {
  return [
    [`Name, Person ${number}`, `Kollege Probe ${number}`],
    [`E-Mail, Person ${number}`, `kollege.${number}@example.org`],
  ];
}

/** The minute of the booking may change between two of them. */
function withoutTime(text: string): string {
  return text.replace(/Gebucht am.*?Uhr/, '');
}

function personsIn({ participants }: Booking): string[] {
  return participants.map(({ name }) => name);
}
