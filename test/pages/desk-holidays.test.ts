import { expect } from 'chai';
import { systemActor } from '../../server/modules/history/index.ts';
import { importedSchoolYears, replaceSchoolHolidays } from '../../server/modules/holidays/index.ts';
import { providerById } from '../../server/modules/people/index.ts';
import { aCoordinator, aNetworkCoordinator, aProvider } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { pageOf, Visitor, type Page } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

/* Visibly invented: holidays of birds. */
const table = [
  'Ferien;Beginn;Ende',
  'Amselferien;05.10.2071;17.10.2071',
  'Möwenferien;22.12.2071;06.01.2072',
  'Amselferien;03.10.2072;15.10.2072',
  'Meisenferien;31.02.2072;',
].join('\r\n');
const page = '/desk/holidays';

describe('the page of holidays', () => {
  let network: Visitor;
  beforeEach(async () => {
    await freshDatabase();
    await aProvider();
    network = await signedIn(await aNetworkCoordinator());
  });

  it('shows what a file says before anything is saved: what is taken, what not and why', async () => {
    const preview = await send(network, Buffer.from(table, 'latin1'));

    expect([preview.status, preview.heading, preview.mistakes]).to.deep.equal([200, 'Schulferien prüfen', []]);
    expect(preview.says)
      .to.contain('Niedersachsen · ferien.csv')
      .and.to.contain('Eine Zeile wird nicht übernommen')
      .and.to.contain('Zeile 5: Diesen Tag gibt es nicht. Meisenferien · 31.02.2072')
      .and.to.contain('Schuljahr 2071/72 übernehmen')
      .and.to.contain('Möwenferien: Di., 22. Dez. 2071 – Mi., 6. Jan. 2072');
    expect(await importedSchoolYears()).to.deep.equal([]);
  });

  it('saves the school years that are ticked, and no other', async () => {
    const preview = await send(network, Buffer.from(table));
    const saved = await network.submit(preview, 'Schulferien speichern', { 'Schuljahr 2072/73 übernehmen': false });

    expect(saved.getByRole('status').textContent).to.contain('Die Schulferien sind gespeichert');
    expect(
      (await importedSchoolYears()).map(({ land, schoolYear, periods }) => [land, schoolYear, periods.length]),
    ).to.deep.equal([['NI', '2071/72', 2]]);
  });

  it('says how much a school year replaces, and replaces it', async () => {
    const old = { name: 'Alt', firstOn: '2071-11-01', lastOn: '2071-11-02' };
    await replaceSchoolHolidays(systemActor, { land: 'NI', schoolYears: ['2071/72'], periods: [old] });
    const preview = await send(network, Buffer.from(table));
    await network.submit(preview, 'Schulferien speichern');

    expect(preview.says).to.contain('Schuljahr 2071/72 übernehmen, ersetzt einen Zeitraum');
    expect(JSON.stringify(await importedSchoolYears()))
      .to.contain('Amselferien')
      .and.not.to.contain('Alt');
  });

  it('shows the preview again when no school year is ticked, and saves nothing', async () => {
    const preview = await send(network, Buffer.from(table));
    const again = await network.submit(preview, 'Schulferien speichern', {
      'Schuljahr 2071/72 übernehmen': false,
      'Schuljahr 2072/73 übernehmen': false,
    });

    expect(again.status).to.equal(422);
    expect(again.mistakes).to.deep.equal(['Bitte wählen Sie einen Eintrag aus der Liste.']);
    expect(again.says).to.contain('Möwenferien');
    expect(await importedSchoolYears()).to.deep.equal([]);
  });

  const wrongFiles: Record<string, [Buffer, string]> = {
    'no file': [Buffer.alloc(0), 'Datei: Bitte wählen Sie eine Datei mit Inhalt.'],
    'a picture': [
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]),
      'Datei: Diese Datei können wir nicht lesen. Bitte nehmen Sie einen Kalender (.ics) oder eine Tabelle als Text (.csv).',
    ],
  };
  for (const [what, [bytes, sentence]] of Object.entries(wrongFiles))
    it(`says at the field that ${what} cannot be read`, async () => {
      const wrong = await send(network, bytes);

      expect([wrong.status, wrong.mistakes]).to.deep.equal([422, [sentence]]);
      expect(wrong.document.querySelector('#file')?.getAttribute('aria-invalid')).to.equal('true');
    });

  it('refuses a file that is too large, a form that is cut off, and periods somebody made up', async () => {
    const _token = await tokenOf(network);
    const cut = await network.agent
      .post(`${page}/preview`)
      .set('Content-Type', 'multipart/form-data; boundary=x')
      .send('--x\r\nContent-Disposition: form-data; name="land"\r\n\r\nNI');
    const madeUp = await network.post(`${page}/school-years`, {
      _token,
      land: 'NI',
      'schoolYears[0]': '2071/72',
      'periods[0].name': 'X',
      'periods[0].firstOn': '2071-10-05',
      'periods[0].lastOn': '2071-02-31',
    });

    expect((await send(network, Buffer.alloc(400_000, 'x'))).status).to.equal(413);
    expect(cut.status).to.equal(400);
    expect(madeUp.status).to.equal(400);
    expect(await importedSchoolYears()).to.deep.equal([]);
  });

  it('lets the network say which Land a provider is in', async () => {
    const before = await network.open(page);
    const after = await network.submit(before, 'Bundesland speichern', {
      'Ada-und-Theodor-Lessing-Volkshochschule Hannover': 'NI',
    });

    expect(after.getByRole('status').textContent).to.contain('Das Bundesland ist gespeichert');
    expect((await providerById('vhs-hannover'))?.land).to.equal('NI');
  });

  it('shows coordinators of a provider what there is, and lets them change nothing', async () => {
    const coordinator = await signedIn(await aCoordinator());
    const seen = await coordinator.open(page);
    const _token = await tokenOf(coordinator);

    expect([seen.status, seen.document.querySelectorAll('main form').length]).to.deep.equal([200, 0]);
    expect((await send(coordinator, Buffer.from(table))).status).to.equal(403);
    for (const path of ['/school-years', '/providers/vhs-hannover/land'])
      expect((await coordinator.post(page + path, { _token })).status).to.equal(403);
  });

  it('asks strangers to sign in, wants the token of the session, and knows no other provider', async () => {
    const stranger = new Visitor();
    for (const path of ['/preview', '/school-years', '/providers/vhs-hannover/land'])
      expect(
        (
          await stranger.agent
            .post(page + path)
            .type('form')
            .send({})
        ).status,
      ).to.equal(303);
    const without = await network.agent
      .post(`${page}/preview`)
      .field('land', 'NI')
      .attach('file', Buffer.from(table), 'ferien.csv');

    expect((await stranger.agent.get(page)).headers['location']).to.contain('/sign-in');
    expect(without.status).to.equal(403);
    const _token = await tokenOf(network);
    expect((await network.post(`${page}/providers/nowhere/land`, { _token, 'land-nowhere': 'NI' })).status).to.equal(
      404,
    );
  });
});

async function send(visitor: Visitor, bytes: Buffer): Promise<Page> {
  const path = `${page}/preview`;
  const response = await visitor.agent
    .post(path)
    .field('_token', await tokenOf(visitor))
    .field('land', 'NI')
    .attach('file', bytes, 'ferien.csv');
  return pageOf(response, path);
}

async function tokenOf(visitor: Visitor): Promise<string> {
  const { document } = await visitor.open(page);
  return document.querySelector<HTMLInputElement>('[name=_token]')?.value ?? '';
}
