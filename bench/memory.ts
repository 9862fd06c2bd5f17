import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient, type Collection } from 'mongodb';
import { startHost, type Host } from './engines.ts';
import { median } from './load.ts';
import type { Row } from './stage.ts';

const documents = Number(process.env['BENCH_DOCUMENTS'] ?? 1_000_000);
const mostOpeningMs = 3_000;
const mostMegabytes = 400;
const reads = 2_000;

type Numbered = { _id: number; group: number; text: string };

/** A million documents of 1 kB: what they cost to hold, to open, to read, to index and to remove. */
export async function benchMemory(): Promise<Row[]> {
  const directory = await mkdtemp(join(tmpdir(), 'mosaik-bench-memory-'));
  const rows: Row[] = [];
  const note = (what: string, mebibytes: number): void => {
    const shown = `${mebibytes.toFixed(0)} MB`;
    console.log(`${what}: ${shown}`);
    rows.push({ what, product: shown, baseline: '', bar: `< ${mostMegabytes} MB`, reached: mebibytes < mostMegabytes });
  };
  try {
    const inSmall = await during(directory, 'small', async (_, collection) => {
      await load(collection, 1_000);
      return findsASecond(collection, 1_000);
    });
    await during(directory, 'large', async (host, collection) => {
      note(
        `RssAnon at most while ${documents} documents are loaded`,
        await most(host, () => load(collection, documents)),
      );
    });
    const begin = performance.now();
    await during(directory, 'large', async (host, collection) => {
      await collection.findOne({ _id: 1 });
      rows.push(openingRow(performance.now() - begin));
      note('RssAnon after opening', anonymousOf(host));
      const inLarge = await findsASecond(collection, documents);
      rows.push(findRow(inSmall, inLarge));
      note('RssAnon after finds', anonymousOf(host));
      note('RssAnon at most while an index is built', await most(host, () => collection.createIndex({ group: 1 })));
      const remove = (): Promise<unknown> => collection.deleteMany({ group: { $lt: 50 } });
      note('RssAnon at most while half of them are removed', await most(host, remove));
    });
    return rows;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function during<T>(
  directory: string,
  name: string,
  act: (host: Host, collection: Collection<Numbered>) => Promise<T>,
): Promise<T> {
  const host = await startHost(directory);
  const client = await new MongoClient(host.uri).connect();
  try {
    return await act(host, client.db('bench').collection<Numbered>(name));
  } finally {
    await client.close();
    await host.close();
  }
}

async function load(collection: Collection<Numbered>, count: number): Promise<void> {
  for (let from = 0; from < count; from += 1_000)
    await collection.insertMany(
      Array.from({ length: 1_000 }, (_, at) => ({ _id: from + at, group: at % 100, text: 'x'.repeat(960) })),
    );
}

async function findsASecond(collection: Collection<Numbered>, count: number): Promise<number> {
  const rates: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const begin = performance.now();
    for (let at = 0; at < reads / 5; at += 1) await collection.findOne({ _id: Math.floor(Math.random() * count) });
    rates.push((reads * 200) / (performance.now() - begin));
  }
  return median(rates);
}

/** The most anonymous memory, in MB, that the host had while something was done. */
async function most(host: Host, act: () => Promise<unknown>): Promise<number> {
  let highest = 0;
  const look = setInterval(() => (highest = Math.max(highest, anonymousOf(host))), 50);
  try {
    await act();
  } finally {
    clearInterval(look);
  }
  return Math.max(highest, anonymousOf(host));
}

function anonymousOf({ pid }: Host): number {
  return Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
}

function openingRow(milliseconds: number): Row {
  console.log(`opening: ${milliseconds.toFixed(0)} ms`);
  return {
    what: `from the start of the process to the first answer, ${documents} documents`,
    product: `${milliseconds.toFixed(0)} ms`,
    baseline: '',
    bar: `≤ ${mostOpeningMs} ms`,
    reached: milliseconds <= mostOpeningMs,
  };
}

function findRow(inSmall: number, inLarge: number): Row {
  console.log(`finds: ${inSmall.toFixed(0)}/s of 1000, ${inLarge.toFixed(0)}/s of ${documents}`);
  return {
    what: `finds by _id among ${documents}, against 1,000`,
    product: `${inLarge.toFixed(0)}/s`,
    baseline: `${inSmall.toFixed(0)}/s`,
    ratio: inLarge / inSmall,
    bar: '≥ 0.67',
    reached: inLarge / inSmall >= 1 / 1.5,
  };
}
