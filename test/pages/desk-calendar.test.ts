import { expect } from 'chai';
import { sessionById } from '../../server/modules/scheduling/index.ts';
import {
  aCoordinator,
  aDraft,
  aNetworkCoordinator,
  aProvider,
  aRoom,
  aRun,
  aSeminar,
  aSession,
  aTrainer,
} from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor, type Page } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

const at = (day: string, from = '09:00', until = '16:00', offset = '+02:00') => ({
  startsAt: new Date(`${day}T${from}:00${offset}`),
  endsAt: new Date(`${day}T${until}:00${offset}`),
});

describe('the calendar of the desk', () => {
  let visitor: Visitor;
  beforeEach(async () => {
    await freshDatabase();
    visitor = await signedIn(await aCoordinator());
  });

  it('shows a month in whole weeks, each session on its day, with a link to its run', async () => {
    const { id } = await aRun({ sessions: [aSession(at('2027-05-04')), aSession(at('2027-05-31'))] });
    await aRun({ sessions: [aSession(at('2027-07-01'))] });
    const page = await visitor.open('/desk/calendar?on=2027-05-11');
    const days = [...page.document.querySelectorAll('td')].map((cell) => cell.dataset['day']);
    const links = page.getAllByRole('link', { name: 'Interkulturelle Kompetenz für den Alltag im Amt' });

    expect([page.heading, page.getAllByRole('heading', { level: 2 })[0]?.textContent]).to.deep.equal([
      'Kalender',
      'Mai 2027',
    ]);
    expect([days[0], days.at(-1), days.length]).to.deep.equal(['2027-04-26', '2027-06-06', 42]);
    expect(links.map((link) => link.closest('td')?.dataset['day'])).to.deep.equal(['2027-05-04', '2027-05-31']);
    expect(links[0]?.getAttribute('href')).to.equal(`/desk/runs/${id}`);
    expect(links[0]?.closest('td')?.textContent).to.contain('09:00–16:00 Uhr');
  });

  it('keeps a session on its civil day on both days of the clock change, and shows one over midnight on both its days', async () => {
    await aRun({
      sessions: [
        aSession(at('2027-03-28', '01:00', '03:30', '+01:00')),
        aSession(at('2027-10-31', '00:30', '02:30', '+02:00')),
        aSession({ startsAt: new Date('2027-10-10T20:00:00+02:00'), endsAt: new Date('2027-10-11T01:00:00+02:00') }),
      ],
    });
    const days = async (on: string) => {
      const page = await visitor.open(`/desk/calendar?on=${on}`);
      return page
        .getAllByRole('link', { name: 'Interkulturelle Kompetenz für den Alltag im Amt' })
        .map((link) => link.closest('td')?.dataset['day']);
    };

    expect(await days('2027-03-01')).to.deep.equal(['2027-03-28']);
    expect(await days('2027-10-01')).to.deep.equal(['2027-10-10', '2027-10-11', '2027-10-31']);
  });

  it('turns pages by month, week and eight weeks, and comes back to today', async () => {
    const links = async (query: string) => {
      const page = await visitor.open(`/desk/calendar?${query}`);
      return ['Zurück', 'Weiter', 'Heute'].map((name) => page.getByRole('link', { name }).getAttribute('href'));
    };
    const start = '/desk/calendar?view=';

    expect(await links('on=2027-01-31')).to.deep.equal([
      `${start}month&on=2026-12-01`,
      `${start}month&on=2027-02-01`,
      `${start}month`,
    ]);
    expect((await links('view=week&on=2027-01-01')).slice(0, 2)).to.deep.equal([
      `${start}week&on=2026-12-25`,
      `${start}week&on=2027-01-08`,
    ]);
    expect((await links('view=list&on=2027-01-01'))[1]).to.equal(`${start}list&on=2027-02-26`);
  });

  it('says in words what is a draft, and shows only what one plans', async () => {
    await aDraft({ sessions: [aSession(at('2027-05-04'))] });
    await aProvider({ id: 'kargah' });
    const seminarId = await aSeminar({ title: 'Der Tag der anderen', provider: 'kargah' });
    await aRun({ seminarId, sessions: [aSession(at('2027-05-05'))] });
    const own = await visitor.open('/desk/calendar?view=list&on=2027-05-01');
    const network = await signedIn(await aNetworkCoordinator());
    const all = await network.open('/desk/calendar?view=list&on=2027-05-01');
    const one = await network.submit(all, 'Zeigen', { Träger: 'kargah' });

    expect(own.says).to.contain('Entwurf').and.not.to.contain('Der Tag der anderen');
    expect(all.says).to.contain('Der Tag der anderen').and.to.contain('im Amt');
    expect(one.says).to.contain('Der Tag der anderen').and.not.to.contain('im Amt');
    expect(one.path).to.contain('on=2027-05-01').and.to.contain('view=list');
  });

  it('shows by trainer who is on duty when', async () => {
    const [anna, ben] = [await aTrainer(), await aTrainer()];
    await aRun({ sessions: [aSession({ ...at('2027-05-04'), trainers: [anna.person.id] })] });
    await aRun({ sessions: [aSession({ ...at('2027-05-06'), trainers: [ben.person.id] })] });
    const page = await visitor.open('/desk/calendar?view=trainers&on=2027-05-04');
    const row = (name: string) => page.getByRole('rowheader', { name }).closest('tr');

    expect(row(anna.person.name)?.querySelectorAll('a')).to.have.lengthOf(1);
    expect([...(row(ben.person.name)?.cells ?? [])].findIndex((cell) => cell.querySelector('a'))).to.equal(4);
  });

  it('offers dragging where a script runs, and every file of it is there', async () => {
    await aRun({ sessions: [aSession(at('2027-05-04'))] });
    const page = await visitor.open('/desk/calendar?on=2027-05-01');
    const offer = page.document.querySelector<HTMLElement>('[data-calendar]');
    const { scripts, styles } = JSON.parse(offer?.dataset['calendar'] ?? '{}');
    const script = page.document.querySelector('script')?.getAttribute('src') ?? '';
    const answers = await Promise.all([script, ...scripts, ...styles].map((file) => visitor.agent.get(file)));

    expect(offer?.hidden).to.equal(true);
    expect(answers.map(({ status }) => status)).to.deep.equal(answers.map(() => 200));
    const session = page.document.querySelector<HTMLElement>('.calendar-month [data-session]');
    expect(session?.dataset['move']).to.match(/\/move$/);
    expect(session?.dataset['from']).to.equal('2027-05-04T07:00:00.000Z');
  });

  /** As the script does: the form of the page, with the new time. */
  async function drag(sessionId: string, to: Record<string, string>): Promise<Page> {
    const page = await visitor.open('/desk/calendar');
    const token = page.document.querySelector<HTMLInputElement>('[data-calendar] [name=_token]')?.value ?? '';
    return visitor.post(`/desk/sessions/${sessionId}/move`, { _token: token, ...to });
  }

  it('asks before it moves what was dragged, also a draft over midnight; nothing that cannot be read', async () => {
    const room = await aRoom();
    const run = await aDraft({ sessions: [aSession({ ...at('2027-05-04'), location: '', roomId: room })] });
    const id = run.sessions[0]?.id ?? '';
    const dragged = { date: '2027-05-06', from: '20:00', until: '03:00', endsOn: '2027-05-07' };
    const shown = await drag(id, dragged);
    const still = await sessionById(id);
    await visitor.submit(shown, 'Jetzt ändern');
    const moved = await sessionById(id);
    const rubbish = await drag(id, { ...dragged, from: 'abends' });

    expect(shown.heading).to.equal('Bitte prüfen, bevor es alle erfahren');
    expect(still?.startsAt.toISOString()).to.equal('2027-05-04T07:00:00.000Z');
    expect([moved?.startsAt.toISOString(), moved?.endsAt.toISOString(), moved?.roomId]).to.deep.equal([
      '2027-05-06T18:00:00.000Z',
      '2027-05-07T01:00:00.000Z',
      room,
    ]);
    expect([rubbish.status, rubbish.mistakes]).to.deep.equal([
      422,
      ['Beginn: Bitte geben Sie eine Uhrzeit an, zum Beispiel 09:30.'],
    ]);
  });

  it('says what is in the way of where something was dragged, at the field', async () => {
    const room = await aRoom();
    await aRun({ sessions: [aSession({ ...at('2027-05-06'), location: '', roomId: room })] });
    const run = await aRun({ sessions: [aSession({ ...at('2027-05-04'), location: '', roomId: room })] });
    const dragged = { date: '2027-05-06', from: '10:00', until: '12:00', endsOn: '2027-05-06' };
    const page = await drag(run.sessions[0]?.id ?? '', dragged);

    expect([page.status, page.heading]).to.deep.equal([409, 'Termin ändern']);
    expect(page.field('Raum').getAttribute('aria-invalid')).to.equal('true');
    expect(page.field('Beginn').value).to.equal('10:00');
  });

  it('takes rubbish in its address for today', async () => {
    for (const query of ['on=gestern', 'on=2027-02-30', 'view=year', 'on=99999-01-01', 'provider=%27'])
      expect([query, (await visitor.open(`/desk/calendar?${query}`)).status]).to.deep.equal([query, 200]);
  });

  it('is for coordinators', async () => {
    expect((await new Visitor().agent.get('/desk/calendar')).status).to.equal(303);
    expect((await (await signedIn(await aTrainer())).open('/desk/calendar')).status).to.equal(403);
  });
});
