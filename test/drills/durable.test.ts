import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { MongoServerError } from 'mongodb';
import { hosting, type Host } from '../embedded/hosts.ts';
import { beginDrill, inScene } from '../support/drill.ts';
import { Ledger, prepareForWork } from '../support/drill-embedded.ts';

describe('the drill of the embedded database', () => {
  const drill = beginDrill('durable');
  const { host, connect, moveOn } = hosting();

  /** Everybody works until the server is killed; gives what was wrong with what the next server found. */
  const playRound = async (start: () => Promise<Host>, ledger: Ledger, round: number): Promise<string[]> => {
    const server = await start();
    const client = await connect(server.uri, { serverSelectionTimeoutMS: 1_000 });
    const faults = await ledger.faults(client.db('d'));
    await prepareForWork(client.db('d'));
    const before = ledger.acknowledged;
    const working = ledger.work(client.db('d'), round);
    // It may fail before anybody waits for it.
    working.catch(() => {});
    while (ledger.acknowledged < before + 10) await pause(5);
    await pause(drill.between(0, 1_300));
    await server.kill();
    await working;
    await client.close();
    return faults;
  };

  const lastFaults = async (start: () => Promise<Host>, ledger: Ledger): Promise<string[]> => {
    const { uri } = await start();
    return ledger.faults((await connect(uri)).db('d'));
  };

  /** Whether something is wrong after the kill, or went wrong before it. */
  const isNoticed = async (start: () => Promise<Host>, round: number): Promise<boolean> => {
    const ledger = new Ledger();
    try {
      await playRound(start, ledger, round);
      return (await lastFaults(host, ledger)).length > 0;
    } catch (error) {
      if (error instanceof MongoServerError) return true;
      throw error;
    }
  };

  it('has every acknowledged write, no half of anything and indexes that agree, wherever its server is killed', async () => {
    const say = drill.clock();
    const ledger = new Ledger();
    const rounds = drill.times(100, 3);
    for (let round = 0; round < rounds; round += 1) expect(await playRound(host, ledger, round)).to.deep.equal([]);

    expect(await lastFaults(host, ledger)).to.deep.equal([]);
    say(`${rounds} kills, ${ledger.acknowledged} acknowledged commits, all there`);
  }).timeout(3_600_000);

  for (const scene of ['hasty', 'torn'] as const)
    it(`finds what is wrong with a database that is ${scene}, so that the drill would notice`, async () => {
      const say = drill.clock();
      const rounds = drill.times(20, 2);
      const start = (): Promise<Host> => host({ env: inScene(scene) });
      let found = 0;
      for (let round = 0; round < rounds; round += 1) {
        await moveOn();
        if (await isNoticed(start, round)) found += 1;
      }

      say(`${rounds} kills of one that is ${scene}, noticed after ${found}`);
      expect(found).to.be.at.least(drill.nearlyAll(rounds));
    }).timeout(1_200_000);
});
