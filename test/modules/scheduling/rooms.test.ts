import { expect } from 'chai';
import { cancelRun, planRun } from '../../../server/modules/booking/index.ts';
import { eventsAbout, systemActor } from '../../../server/modules/history/index.ts';
import { changeSession, PlanConflicts, sessionById, sessionsOfRun } from '../../../server/modules/scheduling/index.ts';
import { AppError } from '../../../server/platform/errors.ts';
import {
  aCoordinator,
  aDraft,
  aProvider,
  aRoom,
  aRun,
  aSeminar,
  aSession,
  aTrainer,
  aVenue,
} from '../../support/builders.ts';
import { freshDatabase } from '../../support/hooks.ts';

describe('a room', () => {
  beforeEach(freshDatabase);

  it('says in words where a session is', async () => {
    const roomId = await aRoom();
    const run = await aRun({ sessions: [aSession({ roomId, location: '' })] });

    expect(await onlySession(run.id)).to.deep.include({
      roomId,
      location: 'Lernhaus Mitte, Raum 2.10, Beispielstraße 12, 30159 Hannover',
    });
  });

  it('cannot hold two runs at the same time, also while one is a draft', async () => {
    const roomId = await aRoom();
    const first = await aDraft({ sessions: [aSession({ roomId })] });

    const refusal = await refused(aDraft({ sessions: [aSession({ roomId })] }));

    expect(refusal.conflicts).to.have.lengthOf(1);
    expect(refusal.conflicts[0]).to.deep.include({ kind: 'room-taken', isHard: true, session: 0, roomId });
    expect(refusal.conflicts[0]?.other?.runId).to.equal(first.id);
  });

  it('is free again when the run is cancelled, or has moved', async () => {
    const roomId = await aRoom();
    const [one, two] = [
      await aRun({ sessions: [aSession({ roomId })] }),
      await aRun({ sessions: [aSession({ roomId, inDays: 60 })] }),
    ];
    await cancelRun(systemActor, { runId: one.id, reason: 'krank' });
    await changeSession(systemActor, two.sessions[0]?.id ?? '', { location: 'Rathaus, Saal 1' });

    await aRun({ sessions: [aSession({ roomId }), aSession({ roomId, inDays: 60 })] });

    expect((await onlySession(two.id)).roomId).to.equal(undefined);
  });

  it('lets nobody move into it who would meet somebody there', async () => {
    const roomId = await aRoom();
    await aRun({ sessions: [aSession({ roomId })] });
    const other = await aRun({ sessions: [aSession({ roomId, inDays: 60 })] });
    const { startsAt, endsAt } = aSession();

    const refusal = await refused(changeSession(systemActor, other.sessions[0]?.id ?? '', { startsAt, endsAt }));

    expect(refusal.conflicts.map(({ kind }) => kind)).to.deep.equal(['room-taken']);
    expect((await onlySession(other.id)).startsAt).to.deep.equal(aSession({ inDays: 60 }).startsAt);
  });

  it('can be taken all the same with a reason, which is on the record', async () => {
    const roomId = await aRoom();
    await aRun({ sessions: [aSession({ roomId })] });
    const { actor } = await aCoordinator();
    const plan = { seminarId: await aSeminar(), capacity: 5, sessions: [aSession({ roomId })] };
    const [conflict] = (await refused(planRun(actor, plan))).conflicts;

    const withoutReason = await refused(planRun(actor, { ...plan, override: { conflicts: [conflict?.key ?? ''] } }));
    const run = await planRun(actor, {
      ...plan,
      override: { reason: 'Die Trennwand ist zu, der Raum hat zwei Hälften.', conflicts: [conflict?.key ?? ''] },
    });

    expect(withoutReason.conflicts).to.have.lengthOf(1);
    const event = (await eventsAbout({ runId: run.id })).find(({ type }) => type === 'conflicts-overridden');
    expect(event?.facts).to.deep.include({
      kinds: ['room-taken'],
      reason: 'Die Trennwand ist zu, der Raum hat zwei Hälften.',
    });
    await changeSession(actor, run.sessions[0]?.id ?? '', { trainers: [(await aTrainer()).person.id] });
  });

  it('is overridden only against those that were seen', async () => {
    const roomId = await aRoom();
    await aRun({ sessions: [aSession({ roomId })] });
    const plan = { seminarId: await aSeminar(), capacity: 5, sessions: [aSession({ roomId, inDays: 60 })] };
    const unseen = { reason: 'passt schon', conflicts: ['room-taken:nothing'] };
    await planRun(systemActor, plan);

    expect((await refused(planRun(systemActor, { ...plan, override: unseen }))).conflicts).to.have.lengthOf(1);
  });

  it('of another provider is one that is not there; a shared one is everybody’s', async () => {
    await aProvider({ id: 'bildungswerk' });
    const theirs = await aRoom({ venueId: await aVenue({ provider: 'bildungswerk' }) });
    const shared = await aRoom();

    const codes = [
      await codeOf(aDraft({ sessions: [aSession({ roomId: theirs })] })),
      await codeOf(aDraft({ sessions: [aSession({ roomId: '0'.repeat(24) })] })),
    ];
    await aDraft({ sessions: [aSession({ roomId: shared })] });

    expect(codes).to.deep.equal(['unknown-room', 'unknown-room']);
  });

  it('or words: a session that says neither is refused', async () => {
    expect(await codeOf(aDraft({ sessions: [aSession({ location: '' })] }))).to.equal('location-missing');
  });
});

describe('a trainer', () => {
  beforeEach(freshDatabase);

  it('teaches one session at a time, and is found by all conflicts at once', async () => {
    const [{ person }, roomId] = [await aTrainer(), await aRoom()];
    await aRun({ sessions: [aSession({ roomId, trainers: [person.id] })] });

    const refusal = await refused(aRun({ sessions: [aSession({ roomId, trainers: [person.id] })] }));

    expect(refusal.conflicts.map(({ kind }) => kind)).to.deep.equal(['room-taken', 'trainer-taken']);
  });

  it('needs the way between two places, none to a screen', async () => {
    const { person } = await aTrainer();
    const morning = aSession({ roomId: await aRoom(), trainers: [person.id] });
    await aRun({ sessions: [morning] });
    const after = (minutes: number, place: object) => {
      const startsAt = new Date(morning.endsAt.getTime() + minutes * 60_000);
      return aSession({ trainers: [person.id], startsAt, endsAt: new Date(startsAt.getTime() + 3_600_000), ...place });
    };

    const tooSoon = await refused(aDraft({ sessions: [after(20, { roomId: await aRoom() })] }));
    await aDraft({ sessions: [after(0, { location: 'https://raum.example.org/1' })] });

    expect(tooSoon.conflicts[0]).to.deep.include({ kind: 'trainer-travel', trainerId: person.id, minutes: 30 });
  });
});

async function onlySession(runId: string) {
  const [session] = await sessionsOfRun(runId);
  if (!session) throw new Error('The run has no session.');
  return (await sessionById(session.id)) ?? session;
}

async function refused(act: Promise<unknown>): Promise<PlanConflicts> {
  const error = await act.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PlanConflicts)) throw error ?? new Error('Nothing was refused.');
  return error;
}

async function codeOf(act: Promise<unknown>): Promise<string> {
  return act.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
}
