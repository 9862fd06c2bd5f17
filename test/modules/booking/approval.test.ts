import { expect } from 'chai';
import { DateTime } from 'luxon';
import {
  acceptOffer,
  approveBooking,
  approverOf,
  approverToTell,
  cancelBooking,
  cancelRun,
  changeSeminar,
  expireApproval,
  expireApprovals,
  holderOf,
  mergeRuns,
  placesOfRuns,
  refuseBooking,
  transferBooking,
  type BookPlaces,
  type BookPlacesOutcome,
  type PlanRun,
} from '../../../server/modules/booking/index.ts';
import { BookingModel } from '../../../server/modules/booking/booking.model.ts';
import { systemActor } from '../../../server/modules/history/index.ts';
import { askForApproval } from '../../../server/modules/institutions/index.ts';
import { messagesAbout } from '../../../server/modules/mail/index.ts';
import { verifyPromises } from '../../../server/modules/reports/index.ts';
import { setClock } from '../../../server/platform/clock.ts';
import { AppError } from '../../../server/platform/errors.ts';
import {
  cancelByLink,
  expectPromises,
  heldBooking,
  kindsOfMessages,
  refusalOf,
  statesOf,
} from '../../support/booking-facts.ts';
import { aBooking, aContact, aPerson, aRun, aSeminar, aSession } from '../../support/builders.ts';
import { freshDatabase } from '../../support/hooks.ts';
import { tellAll } from '../../support/told.ts';

/** Berlin, a Wednesday before Ascension Day, which Lower Saxony keeps. */
const wednesday = DateTime.fromISO('2027-05-05T12:00', { zone: 'Europe/Berlin' });
const superior = { name: 'Lore Leitung', email: 'lore.leitung@example.org' };
const deputy = { name: 'Veit Vertretung', email: 'veit.vertretung@example.org' };

