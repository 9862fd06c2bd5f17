import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { createApiToken } from '../../server/modules/auth/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { redisDirectoryIn, redisPlaceIn } from '../../server/platform/redis-place.ts';
import { aPerson, aRun, aSession, aTrainer } from '../support/builders.ts';
import { aTown, beginDrill, inScene } from '../support/drill.ts';
import { bookedIn, bookingCall, callAt, stampede, type Call } from '../support/drill-client.ts';
import {
  acceptedAndNotNoted,
  bookingsNobodyTellsOf,
  checkMails,
  everythingTold,
  keyOfMessage,
  startTrappingSink,
  type TrappingSink,
} from '../support/drill-mail.ts';
import { expectPromisesKept, runAfterwards } from '../support/drill-queue.ts';
import type { World } from '../support/world.ts';

/** Shorter than in earnest, so that nobody waits for half a minute after each kill. */
const pace = { MAIL_LEASE_SECONDS: '5', SWEEP_SECONDS: '1' };

describe('the drill of the mails', () => {
  const drill = beginDrill('mail');
  let sink: TrappingSink;
  let mayRepeat: Map<string, number>;

  beforeEach(() => {
    mayRepeat = new Map();
  });

  const aTownWithMail = (scene: NodeJS.ProcessEnv = {}) => {
    before(async () => {
      sink = await startTrappingSink();
    });
    const town = aTown(() => ({ webs: 1, workers: 1, env: { ...pace, SMTP_URL: sink.url, ...scene } }));
    after(() => sink.close());
    return town;
  };

  const strikes: Record<string, (world: World) => Promise<void>> = {
    'the worker is killed before a mail is accepted': async (world) => {
      await killWorker(world, await aRunToldOf(), 'drop');
    },
    'the worker is killed after a mail was accepted': async (world) => {
      await killWorker(world, await aRunToldOf(), undefined);
    },
    'a web process is killed between a booking and the queue': async (world) => {
      const runId = await aRunWithTrainer();
      await expectDeath(world, bookingCall(runId, { booker: aPerson() }));
      expect((await runAfterwards(runId)).bookings).to.have.lengthOf(1);
    },
    'a web process is killed between the cancellation of a run and the queue': async (world) => {
      const runId = await aRunWithTrainer();
      await book(world, runId, 3);
      const token = await createApiToken(systemActor);
      await expectDeath(world, { path: `/runs/${runId}/cancellation`, body: { reason: 'A drill.' }, token });
    },
    'Redis is emptied': (world) => strikeRedis(world, flush),
    'Redis is killed': (world) => strikeRedis(world, killRedis),
  };

  /** Gives the Message-ID of the mail that was under way. */
  const killWorker = async (world: World, runId: string, reply: 'drop' | undefined): Promise<string> => {
    const worker = world.workers.at(-1);
    const struck = sink.trapNext(async () => {
      await worker?.kill('SIGKILL');
      return reply;
    });
    await book(world, runId, 4);
    const messageId = await struck;

    // What the dead worker had sent already is still being read.
    await pause(300);
    const repeatable = await acceptedAndNotNoted(sink);
    if (reply === 'drop') expect(repeatable).to.not.include(messageId);
    else expect(repeatable).to.include(messageId);
    for (const id of repeatable) mayRepeat.set(id, (mayRepeat.get(id) ?? 0) + 1);
    await world.startWorker();
    return messageId;
  };

  const strikeRedis = async (world: World, strike: (dataDirectory: string) => Promise<void>) => {
    const runId = await aRunWithTrainer();
    const struck = sink.trapNext(async () => {
      await strike(world.dataDirectory);
      return undefined;
    });
    await book(world, runId, 12);
    await struck;
    await book(world, runId, 2);
  };

  describe('with Mosaik as it is', () => {
    const town = aTownWithMail();

    it('brings every mail, whoever is killed and whatever Redis forgets', async () => {
      const say = drill.clock();
      const rounds = drill.times(30, 1);
      for (let round = 0; round < rounds; round += 1)
        for (const strike of Object.values(strikes)) {
          await strike(town());
          await everythingTold();
        }

      const { intended, ok, repeated, ...wrong } = await checkMails(sink, mayRepeat);
      say(
        `${rounds} times each: ${Object.keys(strikes).join('; ')}. ` +
          `${intended} mails meant: ${ok} came once, ${repeated} again after a kill between acceptance and note, ` +
          `${wrong.lost.length} lost, ${wrong.duplicated.length} duplicated, ${wrong.unexpected.length} unexpected`,
      );
      expect(wrong).to.deep.equal({ lost: [], duplicated: [], unexpected: [] });
      expect(ok).to.be.greaterThan(40);
      expect(await bookingsNobodyTellsOf()).to.deep.equal([]);
      await expectPromisesKept();
    }).timeout(1_800_000);
  });

  describe('with a worker that notes before it sends and never sweeps', () => {
    const town = aTownWithMail(inScene('forgetful'));

    it('loses mails, so that the drill would notice', async () => {
      const say = drill.clock();
      const world = town();
      const { id: runId } = await aRun({ capacity: 100 });
      const inFlight = await killWorker(world, runId, 'drop');
      await expectDeath(world, bookingCall(runId, { booker: aPerson() }));
      const before = sink.mails.length;
      await book(world, runId, 1);
      await sink.waitFor(before + 2, 30_000);

      const { lost } = await checkMails(sink, mayRepeat);
      say(`a worker and a web process killed, ${lost.length} mails lost and missed`);
      const unheardOf = (await runAfterwards(runId)).bookings[4];
      expect(lost).to.include.members([await keyOfMessage(inFlight), `booking-confirmed:${unheardOf?.id}`]);
    }).timeout(120_000);
  });
});

async function aRunToldOf(): Promise<string> {
  const runId = await aRunWithTrainer();
  await everythingTold();
  return runId;
}

async function aRunWithTrainer(): Promise<string> {
  const { person } = await aTrainer();
  return (await aRun({ capacity: 100, sessions: [aSession({ trainers: [person.id] })] })).id;
}

async function book({ webs: [web] }: World, runId: string, parties: number): Promise<void> {
  if (!web) throw new Error('Nobody takes bookings.');
  const calls = Array.from({ length: parties }, () => bookingCall(runId, { booker: aPerson() }));
  for (const answer of await stampede([web], calls)) expect(bookedIn(answer).status).to.equal('confirmed');
}

/** Has a process do it that dies as soon as it is committed. */
async function expectDeath(world: World, call: Call): Promise<void> {
  const web = await world.startWeb(inScene('dying'));
  const outcome = await callAt(web, call).then(
    ({ status, text }) => `It answered ${status}: ${text}`,
    () => 'died',
  );
  expect(outcome).to.equal('died');
}

async function flush(dataDirectory: string): Promise<void> {
  const redis = new Redis({ path: redisPlaceIn(redisDirectoryIn(dataDirectory)).socketPath });
  await redis.flushall();
  redis.disconnect();
}

async function killRedis(dataDirectory: string): Promise<void> {
  const { pidFile } = redisPlaceIn(redisDirectoryIn(dataDirectory));
  process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL');
}
