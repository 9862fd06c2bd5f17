import { expect } from 'chai';
import { createApiToken } from '../../server/modules/auth/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import {
  askForReplacement,
  askTrainer,
  requestsOfRun,
  sessionById,
  type TeachingRequest,
} from '../../server/modules/scheduling/index.ts';
import { now } from '../../server/platform/clock.ts';
import { aRun, aSeminar, aSession, aTrainer } from '../support/builders.ts';
import { aTown, beginDrill, inScene } from '../support/drill.ts';
import { callAt } from '../support/drill-client.ts';
import { expectPromisesKept } from '../support/drill-queue.ts';
import type { MosaikProcess, World } from '../support/world.ts';

/** A session of somebody who is to be replaced, and whom one could ask. */
type Scene = { runId: string; sessionId: string; ill: string; others: [string, string] };

const env = { MOSAIK_WORKER: 'off' };

describe('the drill of replacement', () => {
  const drill = beginDrill('replacement');

  describe('with Mosaik as it is', () => {
    const town = aTown(() => ({ webs: 2, env }));

    it('gives the session to one of two whom two coordinators asked, and tells the other', async () => {
      const say = drill.clock();
      const rounds = drill.times(200, 8);
      for (let round = 0; round < rounds; round += 1) {
        const { scene, statuses } = await bothAccept(town());
        const requests = await requestsOfRun(systemActor, scene.runId);
        const [winner, ...more] = requests.filter(({ status }) => status === 'accepted');

        expect(statuses.toSorted((one, other) => one - other)).to.deep.equal([303, 410]);
        expect(more).to.deep.equal([]);
        expect(requests.map(({ status }) => status).toSorted()).to.deep.equal(['accepted', 'withdrawn']);
        expect((await sessionById(scene.sessionId))?.trainerIds).to.deep.equal([winner?.trainerId]);
      }

      await expectPromisesKept();
      say(`${rounds} sessions that two accepted at once, each led by one`);
    }).timeout(1_200_000);

    it('keeps who comes instead, when whoever is replaced declines at the same moment', async () => {
      const say = drill.clock();
      const rounds = drill.times(200, 8);
      for (let round = 0; round < rounds; round += 1) {
        const scene = await aScene();
        const [web, other] = turned(town(), round);
        const answerBy = inTwoDays();
        const request = await askTrainer(systemActor, { runId: scene.runId, trainerId: scene.ill, answerBy });
        const token = await createApiToken(systemActor);
        const path = `/sessions/${scene.sessionId}`;
        const trainers = [scene.others[0]];
        const [declined, replaced] = await Promise.all([
          answerAt(web, request, 'declined'),
          callAt(other, { method: 'PATCH', path, body: { trainers }, token }),
        ]);

        expect([declined, replaced.status]).to.deep.equal([303, 200]);
        expect((await sessionById(scene.sessionId))?.trainerIds).to.deep.equal(trainers);
      }

      await expectPromisesKept();
      say(`${rounds} trainers replaced while they declined, each by whom the coordinator chose`);
    }).timeout(1_200_000);
  });

  describe('without the guard', () => {
    const town = aTown(() => ({ webs: 2, env: { ...env, ...inScene('both-replace') } }));

    it('promises the session to both in nearly every round, so that the drill would notice', async () => {
      const say = drill.clock();
      const rounds = drill.times(60, 6);
      let both = 0;
      for (let round = 0; round < rounds; round += 1) {
        const { scene } = await bothAccept(town());
        const requests = await requestsOfRun(systemActor, scene.runId);
        if (requests.every(({ status }) => status === 'accepted')) both += 1;
      }

      say(`${rounds} rounds without the guard, ${both} promised twice`);
      expect(both).to.be.at.least(drill.nearlyAll(rounds));
    }).timeout(600_000);
  });
});

async function aScene(): Promise<Scene> {
  const [ill, one, two] = [await aTrainer(), await aTrainer(), await aTrainer()];
  const sessions = [aSession({ trainers: [ill.person.id] })];
  const run = await aRun({ seminarId: await aSeminar(), sessions });
  const sessionId = run.sessions[0]?.id ?? '';
  return { runId: run.id, sessionId, ill: ill.person.id, others: [one.person.id, two.person.id] };
}

/** Two coordinators each ask somebody else for the same session; both accept in the same moment, by their links. */
async function bothAccept({ webs }: World): Promise<{ scene: Scene; statuses: number[] }> {
  const scene = await aScene();
  const { sessionId, ill: replaces, others } = scene;
  const asked: TeachingRequest[] = [];
  for (const trainerId of others)
    asked.push(
      ...(await askForReplacement(systemActor, {
        sessionId,
        replaces,
        trainerIds: [trainerId],
        answerBy: inTwoDays(),
      })),
    );
  const statuses = await Promise.all(
    asked.map((request, index) => answerAt(webs[index % webs.length]!, request, 'accepted')),
  );
  return { scene, statuses };
}

/** The press of a button behind the link of a request; gives the status of the answer. */
async function answerAt(
  { url }: Pick<MosaikProcess, 'url'>,
  { token }: TeachingRequest,
  answer: 'accepted' | 'declined',
): Promise<number> {
  const body = new URLSearchParams({ answer });
  const { status } = await fetch(`${url}/teaching/${token}`, { method: 'POST', body, redirect: 'manual' });
  return status;
}

/** Now the one process gets the first call, now the other. */
function turned({ webs }: World, round: number): [MosaikProcess, MosaikProcess] {
  const [one, other] = round % 2 === 0 ? webs : webs.toReversed();
  if (!one || !other) throw new Error('There are not two of them.');
  return [one, other];
}

function inTwoDays(): Date {
  return new Date(now().getTime() + 2 * 86_400_000);
}
