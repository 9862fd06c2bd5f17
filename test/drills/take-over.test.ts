import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { MongoNetworkError } from 'mongodb';
import { hosting } from '../embedded/hosts.ts';
import { beginDrill } from '../support/drill.ts';

interface Entry {
  _id: number;
}

/** How long the processes are together before the server is killed, as in life, and how long clients may have to wait. */
const togetherMs = 3_000;
const longestMs = 2_000;
const clientsAtOnce = 8;

describe('the drill of a take-over', () => {
  const drill = beginDrill('take-over');
  const { host, open, connect, moveOn } = hosting();

  /** Kills the server under load; gives how long nobody could write, and how long until the other served. */
  const playRound = async (): Promise<{ untilServed: number; untilWritten: number; acknowledged: number }> => {
    await moveOn();
    const server = await host();
    const survivor = await open();
    const entries = (await connect(survivor.uri)).db('d').collection<Entry>('entries');
    const acknowledged: number[] = [];
    const end = new AbortController();
    let next = 0;
    const write = async (): Promise<void> => {
      while (!end.signal.aborted) {
        const _id = (next += 1);
        await entries.insertOne({ _id }).then(() => acknowledged.push(_id), rethrowUnlessNetwork);
      }
    };
    const writing = Promise.all(Array.from({ length: clientsAtOnce }, write));
    // A failure is met below; it must not count as nobody's until then.
    writing.catch(() => {});
    await pause(drill.times(togetherMs));

    await server.kill();
    const killedAt = performance.now();
    const before = acknowledged.length;
    while (survivor.role !== 'serving') await pause(1);
    const untilServed = performance.now() - killedAt;
    while (acknowledged.length === before) await pause(1);
    const untilWritten = performance.now() - killedAt;
    end.abort();
    await writing;

    const stored = new Set((await entries.find().toArray()).map(({ _id }) => _id));
    expect(acknowledged.filter((_id) => !stored.has(_id))).to.deep.equal([]);
    return { untilServed, untilWritten, acknowledged: acknowledged.length };
  };

  it('loses nothing and costs clients a retry at most; in the long form, within two seconds', async () => {
    const say = drill.clock();
    const rounds = [];
    for (let left = drill.times(20, 1); left > 0; left -= 1) rounds.push(await playRound());

    const [served, written] = [rounds.map((each) => each.untilServed), rounds.map((each) => each.untilWritten)];
    say(
      `${rounds.length} take-overs: served again after ${shares(served)}, written again after ${shares(written)}, ` +
        `${rounds.reduce((sum, { acknowledged }) => sum + acknowledged, 0)} acknowledged, all there`,
    );
    // The short form runs where everything else does, and says nothing of speed.
    if (process.env['DRILL'] === 'long') expect(Math.max(...written)).to.be.below(longestMs);
  }).timeout(1_200_000);
});

function shares(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string => `${Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? 0)} ms`;
  return `p50 ${at(0.5)}, p95 ${at(0.95)}, at most ${at(1)}`;
}

/** All connections end together, and the driver retries only what was on the first. */
function rethrowUnlessNetwork(error: unknown): void {
  if (error instanceof MongoNetworkError) return;
  if (error instanceof Error && 'syscall' in error && error.syscall === 'write') return;
  throw error;
}
