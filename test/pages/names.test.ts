import { deflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import { bookingById, namePlaces, type BookPlacesOutcome } from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { runById } from '../../server/modules/scheduling/index.ts';
import { aBooking, aCoordinator, aPerson, aRun, aSession } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { pageOf, Visitor } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

const people = async ({ id }: BookPlacesOutcome) =>
  (await bookingById(systemActor, id)).participants.map(({ name, email }) => `${name} ${email}`);
const group = async (places: number) => aBooking({ runId: (await aRun()).id, places });

describe('names for places on the pages', () => {
  beforeEach(freshDatabase);

  it('are filled in one by one, some now and some later', async () => {
    const booking = await group(3);
    const visitor = new Visitor();
    const page = await visitor.open(`/bookings/${booking.token}`);
    const form = await visitor.open(`/bookings/${booking.token}/names`);
    const wrong = await visitor.submit(form, 'Namen eintragen', { 'Name, Person 1': 'Anna Probe' });
    const done = await visitor.submit(wrong, 'Namen eintragen', { 'E-Mail, Person 1': 'anna.probe@example.org' });

    expect(page.getByRole('link', { name: 'Namen eintragen' }).getAttribute('href')).to.contain('/names');
    expect([wrong.status, wrong.mistakes.length]).to.deep.equal([422, 1]);
    expect(done.says).to.contain('Anna Probe').and.to.contain('2 Plätze ohne Namen');
    expect(await people(booking)).to.deep.equal(['Anna Probe anna.probe@example.org']);
  });

  it('come from a pasted list, checked before they are taken', async () => {
    const booking = await group(4);
    const visitor = new Visitor();
    const form = await visitor.open(`/bookings/${booking.token}/names`);
    const list =
      'Anna Probe <anna.probe@example.org>; "Muster, Bert" <bert@example.org>\nCem Probe <cem@example.org>\n';
    const preview = await visitor.submit(form, 'Liste prüfen', { Liste: list });
    const nobodyYet = await people(booking);
    const done = await visitor.submit(preview, 'Namen eintragen');

    expect(preview.getByRole('status').textContent).to.contain('3 Personen können eingetragen werden');
    expect(nobodyYet).to.deep.equal([]);
    expect(done.path).to.equal(`/bookings/${booking.token}`);
    expect(await people(booking)).to.deep.equal([
      'Anna Probe anna.probe@example.org',
      'Bert Muster bert@example.org',
      'Cem Probe cem@example.org',
    ]);
  });

  it('say at the row what is wrong, and take nothing of a list that is wrong anywhere', async () => {
    const booking = await group(9);
    const visitor = new Visitor();
    const form = await visitor.open(`/bookings/${booking.token}/names`);
    const list = [
      'Name;E-Mail',
      'Anna Probe;anna@example.org',
      'anna  PROBE;Anna@example.org',
      '=HYPERLINK("x");x@example.org',
      'Bert Probe;bert@',
      ';leer@example.org',
      'Cem Probe;',
    ].join('\n');
    const preview = await visitor.submit(form, 'Liste prüfen', { Liste: list });
    const forced = await visitor.post(`/bookings/${booking.token}/names/list`, { list, _take: 'on' });

    expect(preview.getByRole('status').textContent).to.contain('5 Zeilen können so nicht');
    for (const said of [
      'Dieselbe Person wie in Zeile 2.',
      'Eine Zelle beginnt wie eine Formel.',
      'Das ist keine gültige E-Mail-Adresse.',
      'Der Name fehlt.',
      'Die Adresse fehlt.',
    ])
      expect(preview.says).to.contain(said);
    expect(preview.queryByRole('button', { name: 'Namen eintragen' })).to.equal(null);
    expect(forced.says).to.contain('5 Zeilen');
    expect(await people(booking)).to.deep.equal([]);
  });

  it('keep whoever is there already, and refuse more than there are places for', async () => {
    const booking = await group(2);
    const [one, two, three] = [aPerson(), aPerson(), aPerson()];
    await namePlaces(systemActor, { bookingId: booking.id, people: [one] });
    const visitor = new Visitor();
    const form = await visitor.open(`/bookings/${booking.token}/names`);
    const lines = (...who: (typeof one)[]) => who.map(({ name, email }) => `${name}\t${email}`).join('\n');
    const tooMany = await visitor.submit(form, 'Liste prüfen', { Liste: lines(one, two, three) });
    const fits = await visitor.submit(tooMany, 'Noch einmal prüfen', { Liste: lines(one, two) });
    await visitor.submit(fits, 'Namen eintragen');

    expect(tooMany.says).to.contain('Es sind 2 neue Namen, aber nur 1 Platz ist noch ohne Namen.');
    expect(fits.says).to.contain('Steht schon in der Buchung');
    expect(await people(booking)).to.have.length(2);
  });

  it('swap a person for another by the link beside the name', async () => {
    const booking = await aBooking({ booker: { name: 'Anna Probe', email: 'anna@example.org' } });
    const visitor = new Visitor();
    const page = await visitor.open(`/bookings/${booking.token}`);
    const link = page.getByRole('link', { name: 'Anna Probe tauschen' }).getAttribute('href') ?? '';
    const form = await visitor.open(link);
    const same = await visitor.submit(form, 'Person tauschen', {
      'Name der neuen Person': 'Anna Probe',
      'E-Mail-Adresse der neuen Person': 'anna@example.org',
    });
    const done = await visitor.submit(form, 'Person tauschen', {
      'Name der neuen Person': 'Bert Probe',
      'E-Mail-Adresse der neuen Person': 'bert@example.org',
    });

    expect(form.says).to.contain('Anna Probe bekommt eine Absage für den Kalender.');
    expect([same.status, same.mistakes.length]).to.deep.equal([422, 1]);
    expect(done.path).to.equal(`/bookings/${booking.token}`);
    expect(await people(booking)).to.deep.equal(['Bert Probe bert@example.org']);
    expect((await visitor.open(link)).status).to.equal(404);
  });

  it('are given back with their places, by person and by number', async () => {
    const booking = await group(4);
    const given = [
      { name: 'Anna Probe', email: 'anna@example.org' },
      { name: 'Bert Probe', email: 'bert@example.org' },
    ];
    await namePlaces(systemActor, { bookingId: booking.id, people: given });
    const visitor = new Visitor();
    const form = await visitor.open(`/bookings/${booking.token}/reduction`);
    const none = await visitor.submit(form, 'Plätze zurückgeben');
    const done = await visitor.submit(none, 'Plätze zurückgeben', {
      'Bert Probe': true,
      'Plätze ohne Namen (freiwillig)': '1',
    });

    expect([none.status, none.mistakes.length]).to.deep.equal([422, 1]);
    expect(done.says).to.contain('1 Platz ohne Namen');
    expect(await people(booking)).to.deep.equal(['Anna Probe anna@example.org']);
  });

  it('become a booking of their own, looked after by somebody else', async () => {
    const booking = await group(3);
    await namePlaces(systemActor, {
      bookingId: booking.id,
      people: [{ name: 'Anna Probe', email: 'anna@example.org' }],
    });
    const visitor = new Visitor();
    const form = await visitor.open(`/bookings/${booking.token}/split`);
    const half = await visitor.submit(form, 'Buchung teilen', {
      'Name der zuständigen Person (freiwillig)': 'Cem Probe',
    });
    const done = await visitor.submit(half, 'Buchung teilen', {
      'Anna Probe': true,
      'E-Mail-Adresse der zuständigen Person (freiwillig)': 'cem@example.org',
    });

    expect([half.status, half.mistakes.length]).to.deep.equal([422, 1]);
    expect(done.says).to.contain('2 Plätze ohne Namen').and.not.to.contain('Anna Probe');
    expect(await people(booking)).to.deep.equal([]);
  });

  it('go to another run, all of them unless some are unticked', async () => {
    const booking = await group(2);
    const { runId } = await bookingById(systemActor, booking.id);
    const { seminarId } = (await runById(runId))!;
    const visitor = new Visitor();
    const nowhere = await visitor.open(`/bookings/${booking.token}/transfer`);
    const there = await aRun({ seminarId, capacity: 1, sessions: [aSession({ inDays: 40 })] });
    const form = await visitor.open(`/bookings/${booking.token}/transfer`);
    const unsaid = await visitor.submit(form, 'Umbuchen');
    const full = await visitor.submit(form, 'Umbuchen', { 'Neuer Durchgang': there.id });
    const done = await visitor.submit(full, 'Umbuchen', { 'Plätze ohne Namen (freiwillig)': '1' });

    expect(nowhere.says).to.contain('keinen anderen Durchgang dieses Seminars');
    expect([unsaid.status, full.status]).to.deep.equal([422, 409]);
    expect(full.mistakes[0]).to.contain('In diesem Durchgang sind nicht genug Plätze frei');
    expect(done.path)
      .to.match(/^\/bookings\//)
      .and.not.to.equal(`/bookings/${booking.token}`);
    expect((await bookingById(systemActor, booking.id)).places).to.equal(1);
  });

  it('are wanted by a last day that the desk sets, never one that is over', async () => {
    const booking = await group(2);
    const { runId } = await bookingById(systemActor, booking.id);
    const desk = await signedIn(await aCoordinator());
    const form = await desk.open(`/desk/runs/${runId}/settings`);
    const past = await desk.submit(form, 'Änderungen speichern', {
      'Letzter Tag für Namen (freiwillig)': '2020-01-31',
    });
    const day = aSession().startsAt.toISOString().slice(0, 10);
    const saved = await desk.submit(past, 'Änderungen speichern', { 'Letzter Tag für Namen (freiwillig)': day });
    const page = await new Visitor().open(`/bookings/${booking.token}`);

    expect([past.status, saved.status]).to.deep.equal([422, 200]);
    expect(past.mistakes[0]).to.contain('Letzter Tag für Namen').and.to.contain('Dieser Tag ist schon vorbei.');
    expect(page.says).to.contain('Bitte tragen Sie die Namen bis');
  });

  it('are there for nobody without the link', async () => {
    const booking = await group(2);
    const other = await group(2);
    const stranger = await signedIn(await aCoordinator({ provider: 'amfn' }));
    const [participant] = (await bookingById(systemActor, (await aBooking()).id)).participants;

    for (const visitor of [new Visitor(), stranger])
      for (const token of ['bk_nobody', booking.id, `${booking.id}${other.token.slice(24)}`]) {
        expect((await visitor.open(`/bookings/${token}/names`)).status).to.equal(404);
        for (const what of ['reduction', 'split', 'transfer'])
          expect((await visitor.open(`/bookings/${token}/${what}`)).status).to.equal(404);
        expect((await visitor.open(`/bookings/${token}/participants/${participant?.id}/substitution`)).status).to.equal(
          404,
        );
      }
    const posted = await new Visitor().post('/bookings/bk_nobody/names/list', { list: 'a' });
    expect(posted.status).to.equal(404);
    expect(
      (await new Visitor().open(`/bookings/${booking.token}/participants/${participant?.id}/substitution`)).status,
    ).to.equal(404);
  });

  describe('from a file', () => {
    const upload = async (booking: BookPlacesOutcome, bytes: Uint8Array, name = 'liste.csv') => {
      const path = `/bookings/${booking.token}/names/file`;
      return pageOf(await new Visitor().agent.post(path).attach('file', Buffer.from(bytes), name), path);
    };
    const table = 'Vorname;Nachname;Telefon;E-Mail\r\nÄnne;Größler;+49 511 1;aenne@example.org\r\n';

    const encodings: [string, Buffer][] = [
      ['UTF-8', Buffer.from(table)],
      ['UTF-8 with a mark', Buffer.from(`\uFEFF${table}`)],
      ['Windows-1252', Buffer.from(table, 'latin1')],
      ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(table, 'utf16le')])],
    ];
    for (const [encoding, bytes] of encodings)
      it(`are read in ${encoding}, with first and last name apart`, async () => {
        const booking = await group(2);
        const preview = await upload(booking, bytes);

        expect(preview.says).to.contain('Änne Größler').and.to.contain('1 Person kann eingetragen werden');
        expect(preview.field('Spalte mit dem Vornamen (freiwillig)').value).to.equal('0');
        await new Visitor().submit(preview, 'Namen eintragen');
        expect(await people(booking)).to.deep.equal(['Änne Größler aenne@example.org']);
      });

    it('are read from an Excel sheet, with what a formula shows as text', async () => {
      const booking = await group(3);
      const preview = await upload(booking, aWorkbook(), 'liste.xlsx');

      expect(preview.says).to.contain('Anna Probe').and.to.contain('Bert Probe');
      expect(preview.getByRole('status').textContent).to.contain('2 Personen können eingetragen werden');
    });

    it('are refused with a sentence: 3,000 rows, no text, half a workbook, no file', async () => {
      const booking = await group(3);
      const many = Array.from({ length: 3_000 }, (_, row) => `P${row};p${row}@example.org`).join('\n');
      const refused = [
        await upload(booking, Buffer.from(many)),
        await upload(booking, Buffer.from(table, 'utf16le')),
        await upload(booking, aWorkbook().subarray(0, 300), 'liste.xlsx'),
        await upload(booking, Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), 'liste.xlsx'),
        await upload(booking, Buffer.alloc(0)),
      ];

      expect(refused.map(({ status }) => status)).to.deep.equal([422, 422, 422, 422, 422]);
      expect(refused[0]?.mistakes[0]).to.contain('Die Liste hat zu viele Zeilen. Es werden höchstens 200 gelesen.');
      expect(refused[2]?.mistakes[0]).to.contain('Die Datei oder Liste lässt sich nicht lesen.');
      expect(refused[4]?.mistakes[0]).to.contain('Bitte wählen Sie eine Datei.');
      expect(await people(booking)).to.deep.equal([]);
    });

    it('are not even read for whoever has no link', async () => {
      const path = '/bookings/bk_nobody/names/file';
      const answer = await new Visitor().agent.post(path).attach('file', Buffer.from(table), 'liste.csv');

      expect(answer.status).to.equal(404);
    });
  });
});

