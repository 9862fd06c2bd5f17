import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { aPerson, aRun } from '../support/builders.ts';
import { aTown, beginDrill } from '../support/drill.ts';
import { bookedIn, bookingCall, callAt, turnOf, type Answer, type Call } from '../support/drill-client.ts';
import { expectPromisesKept, runAfterwards } from '../support/drill-queue.ts';
import type { MosaikProcess } from '../support/world.ts';

const requestsPerSecond = 20;
const requestsPerRound = 120;

describe('the drill of a rolling restart', () => {
  const drill = beginDrill('rolling');
  const town = aTown(() => ({ webs: 2, env: { MOSAIK_WORKER: 'off' } }));

  it('fails no request that a process has taken, while the processes are ended one after the other', async () => {
    const say = drill.clock();
    const world = town();
    const { id } = await aRun({ capacity: 10_000 });
    const refused = { connections: 0 };
    const rounds = drill.times(20, 1);
    let booked = 0;
    for (let round = 0; round < rounds; round += 1) {
      const [ending, staying] = world.webs.slice(-2);
      if (!ending || !staying) throw new Error('It takes two.');
      const webs = [ending, staying];
      const answers: Promise<Answer>[] = [];
      let ended: Promise<number | null> | undefined;
      for (let count = 0; count < requestsPerRound; count += 1) {
        if (count === requestsPerRound / 3) ended = ending.kill('SIGTERM');
        answers.push(callEither(webs, count, callOf(id, count), refused));
        await pause(1_000 / requestsPerSecond);
      }

      // Half the calls book; the answers say so in their own schema.
      for (const [index, answer] of (await Promise.all(answers)).entries())
        if (isBooking(index)) bookedIn(answer);
        else expect(answer.status, answer.text).to.equal(200);
      booked += requestsPerRound / 2;
      expect(await ended, `the exit code; it said: ${ending.output()}`).to.equal(0);
      if (round + 1 < rounds) await world.startWeb();
    }

    expect((await runAfterwards(id)).bookings).to.have.lengthOf(booked);
    await expectPromisesKept();
    say(
      `${rounds} processes ended under ${requestsPerSecond} requests a second, ` +
        `${rounds * requestsPerRound} answered, ${refused.connections} after a refused connection`,
    );
    expect(refused.connections).to.be.greaterThan(0);
  }).timeout(600_000);
});

function isBooking(index: number): boolean {
  // Two in a row, so that both processes get both kinds.
  return index % 4 < 2;
}

function callOf(runId: string, index: number): Call {
  return isBooking(index) ? bookingCall(runId, { booker: aPerson() }) : { method: 'GET', path: `/runs/${runId}` };
}

/** As a proxy does: whoever cannot be connected to has taken nothing, so the other one is asked. Any other failure counts. */
async function callEither(
  webs: readonly MosaikProcess[],
  turn: number,
  call: Call,
  refused: { connections: number },
): Promise<Answer> {
  try {
    return await callAt(turnOf(webs, turn), call);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error && error.syscall === 'connect')) throw error;
    refused.connections += 1;
    return callAt(turnOf(webs, turn + 1), call);
  }
}
