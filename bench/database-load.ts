import { MongoClient } from 'mongodb';

/* Loads the database at a URI as fully as one process can, for some seconds. */
const durationMs = 10_000;
const together = 32;

const client = await new MongoClient(process.argv[2] ?? '', { maxPoolSize: together }).connect();
const things = client.db('load').collection('things');
await things.createIndexes([{ key: { n: 1 } }, { key: { group: 1, n: -1 } }]);
const end = Date.now() + durationMs;
let acts = 0;
const work = async () => {
  while (Date.now() < end) {
    const n = (acts += 1);
    await things.insertOne({ n, group: n % 20, text: 'x'.repeat(900) });
    await things.updateOne({ n: n >> 1 }, { $inc: { seen: 1 } });
    await things
      .find({ group: n % 20 })
      .sort({ n: -1 })
      .limit(50)
      .toArray();
  }
};
await Promise.all(Array.from({ length: together }, work));
console.log(`load: ${((acts * 3_000) / durationMs).toFixed(0)} commands a second`);
await client.close();