/** A workbook of two people, the second one's name worked out by a formula. */
function aWorkbook(): Buffer {
  const text = (value: string) => `t="inlineStr"><is><t>${value}</t></is></c>`;
  const sheet = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" ${text('Name')}<c r="B1" ${text('E-Mail')}</row>
<row r="2"><c r="A2" ${text('Anna Probe')}<c r="B2" ${text('anna@example.org')}</row>
<row r="3"><c r="A3" t="str"><f>"Bert"&amp;" Probe"</f><v>Bert Probe</v></c><c r="B3" ${text('bert@example.org')}</row>
</sheetData></worksheet>`;
  const ns = 'http://schemas.openxmlformats.org';
  return zipOf({
    '[Content_Types].xml': `<Types xmlns="${ns}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${ns}/package/2006/relationships"><Relationship Id="rId1" Type="${ns}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${ns}/spreadsheetml/2006/main" xmlns:r="${ns}/officeDocument/2006/relationships"><sheets><sheet name="Liste" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${ns}/package/2006/relationships"><Relationship Id="rId1" Type="${ns}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': sheet,
  });
}

/** A ZIP archive as APPNOTE 4.3 has it: members, directory, end. */
function zipOf(members: Record<string, string>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(members)) {
    const [plain, path] = [Buffer.from(content), Buffer.from(name)];
    const packed = deflateRawSync(plain);
    const facts = Buffer.alloc(22);
    facts.writeUInt16LE(8, 0);
    facts.writeUInt32LE(crc32(plain), 6);
    facts.writeUInt32LE(packed.length, 10);
    facts.writeUInt32LE(plain.length, 14);
    facts.writeUInt16LE(path.length, 18);
    const member = Buffer.concat([Buffer.from('504b030414000000', 'hex'), facts, path, packed]);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('504b0102140014000000', 'hex'), facts, entry, path]));
    parts.push(member);
    at += member.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(entries.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, entries, Buffer.from('504b0506', 'hex'), end]);
}

/** The checksum of ISO 3309, bit by bit. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return (crc ^ 0xffffffff) >>> 0;
}
