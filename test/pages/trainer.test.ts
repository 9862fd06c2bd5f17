import { expect } from 'chai';
import { bookPlaces, cancelRun } from '../../server/modules/booking/index.ts';
import { anyone, systemActor } from '../../server/modules/history/index.ts';
import { aCoordinator, aDraft, aPerson, aRun, aSession, aTrainer, type Signed } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

const hour = 3_600_000;

describe("the trainer's page", () => {
  let cello: Signed;
  let visitor: Visitor;
  beforeEach(async () => {
    await freshDatabase();
    cello = await aTrainer();
    visitor = await signedIn(cello);
  });

  it('asks whoever is not signed in to do so, and sends others away', async () => {
    const coordinator = await signedIn(await aCoordinator());

    expect((await new Visitor().open('/trainer')).path).to.equal('/sign-in?next=%2Ftrainer');
    expect((await coordinator.open('/trainer')).status).to.equal(403);
  });

  it('shows the own sessions, the next one first, and nothing of drafts or of others', async () => {
    const trainers = [cello.person.id];
    await aRun({ sessions: [aSession({ trainers, inDays: 30, location: 'Später' })] });
    await aRun({ sessions: [aSession({ trainers, inDays: 10, location: 'Früher' })] });
    await aRun({ sessions: [aSession({ location: 'Bei anderen' })] });
    await aDraft({ sessions: [aSession({ trainers, location: 'Im Entwurf' })] });
    const page = await visitor.open('/trainer');

    expect(page.says).to.match(/Heute haben Sie keinen Termin.*Früher.*Später/);
    expect(page.says).not.to.contain('Bei anderen').and.not.to.contain('Im Entwurf');
  });

  it('puts the sessions of today first', async () => {
    const trainers = [cello.person.id];
    const soon = Date.now() + 60_000;
    const today = { startsAt: new Date(soon), endsAt: new Date(soon + hour) };
    await aRun({ sessions: [aSession({ ...today, trainers, timeZone: 'Pacific/Honolulu', location: 'Heute hier' })] });
    const page = await visitor.open('/trainer');
    const sections = [...page.document.querySelectorAll('main section')].map(({ textContent }) => textContent);

    expect(sections.findIndex((text) => text?.includes('Heute hier'))).to.equal(isLateInHonolulu(soon) ? 1 : 0);
  });

  describe('of one session', () => {
    it('shows place, number in the course and the names of those who sit there, without an address', async () => {
      const sessions = [10, 20].map((inDays) => aSession({ trainers: [cello.person.id], inDays }));
      const run = await aRun({ sessions, capacity: 5 });
      const [azur, ocker] = [aPerson(), aPerson()];
      await bookPlaces(anyone, { runId: run.id, booker: azur, participants: [azur, ocker] });
      await bookPlaces(anyone, { runId: run.id, booker: aPerson(), places: 2 });
      await bookPlaces(anyone, {
        runId: run.id,
        booker: { name: 'Wartende Probe', email: 'wartend@example.org' },
        places: 3,
      });
      const page = await visitor.open(`/trainer/sessions/${run.sessions[1]?.id}`);
      const names = [...page.document.querySelectorAll('.participants li')].map(({ textContent }) => textContent);

      expect(names).to.deep.equal([azur.name, ocker.name]);
      expect(page.says).to.contain('4 Teilnehmende').and.to.contain('2 weitere Personen sind angemeldet');
      expect(page.says).to.contain('Termin 2 von 2').and.to.contain('Lernhaus Mitte');
      expect(page.says).not.to.contain('@').and.not.to.contain('Wartende Probe');
      expect(page.headers['cache-control']).to.equal('no-store');
    });

    it('opens the online room, which the public never sees', async () => {
      const location = 'https://raum.example.org/geheim';
      const run = await aRun({ sessions: [aSession({ trainers: [cello.person.id], location })] });
      const page = await visitor.open(`/trainer/sessions/${run.sessions[0]?.id}`);

      expect(page.getByRole('link', { name: 'Online-Raum öffnen' }).getAttribute('href')).to.equal(location);
      expect((await visitor.open('/trainer')).html).not.to.contain(location);
    });

    it("looks the same when it is somebody else's as when it is not there", async () => {
      const other = await aTrainer();
      const run = await aRun({ sessions: [aSession({ trainers: [other.person.id] })] });
      const draft = await aDraft({ sessions: [aSession({ trainers: [cello.person.id] })] });
      const foreign = await visitor.open(`/trainer/sessions/${run.sessions[0]?.id}`);
      const hidden = await visitor.open(`/trainer/sessions/${draft.sessions[0]?.id}`);
      const missing = await visitor.open(`/trainer/sessions/${'f'.repeat(24)}`);
      const path = `/trainer/sessions/${run.sessions[0]?.id}`;

      expect([foreign.status, hidden.status, missing.status]).to.deep.equal([404, 404, 404]);
      expect([foreign.says, hidden.says]).to.deep.equal([missing.says, missing.says]);
      expect((await new Visitor().open(path)).path).to.equal(`/sign-in?next=${encodeURIComponent(path)}`);
    });

    it('shows names as text, and says when the run is cancelled', async () => {
      const run = await aRun({ sessions: [aSession({ trainers: [cello.person.id] })] });
      await bookPlaces(anyone, { runId: run.id, booker: { name: '<i>Schräg</i>', email: 'schraeg@example.org' } });
      const path = `/trainer/sessions/${run.sessions[0]?.id}`;
      const before = await visitor.open(path);
      await cancelRun(systemActor, { runId: run.id, reason: 'Zu wenige Anmeldungen' });
      const after = await visitor.open(path);

      expect(before.says).to.contain('<i>Schräg</i>');
      expect(before.document.querySelectorAll('main i')).to.have.lengthOf(0);
      expect(after.says).to.contain('Dieser Termin fällt aus').and.to.contain('Zu wenige Anmeldungen');
    });
  });
});

/** Whether the session that begins in a minute begins tomorrow on the clock of its place. */
function isLateInHonolulu(soon: number): boolean {
  const dayAt = (at: number) => new Date(at).toLocaleDateString('en-CA', { timeZone: 'Pacific/Honolulu' });
  return dayAt(Date.now()) !== dayAt(soon);
}
