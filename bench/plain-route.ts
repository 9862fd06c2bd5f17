import type { AddressInfo } from 'node:net';
import express from 'express';
import { MongoClient, type ObjectId } from 'mongodb';

/** The baseline of the catalogue: the same finds by the raw driver, and a ready string of the size that is asked for. */
const [, , uri = ''] = process.argv;
const client = await new MongoClient(uri, { maxPoolSize: 50 }).connect();
const database = client.db();
const ready = new Map<number, string>();

const app = express();
app.get('/', async (req, res) => {
  const runs = await database
    .collection<{ _id: ObjectId; seminarId: ObjectId }>('runs')
    .find({ status: 'published', startsAt: { $gte: new Date() } })
    .sort({ startsAt: 1, _id: 1 })
    .limit(51)
    .toArray();
  const ids = runs.map(({ _id }) => String(_id));
  await Promise.all([
    database
      .collection('seminars')
      .find({ _id: { $in: runs.map(({ seminarId }) => seminarId) } })
      .toArray(),
    database
      .collection<{ _id: string }>('places')
      .find({ _id: { $in: ids } })
      .toArray(),
    database.collection('providers').find().sort({ name: 1 }).toArray(),
  ]);
  const bytes = Number(req.query['bytes']);
  if (!ready.has(bytes)) ready.set(bytes, 'x'.repeat(bytes));
  res.type('html').send(ready.get(bytes));
});
const server = app.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
