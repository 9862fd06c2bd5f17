import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { DateTime } from 'luxon';
import { seedDemo, seedWhereNew } from '../../server/demo/index.ts';
import { isDemo } from '../../server/modules/auth/index.ts';
import { desk, queueOfRun, runDetails, type RunDetails } from '../../server/modules/booking/index.ts';
import { seminarKinds, seminarsOf } from '../../server/modules/catalogue/index.ts';
import { pendingEventIds, systemActor } from '../../server/modules/history/index.ts';
import { dueMessageIds } from '../../server/modules/mail/index.ts';
import { institutions, providers, trainers } from '../../server/modules/people/index.ts';
import { verifyPromises } from '../../server/modules/reports/index.ts';
import { conflictsIn, isOnline, overridesOf } from '../../server/modules/scheduling/index.ts';
import { setClock } from '../../server/platform/clock.ts';
import { AppError } from '../../server/platform/errors.ts';
import { projectRoot } from '../../server/platform/root.ts';
import { freshDatabase, testDatabase } from '../support/hooks.ts';
import { fileOf } from '../support/programs.ts';

describe('seedDemo', () => {
  let runs: RunDetails[];

  before(async function () {
    this.timeout(180_000);
    await freshDatabase();
    await seedDemo();
    runs = [];
    for (const { run } of await desk(systemActor)) runs.push(await runDetails(systemActor, run.id));
  });

  it('holds the eight partner organisations, every kind of offer, and invented institutions', async () => {
    const seminars = await seminarsOf(systemActor);

    expect((await providers()).map(({ name }) => name)).to.have.members([
      'Ada-und-Theodor-Lessing-Volkshochschule Hannover',
      'AMFN',
      'Can Arkadaş e.V.',
      'Arbeit und Leben Niedersachsen Mitte',
      'Bildungsverein für Soziales Lernen',
      'BTEU',
      'kargah e.V.',
      'VNB',
    ]);
    expect(new Set(seminars.map(({ kind }) => kind))).to.deep.equal(new Set(seminarKinds));
    expect(new Set(seminars.map(({ providerId }) => providerId)).size).to.equal(8);
    expect(new Set((await institutions()).map(({ kind }) => kind)))
      .to.include('school')
      .and.include('administration');
  });

  it('has at least 12 seminars, and 40 runs still to come', async () => {
    expect((await seminarsOf(systemActor)).length).to.be.at.least(12);
    expect(runs.filter(({ run }) => run.endsAt > new Date()).length).to.be.at.least(40);
  });

  it('has a modular course of four modules and six sessions across a clock change', () => {
    const course = runs.find(({ sessions }) => sessions.length === 6 && offsetsOf(sessions).size === 2);

    expect(course?.seminar.modules).to.have.lengthOf(4);
    expect(new Set(course?.sessions.map(({ moduleId }) => moduleId))).to.deep.equal(
      new Set(course?.seminar.modules.map(({ id }) => id)),
    );
  });

  it('has a sold-out run on whose waiting list a group stands between two single persons', async () => {
    const soldOut = runs.find(({ places }) => places.left === 0 && places.waiting === 6);
    const queue = await queueOfRun(systemActor, soldOut?.run.id ?? '');

    expect(soldOut?.places).to.include({ capacity: 14, held: 14 });
    expect(queue.filter(({ status }) => status === 'waiting').map(({ places }) => places)).to.deep.equal([1, 4, 1]);
  });

  it('has runs in rooms and online, a draft, a cancelled run, and runs with few places left', () => {
    const statuses = new Set(runs.map(({ run }) => run.status));

    expect(statuses).to.deep.equal(new Set(['draft', 'published', 'cancelled']));
    expect(new Set(runs.map(({ run }) => isOnline(run.location)))).to.deep.equal(new Set([true, false]));
    expect(runs.filter(({ places }) => places.left === 1 || places.left === 2).length).to.be.at.least(4);
  });

  it('has a booking that waits for the approval of a superior, with its places held', async () => {
    const queues = [];
    for (const { run } of runs) queues.push(...(await queueOfRun(systemActor, run.id)));
    const requested = queues.filter(({ status }) => status === 'requested');

    expect(requested.map(({ institution, places }) => [institution, places])).to.deep.equal([
      ['Bezirksamt Musterhafen', 2],
    ]);
    expect(requested[0]?.approval?.until?.getTime()).to.be.above(Date.now());
  });

  it('leaves nobody in the cancelled run', async () => {
    const cancelled = runs.filter(({ run }) => run.status === 'cancelled');
    const queue = await queueOfRun(systemActor, cancelled[0]?.run.id ?? '');

    expect(cancelled.map(({ places }) => places.held)).to.deep.equal([0]);
    expect(new Set(queue.map(({ status }) => status))).to.deep.equal(new Set(['cancelled']));
  });

  it('shows what runs want of their rooms, a house that is opened for one, and somebody who teaches without an account', async () => {
    const wanting = runs.filter(({ run }) => run.needs);
    const notes = await conflictsIn({
      sessions: wanting.flatMap(({ sessions }) => sessions),
      capacity: 14,
      needs: wanting[0]?.run.needs,
    });
    const reasons = [];
    for (const { sessions } of runs) reasons.push(...(await overridesOf(sessions, await conflictsIn({ sessions }))));
    const overrides = reasons.filter((reason) => reason !== undefined);
    const external = (await trainers()).filter((person) => person.external);
    const taught = runs.filter(({ sessions }) =>
      sessions.some(({ trainerIds }) => trainerIds.includes(external[0]?.id ?? '')),
    );

    expect(wanting.map(({ run }) => run.needs?.seating)).to.have.members(['circle', 'tables']);
    expect(notes.filter(({ isHard }) => isHard)).to.deep.equal([]);
    expect(notes.length).to.be.above(0);
    expect(overrides).to.deep.equal(['Am Samstag ist Stadtteilfest. Die Hausleitung schließt am Sonntag für uns auf.']);
    expect([external.length, taught.length]).to.deep.equal([1, 1]);
  });

  it('sends nothing, but keeps the reminders that are still to come', async () => {
    const dueNow = await dueMessageIds(10);
    const restoreClock = setClock(() => new Date(Date.now() + 60 * 86_400_000));
    const dueInTwoMonths = await dueMessageIds(200).finally(restoreClock);

    expect(await pendingEventIds(10)).to.deep.equal([]);
    expect(dueNow).to.deep.equal([]);
    expect(dueInTwoMonths).to.have.length.greaterThan(100);
  });

  it('keeps the promises, and says in the data that they are a demo', async () => {
    expect((await verifyPromises()).broken).to.deep.equal([]);
    expect(await isDemo()).to.equal(true);
  });

  it('names only people on reserved mail domains', async () => {
    for (const { run } of runs)
      for (const { booker, participants } of await queueOfRun(systemActor, run.id))
        for (const { email } of [booker, ...participants]) expect(email).to.match(/@example\.org$/);
  });

  it('refuses data that are already there', async () => {
    const before = (await desk(systemActor)).length;
    const refusal = await seedDemo().catch((error: unknown) => error);
    await seedWhereNew();

    expect((await desk(systemActor)).length).to.equal(before);
    expect(refusal).to.be.instanceOf(AppError).and.have.property('code', 'database-not-empty');
  });
});

