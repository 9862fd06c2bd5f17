import type { AddressInfo } from 'node:net';
import express from 'express';
import { MongoClient, type ObjectId } from 'mongodb';

/** The baseline of pages: the same finds by the raw driver, and a ready string of the size that is asked for. */
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
  res.type('html').send(readyOf(Number(req.query['bytes'])));
});

app.get('/month/:month', async (req, res) => {
  const from = new Date(`${req.params.month}-01T00:00:00Z`);
  const to = new Date(from.getTime() + 31 * 86_400_000);
  const runs = await database
    .collection('runs')
    .find({ providerId: 'vhs-hannover', startsAt: { $lt: to }, endsAt: { $gt: from } })
    .project({ seminarId: 1, providerId: 1, status: 1 })
    .limit(2_000)
    .toArray();
  await database
    .collection('sessions')
    .find({ runId: { $in: runs.map(({ _id }) => _id) }, startsAt: { $gte: from, $lt: to } })
    .sort({ startsAt: 1 })
    .toArray();
  await database
    .collection('seminars')
    .find({ _id: { $in: runs.map(({ seminarId }) => seminarId) } })
    .toArray();
  res.type('html').send(readyOf(Number(req.query['bytes'])));
});

function readyOf(bytes: number): string {
  const text = ready.get(bytes) ?? 'x'.repeat(bytes);
  ready.set(bytes, text);
  return text;
}

const server = app.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
