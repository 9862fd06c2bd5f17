import { MessageChannel } from 'node:worker_threads';
import { expect } from 'chai';
import { Line } from '../../server/embedded/line.ts';

describe('the line for a key that an open transaction has written', () => {
  const never = { until: Infinity, patience: 2 ** 30 };
  let owner: string | undefined;
  let line: Line;

  beforeEach(() => {
    owner = 'the first';
    line = new Line(() => owner === undefined);
  });

  const release = (): void => {
    owner = undefined;
    line.next('key');
  };

  it('lets one after the other try, in the order of their coming', async () => {
    const came: number[] = [];
    const all = [1, 2, 3].map(async (one) => {
      await line.turn('key', never);
      owner = String(one);
      came.push(one);
    });
    for (const [at] of all.entries()) {
      release();
      await all[at];
    }

    expect(came).to.deep.equal([1, 2, 3]);
  });

  it('wakes nobody while the key is taken, and passes the turn on of whoever did not take it', async () => {
    const came: number[] = [];
    const all = [1, 2].map((one) => line.turn('key', never).then(() => came.push(one)));
    line.next('key');
    await Promise.resolve();
    const whileTaken = [...came];

    release();
    await all[0];
    line.next('key');
    await all[1];

    expect([whileTaken, came]).to.deep.equal([[], [1, 2]]);
  });

  it('sends away who has waited long enough, and forgets them', async () => {
    const [impatient, patient] = [line.turn('key', { until: Infinity, patience: 1 }), line.turn('key', never)];

    expect(await impatient).to.equal(false);
    release();
    expect(await patient).to.equal(true);
    expect(await line.turn('key', { until: Date.now() - 1, patience: 2 ** 30 })).to.equal(false);
  });

  it('sends nobody away for what came while the thread stood still', async () => {
    const { port1, port2 } = new MessageChannel();
    port1.on('message', release);
    const waiting = line.turn('key', { until: Infinity, patience: 1 });
    port2.postMessage('moves on');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);

    const hadItsTurn = await waiting;
    port1.close();

    expect(hadItsTurn).to.equal(true);
  });
});
