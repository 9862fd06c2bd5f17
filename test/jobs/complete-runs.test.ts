import { expect } from 'chai';
import { completeRuns } from '../../jobs/complete-runs.ts';
import { cancelRun, desk, listRuns, runDetails } from '../../server/modules/booking/index.ts';
import { eventsAbout, systemActor } from '../../server/modules/history/index.ts';
import { addSession } from '../../server/modules/scheduling/index.ts';
import { setClock } from '../../server/platform/clock.ts';
import { aBooking, aRun, aSession } from '../support/builders.ts';
import { refusalOf } from '../support/booking-facts.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor } from '../support/page.ts';

describe('completeRuns', () => {
  beforeEach(freshDatabase);

  it('closes public runs whose last session is over, once, and leaves all others as they are', async () => {
    const [over, coming] = [await aRun(), await aRun({ sessions: [aSession({ inDays: 90 })] })];
    const booking = await aBooking({ runId: over.id });
    const restore = setClock(() => new Date(Date.now() + 60 * 86_400_000));
    await completeRuns();
    await completeRuns();
    const states = [over, coming].map(async ({ id }) => (await runDetails(systemActor, id)).run.status);
    const [first, second] = [await states[0], await states[1]];
    const events = (await eventsAbout({ runId: over.id })).filter(({ type }) => type === 'run-completed');
    const visitor = new Visitor();
    const pages = [await visitor.open(`/runs/${over.id}`), await visitor.open(`/bookings/${booking.token}`)];
    const refused = [
      await refusalOf(addSession(systemActor, over.id, aSession({ inDays: 5 }))),
      await refusalOf(cancelRun(systemActor, { runId: over.id, reason: 'Zu spät' })),
    ];
    const shown = [(await listRuns({})).items.length, (await desk(systemActor)).length];
    restore();

    expect([first, second]).to.deep.equal(['completed', 'published']);
    expect(events).to.have.lengthOf(1);
    expect(pages[0]?.says).to.contain('Dieser Durchgang ist abgeschlossen');
    expect(pages[1]?.says).to.contain('Das Seminar ist abgeschlossen');
    expect(refused).to.deep.equal(['run-completed', 'run-completed']);
    expect(shown).to.deep.equal([1, 1]);
  });
});
