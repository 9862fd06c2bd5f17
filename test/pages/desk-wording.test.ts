import { expect } from 'chai';
import { runById } from '../../server/modules/scheduling/index.ts';
import { aBooking, aCoordinator, aProvider, aRun, aSession } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import type { Signed } from '../support/builders.ts';
import type { Page, Visitor } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';
import { tellAll } from '../support/told.ts';

const provider = 'provider:vhs-hannover';

describe('the texts of mails, on the desk', () => {
  let visitor: Visitor;
  let coordinator: Signed;
  beforeEach(async () => {
    await freshDatabase();
    coordinator = await aCoordinator();
    visitor = await signedIn(coordinator);
  });
  const textOf = (kind: string, of = provider, mail = 'de') =>
    visitor.open(`/desk/texts/${kind}?of=${of}&mail=${mail}`);
  const words = {
    'Betreff (freiwillig)': 'Schön, dass Sie kommen: {{seminar}}',
    'Erster Absatz (freiwillig)': 'Hallo {{name}}, am {{date}} ist es so weit.\n\nWir freuen uns.',
    'Absatz vor dem Gruß (freiwillig)': 'Bringen Sie gern ein Beispiel mit.',
  };
  const frameOf = async (page: Page) =>
    visitor.agent.get(page.document.querySelector('iframe')?.getAttribute('src') ?? '');

  it('shows every mail with the sessions of the next run, in both languages, as HTML and as plain text', async () => {
    await aRun({ sessions: [aSession({ location: 'Haus am Teich, Raum 3' })] });
    const list = await visitor.open('/desk/texts');
    const links = [...list.document.querySelectorAll('main li a')].map((link) => link.getAttribute('href') ?? '');
    const german = await textOf('booking-confirmed');
    const english = await textOf('booking-confirmed', provider, 'en');
    const frame = await frameOf(german);

    expect(links.length).to.be.greaterThan(90);
    expect(german.says)
      .to.contain('Haus am Teich, Raum 3')
      .and.to.contain('Mit den Terminen Ihres nächsten Durchgangs');
    expect(english.says).to.contain('Haus am Teich, Raum 3').and.to.contain('Kind regards');
    expect(frame.text).to.contain('Haus am Teich, Raum 3');
    expect(frame.headers['content-security-policy']).to.contain("default-src 'none'").and.to.contain('sandbox');
  });

  it('says a mail in words of one’s own from the next one on, for a seminar before its provider, and takes them back', async () => {
    const run = await aRun();
    const { seminarId = '' } = (await runById(run.id)) ?? {};
    const saved = await visitor.submit(await textOf('booking-confirmed'), 'Text speichern', words);
    await visitor.submit(await textOf('booking-confirmed', `seminar:${seminarId}`), 'Text speichern', {
      'Betreff (freiwillig)': 'Nur hier',
    });
    await aBooking({ runId: run.id });
    const [mail] = (await tellAll()).filter(({ kind }) => kind === 'booking-confirmed');
    const reset = await visitor.submit(await textOf('booking-confirmed'), 'Auf den Text von Mosaik zurücksetzen');
    await aBooking({ runId: run.id });
    const [after] = (await tellAll()).filter(({ kind }) => kind === 'booking-confirmed');

    expect(saved.says).to.contain('Der Text ist gespeichert').and.to.contain(coordinator.person.name);
    expect(mail?.says)
      .to.match(/^Nur hier\n/)
      .and.to.contain('ist es so weit.')
      .and.to.contain('Wir freuen uns.');
    expect(mail?.says)
      .to.contain('Bringen Sie gern ein Beispiel mit.')
      .and.to.contain('Lernhaus Mitte')
      .and.to.contain('/bookings/');
    expect(reset.says).to.contain('Es gilt wieder der Text von Mosaik.').and.to.contain('Zurückgesetzt von');
    expect(after?.says).to.contain('Nur hier').and.not.to.contain('ist es so weit');
  });

  it('shows words before they are saved, and sends them to oneself, once', async () => {
    const page = await textOf('reminder');
    const shown = await visitor.submit(page, 'Vorschau', words);
    const frame = await frameOf(shown);
    const tried = await visitor.submit(shown, 'Test-Mail an mich');
    const told = await tellAll();

    expect(shown.says).to.contain('Gespeichert ist noch nichts.').and.to.contain('Bringen Sie gern ein Beispiel mit.');
    expect(frame.text).to.contain('Bringen Sie gern ein Beispiel mit.');
    expect(tried.says).to.contain('Die Test-Mail ist unterwegs');
    expect(told.map(({ kind, to }) => `${kind} ${to}`)).to.deep.equal([`wording-trial ${coordinator.person.email}`]);
    expect(told[0]?.says)
      .to.contain('[Test] Schön, dass Sie kommen')
      .and.to.contain(`Hallo ${coordinator.person.name}`);
    expect((await textOf('reminder')).says).not.to.contain('Bringen Sie gern');
  });

  it('refuses placeholders that a mail does not know, names those that it does, and keeps what was typed', async () => {
    const refused = await visitor.submit(await textOf('reminder'), 'Text speichern', {
      'Erster Absatz (freiwillig)': 'Hallo {{vorname}}, {% raw %}',
    });

    expect(refused.status).to.equal(422);
    expect(refused.mistakes.join()).to.contain(
      'vorname, {%, %} kennt diese Mail nicht. Möglich sind: {{name}}, {{seminar}}, {{provider}}, {{date}}, {{time}}, {{place}}.',
    );
    expect(refused.field('Erster Absatz (freiwillig)').value).to.equal('Hallo {{vorname}}, {% raw %}');
  });

  it('shows what people wrote as text: nothing of it becomes part of the page or the mail', async () => {
    const hostile = '<img src=x onerror=alert(1)> {{name}}';
    const shown = await visitor.submit(await textOf('reminder'), 'Vorschau', { 'Erster Absatz (freiwillig)': hostile });
    const frame = await frameOf(shown);

    for (const html of [shown.html, frame.text]) {
      expect(html).not.to.contain('<img src=x');
      expect(html).to.contain('&lt;img src=x');
    }
  });

  it('finds nothing of others, no mail that there is not, and takes no words for mails that are fixed', async () => {
    await aProvider({ id: 'anderswo' });
    const { seminarId = '' } = (await runById((await aRun()).id)) ?? {};
    const stranger = await signedIn(await aCoordinator({ provider: 'anderswo' }));
    const paths = [`?of=${provider}`, `/reminder?of=${provider}`, `/reminder/html?of=${provider}`];

    for (const path of [...paths, `/reminder?of=seminar:${seminarId}`, '/nonsense', '/constructor'])
      expect((await stranger.open(`/desk/texts${path}`)).status, path).to.equal(404);
    expect((await textOf('sign-in-code')).document.querySelector('main form')).to.equal(null);
  });
});
