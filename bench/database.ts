import { ObjectId, type Db, type Document, type MongoClient } from 'mongodb';
import { type Engine, openEmbeddedEngine, openOtherEngine } from './engines.ts';
import { median, rateOf } from './load.ts';
import type { Row } from './stage.ts';

const rows = 100_000;
const groups = 20;
const pairs = 5;
const day = 86_400_000;
const begin = Date.UTC(2026, 0, 1);

type Work = { what: string; count: number; together: number; atLeast?: number; act: (on: Engine) => Act };
type Act = (index: number) => Promise<unknown>;

const random = (below: number): number => Math.floor(Math.random() * below);

/** What the database is asked for. `atLeast`: how many times the other engine's rate. The empty command is the ceiling. */
const works: Work[] = [
  {
    what: 'an empty command, which is what driver and socket cost',
    count: 2_000,
    together: 1,
    act:
      ({ db }) =>
      () =>
        db.command({ ping: 1 }),
  },
  {
    what: 'single inserts, one after the other',
    count: 400,
    together: 1,
    atLeast: 2,
    act:
      ({ db }) =>
      () =>
        db.collection('inserted').insertOne(rowOf(random(rows))),
  },
  {
    what: 'single inserts, 16 at a time',
    count: 2_000,
    together: 16,
    act:
      ({ db }) =>
      () =>
        db.collection('inserted').insertOne(rowOf(random(rows))),
  },
  {
    what: 'updates by _id, one after the other',
    count: 400,
    together: 1,
    act:
      ({ db }) =>
      () =>
        numbered(db).updateOne({ _id: random(rows) }, { $inc: { seats: 1 } }),
  },
  {
    what: 'finds by _id',
    count: 2_000,
    together: 1,
    atLeast: 3,
    act:
      ({ db }) =>
      () =>
        numbered(db).findOne({ _id: random(rows) }),
  },
  {
    what: 'finds by an index',
    count: 2_000,
    together: 1,
    atLeast: 3,
    act:
      ({ db }) =>
      () =>
        numbered(db).findOne({ key: keyOf(random(rows)) }),
  },
  {
    what: 'a range of 50 with sort',
    count: 400,
    together: 1,
    atLeast: 2,
    act:
      ({ db }) =>
      () =>
        rangeOf(db, random(rows - 50)),
  },
  {
    what: 'counts of a twentieth',
    count: 40,
    together: 1,
    act:
      ({ db }) =>
      () =>
        numbered(db).countDocuments({ group: `group-${random(groups)}` }),
  },
  {
    what: 'transactions of four writes',
    count: 200,
    together: 1,
    atLeast: 2,
    act:
      ({ client, db }) =>
      () =>
        fourWrites(client, db),
  },
  {
    what: '50 transactions at a time on one document',
    count: 400,
    together: 50,
    atLeast: 3,
    act:
      ({ client, db }) =>
      () =>
        inTransaction(client, (session) =>
          db.collection('counters').updateOne({ name: 'one' }, { $inc: { n: 1 } }, { session }),
        ),
  },
];

/** The embedded database against the other engine: the same work over the same driver, in turns. */
export async function benchDatabase(): Promise<Row[]> {
  const engines = [await openEmbeddedEngine(), await openOtherEngine()].filter((engine) => engine !== undefined);
  if (engines.length === 1)
    console.log('There is no other engine to compare with: the embedded one is measured alone.');
  try {
    for (const engine of engines) await fill(engine.db);
    const table: Row[] = [];
    for (const work of works) table.push(await compare(work, engines));
    return table;
  } finally {
    for (const engine of engines) await engine.close();
  }
}

async function compare({ what, count, together, atLeast, act }: Work, engines: Engine[]): Promise<Row> {
  const rates: number[][] = engines.map(() => []);
  for (const engine of engines) await rateOf(Math.ceil(count / 4), together, act(engine));
  for (let pair = 0; pair < pairs; pair += 1)
    for (const [at, engine] of engines.entries()) rates[at]?.push(await rateOf(count, together, act(engine)));
  const [own = [], other] = rates;
  const ratio = other ? median(own.map((rate, pair) => rate / (other[pair] ?? rate))) : undefined;
  console.log(`${what}: ${median(own).toFixed(0)}/s${other ? ` against ${median(other).toFixed(0)}/s` : ''}`);
  return {
    what: `database: ${what}`,
    product: `${median(own).toFixed(0)}/s`,
    baseline: other ? `${median(other).toFixed(0)}/s ${engines[1]?.name}` : '',
    ...(ratio === undefined ? {} : { ratio }),
    bar: atLeast ? `≥ ${atLeast}` : '',
    reached: ratio === undefined || atLeast === undefined || ratio >= atLeast,
  };
}

type Numbered = Document & { _id: number };
const numbered = (db: Db) => db.collection<Numbered>('rows');

export async function fill(db: Db, many = rows): Promise<void> {
  await numbered(db).createIndexes([
    { key: { key: 1 }, unique: true },
    { key: { startsAt: 1 } },
    { key: { group: 1 } },
  ]);
  await db.collection('counters').insertOne({ name: 'one', n: 0 });
  await db.collection('counters').createIndex({ name: 1 });
  for (let from = 0; from < many; from += 1_000)
    await numbered(db).insertMany(
      Array.from({ length: 1_000 }, (_, at) => ({ ...rowOf(from + at), _id: from + at, key: keyOf(from + at) })),
    );
}

const keyOf = (at: number): string => `key-${at}`;

function rowOf(at: number): Document {
  return {
    group: `group-${at % groups}`,
    status: 'published',
    startsAt: new Date(begin + at * 60_000),
    endsAt: new Date(begin + at * 60_000 + day),
    title: `Interkulturelle Kompetenz in der Verwaltung, Durchgang ${at}`,
    seats: 20,
    policy: { order: 'strict', promotion: 'offer', hours: 48 },
    location: { name: 'Haus der Begegnung', address: 'Musterstraße 1, 30159 Hannover' },
    history: [{ by: new ObjectId(), at: new Date(begin) }],
  };
}

async function rangeOf(db: Db, from: number): Promise<void> {
  const startsAt = { $gte: new Date(begin + from * 60_000), $lt: new Date(begin + (from + 50) * 60_000) };
  const found = await numbered(db).find({ startsAt }).sort({ startsAt: 1 }).toArray();
  if (found.length !== 50) throw new Error(`The range has ${found.length} rows.`);
}

async function fourWrites(client: MongoClient, db: Db): Promise<void> {
  const at = random(rows);
  await inTransaction(client, async (session) => {
    await numbered(db).updateOne({ _id: at }, { $inc: { seats: 1 } }, { session });
    await db.collection('inserted').insertOne(rowOf(at), { session });
    await db.collection('inserted').insertOne(rowOf(at + 1), { session });
    await numbered(db).updateOne({ _id: (at + 1) % rows }, { $inc: { seats: -1 } }, { session });
  });
}

type Session = ReturnType<MongoClient['startSession']>;

function inTransaction(client: MongoClient, work: (session: Session) => Promise<unknown>): Promise<unknown> {
  return client.withSession((session) =>
    session.withTransaction(() => work(session), {
      readConcern: { level: 'snapshot' },
      writeConcern: { w: 'majority', journal: true },
    }),
  );
}
