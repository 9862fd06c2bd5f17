import { expect } from 'chai';
import { bookingOfHolder, holderOf, listRuns, runDetails } from '../../server/modules/booking/index.ts';
import { anyone } from '../../server/modules/history/index.ts';
import { aBooking, aCoordinator, aDraft, aRun, aSession, aTrainer } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';

describe('the builders', () => {
  beforeEach(freshDatabase);

  it('put a booking into a run with all that a run needs', async () => {
    const booking = await aBooking();

    const { details } = await bookingOfHolder(await holderOf(booking.token));
    expect(booking.status).to.equal('confirmed');
    expect(details.provider.id).to.equal('vhs-hannover');
    expect(details.places).to.deep.equal({ capacity: 12, held: 1, left: 11, waiting: 0 });
  });

  it('show what matters: the second person of a run with one place waits', async () => {
    const run = await aRun({ capacity: 1 });

    await aBooking({ runId: run.id });
    const second = await aBooking({ runId: run.id });

    expect(second).to.include({ status: 'waiting', position: 1 });
  });

  it('make a draft that nobody finds, and a run of several sessions with a trainer', async () => {
    const trainer = await aTrainer();
    await aDraft();
    const run = await aRun({ sessions: [aSession({ trainers: [trainer.person.id] }), aSession({ inDays: 30 })] });

    const { items } = await listRuns({});
    const { sessions } = await runDetails(anyone, run.id);
    expect(items.map((item) => item.run.id)).to.deep.equal([run.id]);
    expect(sessions.map(({ trainerIds }) => trainerIds)).to.deep.equal([[trainer.person.id], []]);
  });

  it('give a coordinator the own provider only', async () => {
    const coordinator = await aCoordinator({ provider: 'kargah' });

    expect(coordinator.actor).to.deep.include({ roles: [{ kind: 'coordinator', providerId: 'kargah' }] });
  });
});
