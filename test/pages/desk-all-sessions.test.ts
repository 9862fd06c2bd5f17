import { expect } from 'chai';
import { runDetails } from '../../server/modules/booking/index.ts';
import { eventsAbout, systemActor } from '../../server/modules/history/index.ts';
import { aBooking, aCoordinator, aDraft, aProvider, aRoom, aRun, aSeminar, aSession } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor, type Page } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

/** Next year, so that every day below lies ahead. */
const year = new Date().getFullYear() + 1;
const [preview, confirm] = ['Weiter zur Vorschau', 'Jetzt ändern und benachrichtigen'];
const on = (day: string) => ({
  startsAt: new Date(`${year}-${day}T08:00:00Z`),
  endsAt: new Date(`${year}-${day}T10:00:00Z`),
});

describe('changing all sessions of a run', () => {
  let visitor: Visitor;
  beforeEach(async () => {
    await freshDatabase();
    visitor = await signedIn(await aCoordinator());
  });

  it('moves them in one act, after one preview of who is told, and leaves the rest as it is', async () => {
    const room = await aRoom();
    const sessions = [aSession({ ...on('06-15'), location: '', roomId: room }), aSession(on('06-22'))];
    const run = await aRun({ sessions: [...sessions, aSession(on('06-29'))] });
    await aBooking({ runId: run.id });
    const form = await visitor.open(`/desk/runs/${run.id}/sessions`);
    control(form, 'dates[0].date').value = `${year}-06-16`;
    control(form, 'dates[1].from').value = '14:00';
    control(form, 'dates[1].until').value = '16:00';
    const shown = await visitor.submit(form, preview);
    const untold = await runDetails(systemActor, run.id);
    const done = await visitor.submit(shown, confirm);
    const after = await runDetails(systemActor, run.id);
    const moved = (await eventsAbout({ runId: run.id })).filter(({ type }) => type === 'session-moved');

    expect(shown.says).to.contain('2 E-Mails an eine teilnehmende Person');
    expect(untold.sessions[0]?.startsAt).to.deep.equal(on('06-15').startsAt);
    expect(done.heading).to.equal('Geändert');
    expect(after.sessions.map(({ startsAt, roomId }) => [startsAt.toISOString(), roomId])).to.deep.equal([
      [`${year}-06-16T08:00:00.000Z`, room],
      [`${year}-06-22T12:00:00.000Z`, undefined],
      [`${year}-06-29T08:00:00.000Z`, undefined],
    ]);
    expect(moved).to.have.lengthOf(2);
  });

  it('lets two sessions change places, which one alone could not', async () => {
    const run = await aDraft({ sessions: [aSession(on('06-15')), aSession(on('06-22'))] });
    const form = await visitor.open(`/desk/runs/${run.id}/sessions`);
    control(form, 'dates[0].date').value = `${year}-06-22`;
    control(form, 'dates[1].date').value = `${year}-06-15`;
    await visitor.submit(form, 'Änderungen speichern');
    const { sessions } = await runDetails(systemActor, run.id);

    expect(sessions.map(({ id }) => id)).to.deep.equal(run.sessions.map(({ id }) => id).toReversed());
  });

  it('changes none of them when one is wrong, and says at its field what and why', async () => {
    const room = await aRoom();
    await aRun({ sessions: [aSession({ ...on('06-23'), location: '', roomId: room })] });
    const taught = { location: '', roomId: room };
    const run = await aRun({
      sessions: [aSession({ ...on('06-15'), ...taught }), aSession({ ...on('06-22'), ...taught })],
    });
    const answers = async (fields: Record<string, string>) => {
      const form = await visitor.open(`/desk/runs/${run.id}/sessions`);
      for (const [name, value] of Object.entries(fields)) control(form, name).value = value;
      const page = await visitor.submit(form, preview);
      const wrong = [...page.document.querySelectorAll('[aria-invalid=true]')].map((one) => one.getAttribute('name'));
      return [page.status, wrong];
    };

    expect(await answers({ 'dates[0].date': `${year}-06-22` })).to.deep.equal([422, ['dates[1].from']]);
    expect(await answers({ 'dates[1].until': '07:00' })).to.deep.equal([422, ['dates[1].until']]);
    expect(await answers({ 'dates[1].date': `${year}-06-23` })).to.deep.equal([409, ['dates[1].roomId']]);
    expect((await runDetails(systemActor, run.id)).sessions[0]?.startsAt).to.deep.equal(on('06-15').startsAt);
  });

  it('asks strangers to sign in, and shows nobody the run of another provider', async () => {
    await aProvider({ id: 'kargah' });
    const run = await aRun({ seminarId: await aSeminar({ provider: 'kargah' }) });
    const path = `/desk/runs/${run.id}/sessions`;

    expect((await new Visitor().agent.get(path)).status).to.equal(303);
    expect((await visitor.open(path)).status).to.equal(404);
    expect((await visitor.open('/desk/runs/000000000000000000000000/sessions')).status).to.equal(404);
  });
});

function control(page: Page, name: string): HTMLInputElement {
  const found = page.document.querySelector<HTMLInputElement>(`[name="${name}"]`);
  if (!found) throw new Error(`There is no field ${name}.`);
  return found;
}
