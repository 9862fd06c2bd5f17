import { expect } from 'chai';
import {
  accessNeedsOfRun,
  bookPlaces,
  cancelBooking,
  cancelBookingsOfRun,
  cancelRun,
  sessionToTeach,
  sweepAccessNeeds,
} from '../../../server/modules/booking/index.ts';
import { AccessNeedModel } from '../../../server/modules/booking/access-need.model.ts';
import { BookingModel } from '../../../server/modules/booking/booking.model.ts';
import { anyone, eventsAbout, systemActor } from '../../../server/modules/history/index.ts';
import { setClock } from '../../../server/platform/clock.ts';
import { inTransaction } from '../../../server/platform/database.ts';
import { aCoordinator, aPerson, aProvider, aRun, aSession, aTrainer } from '../../support/builders.ts';
import { freshDatabase } from '../../support/hooks.ts';

const aDay = 86_400_000;

describe('what participants need', () => {
  let restore: () => void = () => undefined;
  beforeEach(freshDatabase);
  afterEach(() => restore());

  const booked = (runId: string) =>
    bookPlaces(anyone, {
      runId,
      booker: aPerson(),
      participants: [
        { name: 'Türkis Probe', email: 'tuerkis@example.org', access: { features: ['step-free'], note: 'Rollstuhl' } },
        { name: 'Indigo Probe', email: 'indigo@example.org' },
      ],
    });

  it('is kept apart from booking and events, for the coordinator of the run only', async () => {
    const run = await aRun();
    const { id } = await booked(run.id);
    await aProvider({ id: 'kargah' });
    const stranger = await aCoordinator({ provider: 'kargah' });

    expect(await accessNeedsOfRun(systemActor, run.id)).to.deep.equal([
      { name: 'Türkis Probe', features: ['step-free'], note: 'Rollstuhl' },
    ]);
    const kept = JSON.stringify([await BookingModel.findById(id).lean(), await eventsAbout({ runId: run.id })]);
    expect(kept).not.to.contain('Rollstuhl').and.not.to.contain('step-free');
    const refused = await accessNeedsOfRun(stranger.actor, run.id).catch((error: Error) => error.message);
    expect(refused).to.equal('There is no such run.');
  });

  it('is gone with the cancellation, of the booking or of the run', async () => {
    const [one, other] = [await aRun(), await aRun()];
    const { id } = await booked(one.id);
    await booked(other.id);
    await cancelBooking(systemActor, { bookingId: id });
    const left = await AccessNeedModel.find().lean();
    await cancelRun(systemActor, { runId: other.id, reason: 'krank' });
    await inTransaction(() => cancelBookingsOfRun(other.id));

    expect(left.map(({ runId }) => runId)).to.deep.equal([other.id]);
    expect(await AccessNeedModel.countDocuments()).to.equal(0);
  });

  it('is swept away seven days after the run, not earlier, and twice does no harm', async () => {
    const session = aSession();
    const run = await aRun({ sessions: [session] });
    await booked(run.id);
    const sweptAt = async (milliseconds: number) => {
      restore = setClock(() => new Date(session.endsAt.getTime() + milliseconds));
      await sweepAccessNeeds();
      await sweepAccessNeeds();
      return AccessNeedModel.countDocuments();
    };

    expect([await sweptAt(7 * aDay - 1), await sweptAt(7 * aDay)]).to.deep.equal([1, 0]);
  });

  it('is shown to the trainer from a week before the session to a day after it', async () => {
    const { person, actor } = await aTrainer();
    const session = aSession({ trainers: [person.id] });
    const run = await aRun({ sessions: [session] });
    await booked(run.id);
    const seenAt = async (at: number) => {
      restore = setClock(() => new Date(at));
      return (await sessionToTeach(actor, run.sessions[0]?.id ?? '')).needs.length;
    };
    const [starts, ends] = [session.startsAt.getTime(), session.endsAt.getTime()];

    expect([
      await seenAt(starts - 7 * aDay - 1),
      await seenAt(starts - 7 * aDay),
      await seenAt(ends + aDay),
      await seenAt(ends + aDay + 1),
    ]).to.deep.equal([0, 1, 1, 0]);
  });
});