function offsetsOf(sessions: RunDetails['sessions']): Set<number> {
  return new Set(sessions.map(({ startsAt, timeZone }) => DateTime.fromJSDate(startsAt, { zone: timeZone }).offset));
}

describe('npm run mosaik -- seed, by two people at the same moment', () => {
  it('fills the database once, and refuses the other with a sentence', async function () {
    this.timeout(180_000);
    await freshDatabase();

    const [one, other] = await Promise.all([seedByCommand(), seedByCommand()]);

    expect([one.exitCode, other.exitCode]).to.have.members([0, 1]);
    expect(one.exitCode === 1 ? one.said : other.said).to.match(/^There are data already\./);
    expect(await desk(systemActor)).to.have.lengthOf(50);
    expect((await verifyPromises()).broken).to.deep.equal([]);
  });
});

async function seedByCommand(): Promise<{ exitCode: number | null; said: string }> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'mosaik-seed-'));
  const env = { PATH: process.env['PATH'], MONGODB_URI: (await testDatabase()).uri, DATA_DIR: dataDirectory };
  const command = spawn(process.execPath, [await fileOf('server/cli'), 'seed'], { cwd: projectRoot, env });
  const said = await text(command.stderr);
  if (command.exitCode === null) await once(command, 'exit');
  await rm(dataDirectory, { recursive: true, force: true });
  return { exitCode: command.exitCode, said };
}
