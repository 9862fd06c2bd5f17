import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Collection } from 'mongodb';
import { hosting, type Host } from './hosts.ts';

interface Numbered {
  _id: number;
  group: number;
  text: string;
}

const documents = 20_000;
const text = 'x'.repeat(5_000);
/** All documents together are twice as much; a process with nothing to do varies by a few megabytes. */
const mostMegabytes = 50;

describe('the memory of the embedded database', function () {
  this.timeout(240_000);
  const { host, connect } = hosting();

  before(function (this: Mocha.Context) {
    if (!existsSync('/proc/self/status')) this.skip();
  });

  it('does not grow with documents that nobody reads, nor with those found one by one', async () => {
    const first = await host();
    const atFirst = anonymousOf(first);
    await load((await connect(first.uri)).db('d').collection('things'));
    await first.kill('SIGTERM');

    const again = await host();
    const things = (await connect(again.uri)).db('d').collection<Numbered>('things');
    const found = await things.findOne({ _id: documents - 1 });
    const opened = anonymousOf(again) - atFirst;
    for (let at = 0; at < 500; at += 1) await things.findOne({ _id: (at * 7_919) % documents });
    const read = anonymousOf(again) - atFirst;

    expect(found?.text).to.equal(text);
    expect(opened, 'MB after opening').to.be.below(mostMegabytes);
    expect(read, 'MB after finds').to.be.below(mostMegabytes);
  });
});

async function load(things: Collection<Numbered>): Promise<void> {
  for (let from = 0; from < documents; from += 1_000)
    await things.insertMany(Array.from({ length: 1_000 }, (_, at) => ({ _id: from + at, group: at % 100, text })));
}

const anonymousOf = ({ pid }: Host): number =>
  Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
