import { expect } from 'chai';
import { aBooking, aDraft, aProvider, aRun, aSeminar, aSession } from '../../server/demo/builders.ts';
import { cancelBooking, cancelRun, holderOf } from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor, type Page } from '../support/page.ts';

describe('the catalogue', () => {
  beforeEach(freshDatabase);

  it('shows each run with day, time, place, provider, kind, language and places left', async () => {
    const session = { startsAt: new Date('2027-03-09T08:00:00Z'), endsAt: new Date('2027-03-09T15:30:00Z') };
    await aRun({ capacity: 12, sessions: [aSession(session)] });

    const [card] = cardsOf(await new Visitor().open('/'));

    expect(card).to.include('Dienstag, 9. März 2027, 09:00–16:30 Uhr');
    for (const fact of [
      'Lernhaus Mitte, Raum 2.10, Hannover',
      'VHS Hannover',
      'Tagesseminar',
      'Deutsch',
      '12 Plätze frei',
    ])
      expect(card).to.include(fact);
  });

  it('orders runs by their start, under the months they begin in', async () => {
    const seminarId = await aSeminar();
    for (const day of ['2027-05-04', '2027-03-09', '2027-03-02']) await aRun({ seminarId, sessions: [sessionOn(day)] });

    const page = await new Visitor().open('/');

    expect(cardsOf(page).map((card) => /\d+\. \p{L}+ 2027/u.exec(card)?.[0])).to.deep.equal([
      '2. März 2027',
      '9. März 2027',
      '4. Mai 2027',
    ]);
    expect(page.getAllByRole('heading', { level: 2 }).map((month) => month.textContent)).to.deep.equal([
      'März 2027',
      'Mai 2027',
    ]);
  });

  it('never shows a place that is gone, nor hides one that came back', async () => {
    const { id: runId } = await aRun({ capacity: 1 });
    const visitor = new Visitor();
    const free = cardsOf(await visitor.open('/'));

    const { token } = await aBooking({ runId });
    await aBooking({ runId, places: 2 });
    const full = cardsOf(await visitor.open('/'));
    const holder = await holderOf(token);
    await cancelBooking(holder, { bookingId: holder.bookingId });
    const still = cardsOf(await visitor.open('/'));

    expect(free[0]).to.include('1 Platz frei');
    expect(full[0]).to.include('Warteliste: 2 Plätze');
    expect(still[0]).to.include('Warteliste: 2 Plätze');
  });

  it('hides drafts and cancelled runs', async () => {
    await aDraft();
    const { id: runId } = await aRun();
    await cancelRun(systemActor, { runId, reason: 'Erkrankt.' });

    expect(cardsOf(await new Visitor().open('/'))).to.deep.equal([]);
  });

  it('never shows the link of an online room', async () => {
    await aRun({ sessions: [aSession({ location: 'https://raum.example.org/geheim' })] });

    const page = await new Visitor().open('/');

    expect(cardsOf(page)[0]).to.include('Online');
    expect(page.html).not.to.include('raum.example.org');
  });

  it('finds by word, kind, provider, language, period and free places', async () => {
    const other = await aSeminar({
      title: 'Türkisch für Ämter',
      kind: 'language-course',
      language: 'tr',
      provider: 'kargah',
    });
    await aRun({ sessions: [aSession({ inDays: 10 })] });
    const { id: runId } = await aRun({ seminarId: other, capacity: 1, sessions: [aSession({ inDays: 60 })] });
    const visitor = new Visitor();
    const found = async (query: string) =>
      (await visitor.open(`/?${query}`)).queryAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent);
    const soon = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);

    for (const query of ['text=turkisch', 'kind=language-course', 'provider=kargah', 'language=tr', `from=${soon}`])
      expect(await found(query), query).to.deep.equal(['Türkisch für Ämter']);
    expect(await found(`to=${soon}`)).to.deep.equal(['Interkulturelle Kompetenz für den Alltag im Amt']);

    await aBooking({ runId });
    expect(await found('free=on')).to.deep.equal(['Interkulturelle Kompetenz für den Alltag im Amt']);
  });

  it('is filtered by its form as a browser sends it, and keeps what was asked', async () => {
    await aRun();
    await aProvider({ id: 'kargah' });
    const visitor = new Visitor();
    const page = await visitor.open('/');

    const found = await visitor.submit(page, 'Seminare anzeigen', { Suchwort: 'gibt es nicht', Träger: 'kargah' });

    expect(found.status).to.equal(200);
    expect(found.field('Suchwort').value).to.equal('gibt es nicht');
    expect(found.field('Träger').value).to.equal('kargah');
    expect(found.says).to.include('Dazu haben wir gerade nichts');
    expect(found.getByRole('link', { name: 'Alle Seminare zeigen', hidden: false }).getAttribute('href')).to.equal('/');
  });

  it('tells a wrong value at its field and goes on showing what the others ask for', async () => {
    await aRun();

    const page = await new Visitor().open('/?kind=nonsense&from=yesterday&text=alltag&provider=vhs-hannover');

    expect(page.status).to.equal(422);
    expect(page.mistakes).to.deep.equal([
      'Art des Angebots: Bitte wählen Sie einen Eintrag aus der Liste.',
      'Von: Bitte geben Sie ein Datum an, zum Beispiel 2027-03-15.',
    ]);
    expect(page.field('Von').getAttribute('aria-invalid')).to.equal('true');
    expect(page.html).to.include('value="yesterday"');
    expect(cardsOf(page)).to.have.lengthOf(1);
  });

  it('says when a period ends before it begins', async () => {
    const page = await new Visitor().open('/?from=2027-03-01&to=2027-02-01');

    expect(page.mistakes).to.deep.equal(['Bis: Das Ende liegt vor dem Anfang. Bitte tauschen Sie die beiden Tage.']);
  });

  it('takes a search word as it stands, however it looks', async () => {
    await aRun();
    const visitor = new Visitor();

    for (const text of ['.*(a+)+$', '(((((', '$where', '<script>alert(1)</script>']) {
      const page = await visitor.open(`/?text=${encodeURIComponent(text)}`);
      expect(page.status, text).to.equal(200);
      expect(page.field('Suchwort').value).to.equal(text);
      expect(cardsOf(page)).to.deep.equal([]);
      expect(page.document.querySelector('script')).to.equal(null);
    }
  });

  it('leads from page to page with every run once', async () => {
    const seminarId = await aSeminar();
    for (let day = 1; day <= 23; day += 1) await aRun({ seminarId, sessions: [aSession({ inDays: day })] });
    const visitor = new Visitor();

    const first = await visitor.open('/?text=alltag');
    const next = first.getByRole('link', { name: 'Weitere Seminare' }).getAttribute('href') ?? '';
    const second = await visitor.open(next);

    expect(next).to.include('text=alltag');
    expect([cardsOf(first).length, cardsOf(second).length]).to.deep.equal([20, 3]);
    expect(new Set([...linksOf(first), ...linksOf(second)]).size).to.equal(23);
    expect(second.queryByRole('link', { name: 'Weitere Seminare' })).to.equal(null);
  });

  it('starts from the beginning for a page mark that nobody wrote', async () => {
    await aRun();

    expect(cardsOf(await new Visitor().open('/?after=nonsense'))).to.have.lengthOf(1);
  });

  it('marks the language of what is not in the page’s', async () => {
    await aRun({ seminarId: await aSeminar({ title: 'Working with interpreters', language: 'en' }) });

    const page = await new Visitor().open('/');

    expect(page.getByRole('heading', { level: 3 }).getAttribute('lang')).to.equal('en');
    expect(cardsOf(page)[0]).to.include('Englisch');
  });

  it('helps when nothing is planned', async () => {
    const page = await new Visitor().open('/');

    expect(page.says).to.include('Zurzeit sind keine Durchgänge geplant');
  });

  it('shows what a coordinator typed as text, whatever it is', async () => {
    const evil = '"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}';
    const seminarId = await aSeminar({ title: evil, summary: evil });
    await aRun({ seminarId, sessions: [aSession({ location: evil })] });

    const page = await new Visitor().open('/');

    expect(page.getByRole('heading', { level: 3 }).textContent).to.equal(evil);
    expect(page.document.querySelectorAll('img, script, [onerror]')).to.have.lengthOf(0);
  });
});

function sessionOn(day: string) {
  return aSession({ startsAt: new Date(`${day}T08:00:00Z`), endsAt: new Date(`${day}T15:00:00Z`) });
}

function cardsOf(page: Page): string[] {
  return [...page.document.querySelectorAll('.run-card')].map((card) => (card.textContent ?? '').replace(/\s+/g, ' '));
}

function linksOf(page: Page): (string | null)[] {
  return [...page.document.querySelectorAll('.run-card h3 a')].map((link) => link.getAttribute('href'));
}
