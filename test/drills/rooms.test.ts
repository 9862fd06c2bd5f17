import { expect } from 'chai';
import { createApiToken } from '../../server/modules/auth/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { verifyPromises } from '../../server/modules/reports/index.ts';
import { aRoom, aRun, aSeminar, aSession, aTrainer } from '../support/builders.ts';
import { aTown, beginDrill, inScene } from '../support/drill.ts';
import { stampede, type Answer, type Call } from '../support/drill-client.ts';
import { expectPromisesKept } from '../support/drill-queue.ts';
import type { World } from '../support/world.ts';

/** Two calls of which only one may succeed; each goes to a web process of its own. */
type Duel = { said: string; calls: (duel: { seminarId: string; token: string }) => Promise<Call[]> };

const duels: readonly Duel[] = [
  {
    said: 'two coordinators plan in the same room',
    calls: async ({ seminarId, token }) => {
      const roomId = await aRoom();
      return [aSession({ roomId }), aSession({ roomId })].map((session) => planning(seminarId, session, token));
    },
  },
  {
    said: 'two coordinators plan with the same trainer',
    calls: async ({ seminarId, token }) => {
      const trainers = [(await aTrainer()).person.id];
      return [aSession({ trainers }), aSession({ trainers })].map((session) => planning(seminarId, session, token));
    },
  },
  {
    said: 'one session changes to a room, another one in it moves to that time',
    calls: async ({ seminarId, token }) => {
      const roomId = await aRoom();
      const roomless = await aRun({ seminarId });
      const inIt = await aRun({ seminarId, sessions: [aSession({ roomId, inDays: 60 })] });
      const { startsAt, endsAt } = aSession();
      return [changing(roomless, { roomId }, token), changing(inIt, { startsAt, endsAt }, token)];
    },
  },
];
const env = { MOSAIK_WORKER: 'off' };

describe('the drill of rooms', () => {
  const drill = beginDrill('rooms');

  const playRound = async ({ webs }: World, { calls }: Duel) => {
    const duel = { seminarId: await aSeminar(), token: await createApiToken(systemActor) };
    return stampede(webs, await calls(duel));
  };

  describe('with Mosaik as it is', () => {
    const town = aTown(() => ({ webs: 2, env }));

    for (const duel of duels)
      it(`lets one of the two have it, and tells the other: ${duel.said}`, async () => {
        const say = drill.clock();
        const rounds = drill.times(200);
        for (let round = 0; round < rounds; round += 1) expectOneWinner(await playRound(town(), duel));

        await expectPromisesKept();
        say(`${rounds} rounds in which ${duel.said}, each won by one`);
      }).timeout(1_200_000);
  });

  describe('without the guard', () => {
    const town = aTown(() => ({ webs: 2, env: { ...env, ...inScene('double-booking') } }));

    it('lets both have it in nearly every round, and the data tell it', async () => {
      const say = drill.clock();
      const rounds = drill.times(60);
      let doubles = 0;
      for (let round = 0; round < rounds; round += 1) {
        const answers = await playRound(town(), duels[round % duels.length]!);
        if (answers.every(isDone)) doubles += 1;
      }

      const { broken } = await verifyPromises();
      say(`${rounds} rounds without the guard, ${doubles} double, ${broken.length} found in the data`);
      expect(doubles).to.be.at.least(drill.nearlyAll(rounds));
      expect(broken.filter(({ promise }) => promise === 9)).to.have.lengthOf(doubles);
    }).timeout(600_000);
  });
});

function expectOneWinner(answers: readonly Answer[]): void {
  const losers = answers.filter((answer) => !isDone(answer));
  expect(losers.map(({ status, text }) => `${status} ${String(codeIn(text))}`)).to.deep.equal(['409 plan-conflicts']);
}

function isDone({ status }: Answer): boolean {
  return status === 200 || status === 201;
}

function codeIn(text: string): unknown {
  const problem: unknown = JSON.parse(text);
  return typeof problem === 'object' && problem !== null && 'code' in problem ? problem.code : text;
}

function planning(seminarId: string, session: unknown, token: string): Call {
  return { path: '/runs', body: { seminarId, capacity: 5, sessions: [session] }, token };
}

function changing(run: { sessions: { id: string }[] }, change: unknown, token: string): Call {
  return { method: 'PATCH', path: `/sessions/${run.sessions[0]?.id}`, body: change, token };
}