describe('approval', () => {
  let restore = () => {};
  const clock = (at: Date) => {
    restore();
    restore = setClock(() => at);
  };
  beforeEach(async () => {
    await freshDatabase();
    clock(wednesday.toJSDate());
  });
  afterEach(() => restore());

  /** A run of a seminar whose bookings somebody has to approve. */
  const aRunToApprove = async (wanted: Partial<PlanRun> = {}) => {
    const seminarId = await aSeminar({ approval: 'superior' });
    return (await aRun({ capacity: 1, land: 'NI', sessions: [aSession({ inDays: 30 })], ...wanted, seminarId })).id;
  };
  const aRequest = (runId: string, wanted: Partial<BookPlaces> = {}) => aBooking({ runId, superior, ...wanted });
  const until = async (booking: BookPlacesOutcome) => (await heldBooking(booking)).approval!.until!;
  const afterItsTime = async (booking: BookPlacesOutcome) => {
    clock(await until(booking));
    await expireApprovals();
  };

  it('is wanted in runs that stood there before, from when their seminar wants it until it does not', async () => {
    const provider = 'vhs-hannover';
    const seminar = { title: 'Im Amt', summary: 'Ein Tag.', kind: 'day-seminar', language: 'de', provider } as const;
    const seminarId = await aSeminar(seminar);
    const { id: runId } = await aRun({ seminarId });

    await changeSeminar(systemActor, seminarId, { ...seminar, approval: 'superior' });
    expect((await aRequest(runId)).status).to.equal('requested');
    await changeSeminar(systemActor, seminarId, { ...seminar, approval: 'never' });
    expect((await aBooking({ runId })).status).to.equal('confirmed');
  });

  it('holds the places until a moment of office time, and asks the superior and half-way the deputy', async () => {
    const runId = await aRunToApprove();

    const booking = await aRequest(runId, { deputy });
    const next = await aRequest(runId);

    expect([booking.status, next.status]).to.deep.equal(['requested', 'waiting']);
    expect((await placesOfRuns([runId])).get(runId)).to.include({ held: 1, waiting: 1 });
    // Five office days of ten hours, past the public holiday.
    expect(onClock(await until(booking))).to.equal('2027-05-13 12:00');
    const asked = (await messagesAbout(booking.id)).map(({ kind, dueAt }) => `${kind} ${onClock(dueAt)}`);
    expect(asked.toSorted()).to.deep.equal([
      'approval-asked 2027-05-05 12:00',
      'approval-asked 2027-05-10 17:00',
      'approval-pending 2027-05-05 12:00',
      'approval-reminder 2027-05-10 17:00',
    ]);
    await expectPromises();
  });

  it('confirms what is approved, invites, and tells whoever was asked, once', async () => {
    const runId = await aRunToApprove();
    const booking = await aRequest(runId, { deputy });

    await approveBooking(await approver(booking));
    const again = await approveBooking(await approver(booking));

    expect(again.status).to.equal('confirmed');
    const kinds = await kindsOfMessages(booking.id);
    expect(kinds.filter((kind) => kind !== 'reminder')).to.deep.equal([
      'approval-ended',
      'booking-confirmed',
      'invitation',
    ]);
    await expectPromises();
  });

  it('gives the places to the next when it is refused, and says why to everybody named', async () => {
    const runId = await aRunToApprove();
    const colleague = aPerson();
    const booking = await aRequest(runId, { participants: [colleague] });
    const next = await aRequest(runId);

    await refuseBooking(await approver(booking), { reason: 'Keine Vertretung an dem Tag' });

    expect(await statesOf(booking, next)).to.deep.equal(['declined', 'requested']);
    expect((await heldBooking(booking)).states.at(-1)).to.include({ reason: 'Keine Vertretung an dem Tag' });
    const told = (await messagesAbout(booking.id)).filter(({ kind }) => kind === 'approval-refused');
    expect(told.map(({ to }) => 'participantId' in to)).to.have.members([true, false]);
    expect(await refusalOf(approveBooking(await approver(booking)))).to.equal('approval-over');
    await expectPromises();
  });

  const ends: [NonNullable<PlanRun['afterExpiry']>, string, string][] = [
    ['out', 'expired', 'requested'],
    ['end', 'waiting', 'requested'],
    ['confirm', 'confirmed', 'waiting'],
  ];
  for (const [afterExpiry, first, second] of ends)
    it(`that nobody gives in time ends as the run says: ${afterExpiry}`, async () => {
      const runId = await aRunToApprove({ afterExpiry });
      const [booking, next] = [await aRequest(runId), await aRequest(runId)];

      await afterItsTime(booking);
      await expireApproval(booking.id);

      expect(await statesOf(booking, next)).to.deep.equal([first, second]);
      expect(await kindsOfMessages(booking.id)).to.include.members(['approval-expired', 'approval-ended']);
      expect(await refusalOf(refuseBooking(await approver(booking), {}))).to.equal('approval-over');
      await expectPromises();
    });

  it('is asked for once more when somebody at the end of the list has a turn again, and then no more', async () => {
    const runId = await aRunToApprove({ afterExpiry: 'end' });
    const booking = await aRequest(runId);

    await afterItsTime(booking);
    expect(await statesOf(booking)).to.deep.equal(['requested']);
    await afterItsTime(booking);

    expect(await statesOf(booking)).to.deep.equal(['expired']);
    await expectPromises();
  });

  it('comes after an offer that is accepted, and after moving up', async () => {
    const seminarId = await aSeminar({ approval: 'superior' });
    for (const promotion of ['offer', 'confirm'] as const) {
      const { id: runId } = await aRun({ seminarId, capacity: 1, promotion, sessions: [aSession({ inDays: 30 })] });
      const [sitting, waiting] = [await aRequest(runId), await aRequest(runId)];
      await cancelByLink(sitting);
      if (promotion === 'offer') await acceptOffer(await holderOf(waiting.token), waiting.id);

      expect(await statesOf(waiting)).to.deep.equal(['requested']);
      await approveBooking(await approver(waiting));
      expect(await statesOf(waiting)).to.deep.equal(['confirmed']);
    }
    await expectPromises();
  });

  it('concerns a group as a whole: it is not divided', async () => {
    const runId = await aRunToApprove({ capacity: 2, order: 'split' });

    const group = await aRequest(runId, { places: 3 });

    expect(group).to.include({ status: 'waiting', places: 3 });
    expect(group).to.not.have.property('part');
  });

  it('ends with the booking: whoever was asked hears that it is needed no more', async () => {
    const runId = await aRunToApprove({ capacity: 2 });
    const [booking, other] = [await aRequest(runId), await aRequest(runId)];
    const link = await approver(booking);

    await cancelByLink(booking);
    await cancelRun(systemActor, { runId, reason: 'Krank' });
    await tellAll();

    expect(await statesOf(booking, other)).to.deep.equal(['cancelled', 'cancelled']);
    for (const { id } of [booking, other]) expect(await kindsOfMessages(id)).to.include('approval-ended');
    expect(await refusalOf(approveBooking(link))).to.equal('approval-over');
  });

  it('is for these dates: nothing pending is transferred, and a merge asks anew', async () => {
    const seminarId = await aSeminar({ approval: 'superior' });
    const [from, into] = [
      await aRun({ seminarId, sessions: [aSession({ inDays: 30 })] }),
      await aRun({ seminarId, sessions: [aSession({ inDays: 37 })] }),
    ];
    const booking = await aRequest(from.id);
    const holder = await holderOf(booking.token);
    const everybody = { participantIds: [(await heldBooking(booking)).participants[0]!.id], unnamed: 0 };
    const transfer = transferBooking(holder, { bookingId: booking.id, toRunId: into.id, ...everybody });
    expect(await refusalOf(transfer)).to.equal('not-transferable');

    await mergeRuns(systemActor, { runId: from.id, intoRunId: into.id, reason: 'Zu wenige' });
    await tellAll();

    expect(await heldBooking(booking)).to.include({ status: 'requested', runId: into.id });
    expect((await placesOfRuns([into.id])).get(into.id)).to.include({ held: 1 });
    await approveBooking(await approver(booking));
    await expectPromises();
  });

  it('needs somebody else, with a name and an address', async () => {
    const runId = await aRunToApprove();
    const booker = aPerson();

    expect(await refusalOf(aBooking({ runId }))).to.equal('superior-required');
    expect(await refusalOf(aBooking({ runId, booker, superior: booker }))).to.equal('own-superior');
    expect(await refusalOf(aBooking({ runId, superior, deputy: superior }))).to.equal('own-superior');
  });

  it('is asked of the contacts who may, where an institution wants it, and of nobody when one of them books', async () => {
    const { id: runId } = await aRun({ capacity: 4 });
    const { institutionId, actor } = await aContact({ book: true });
    const name = 'Schule am Türkisen Turm';
    expect(await refusalOf(askForApproval(systemActor, institutionId, true))).to.equal('last-approver');
    const head = await aContact({ institutionId, approve: true, book: true });
    await askForApproval(head.actor, institutionId, true);
    expect(await refusalOf(askForApproval(actor, institutionId, false))).to.equal('not-allowed');

    const booking = await aBooking({ runId, institution: name });
    const to = await approverToTell(booking.id, await approverIdOf(booking));

    expect([booking.status, to?.email]).to.deep.equal(['requested', head.person.email]);
    expect((await aBooking({ runId, institution: 'Eine andere Schule' })).status).to.equal('confirmed');
    await expectPromises();
  });

  it('is no door for a link of another kind', async () => {
    const booking = await aRequest(await aRunToApprove());

    expect(await refusalOf(approverOf(booking.token))).to.equal('not-found');
    expect(await refusalOf(approverOf(`${await tokenOf(booking)}x`))).to.equal('not-found');
  });

  it('would be found out where it was passed by', async () => {
    const booking = await aRequest(await aRunToApprove());

    await BookingModel.updateOne({ _id: booking.id }, { $set: { status: 'confirmed' } });

    const { broken } = await verifyPromises();
    expect(broken.map(({ sentence }) => sentence)).to.include('It is confirmed, and nobody has approved it.');
  });

  it('has exactly one end when it is approved, expires and is cancelled at once', async () => {
    const ended = new Set<string>();
    for (let round = 0; round < 9; round += 1) {
      clock(wednesday.toJSDate());
      const runId = await aRunToApprove();
      const [booking, next] = [await aRequest(runId), await aRequest(runId)];
      const [link, over] = [await approver(booking), await until(booking)];
      // The clock strikes while all are on their way.
      let reads = 0;
      const early = new Date(over.getTime() - 1);
      restore = setClock(() => ((reads += 1) > 2 * (round % 3) ? over : early));
      const all = [
        () => approveBooking(link),
        () => expireApproval(booking.id),
        async () => cancelBooking(await holderOf(booking.token), { bookingId: booking.id }),
      ];

      await Promise.all([0, 1, 2].map((index) => refusable(all[(index + round) % 3]!())));
      clock(over);
      await expireApprovals();

      const { states } = await BookingModel.findById(booking.id).orFail().lean();
      const endings = states.slice(states.findIndex(({ status }) => status === 'requested') + 1);
      const path = endings.map(({ status }) => status).join();
      // A confirmed booking can still be cancelled; nothing else follows an end.
      expect(['confirmed', 'confirmed,cancelled', 'expired', 'cancelled']).to.include(path);
      expect((await heldBooking(next)).status).to.equal(path === 'confirmed' ? 'waiting' : 'requested');
      ended.add(path);
    }
    expect(ended.size).to.be.greaterThan(1);
    await expectPromises();
  }).timeout(200_000);
});

function onClock(at: Date): string {
  return DateTime.fromJSDate(at, { zone: 'Europe/Berlin' }).toFormat('yyyy-MM-dd HH:mm');
}

async function approverIdOf({ id }: BookPlacesOutcome): Promise<string> {
  const { approval } = await BookingModel.findById(id).orFail().lean();
  return String(approval?.approvers[0]?._id);
}

async function tokenOf(booking: BookPlacesOutcome): Promise<string> {
  return (await approverToTell(booking.id, await approverIdOf(booking)))?.token ?? '';
}

async function approver(booking: BookPlacesOutcome) {
  return approverOf(await tokenOf(booking));
}

/** Of several at once, those who come too late are refused. */
async function refusable(act: Promise<unknown>): Promise<void> {
  try {
    await act;
  } catch (error) {
    if (!(error instanceof AppError) || error.kind === 'unavailable') throw error;
  }
}
