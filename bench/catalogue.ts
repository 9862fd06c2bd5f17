import { ObjectId, type Db, type Document } from 'mongodb';
import { aRun, aSeminar } from '../server/demo/builders.ts';
import { median, rateOf, send } from './load.ts';
import type { Row, Stage } from './stage.ts';

const runs = 5_000;
const seminars = 100;
const pages = 400;
const together = 8;
const pairs = 5;

/** A catalogue page of 50 runs out of 5,000, against a route that makes the same finds and sends a ready string. */
export async function benchCatalogue({ database, startWeb, startScript }: Stage): Promise<Row[]> {
  await fill(database);
  const [web, plain] = [await startWeb(), await startScript('plain-route.ts')];
  const page = `${web}/?limit=50`;
  const { body, status } = await send(page);
  const shown = body.match(/href="\/runs\/[0-9a-f]{24}"/g)?.length ?? 0;
  if (status !== 200 || shown < 50) throw new Error(`The page answers ${status} and shows ${shown} runs.`);
  const size = Buffer.byteLength(body);

  const product = () => rateOf(pages, together, () => answered(page));
  const baseline = () => rateOf(pages, together, () => answered(`${plain}/?bytes=${size}`));
  await product();
  await baseline();
  const [mine, theirs]: [number[], number[]] = [[], []];
  for (let pair = 0; pair < pairs; pair += 1) {
    mine.push(await product());
    theirs.push(await baseline());
  }
  const ratio = median(mine.map((rate, pair) => rate / (theirs[pair] ?? rate)));
  return [
    {
      what: `catalogue page of 50 out of ${runs} runs (${Math.round(size / 1024)} kB)`,
      product: `${median(mine).toFixed(0)}/s`,
      baseline: `${median(theirs).toFixed(0)}/s same finds, ready string`,
      ratio,
      bar: '≥ 0.70',
      reached: ratio >= 0.7,
    },
  ];
}

async function answered(url: string): Promise<void> {
  const { status } = await send(url);
  if (status !== 200) throw new Error(`${url} answers ${status}.`);
}

/** One run is planned by the use case; the rest are its rows again, under new ids and later. */
async function fill(database: Db): Promise<void> {
  const seminarIds: ObjectId[] = [];
  for (let made = 0; made < seminars; made += 1)
    seminarIds.push(new ObjectId(await aSeminar({ title: `Interkulturelle Kompetenz, Reihe ${made}` })));
  const { id } = await aRun({ seminarId: String(seminarIds[0]) });
  const run = await database.collection('runs').findOne({ _id: new ObjectId(id) });
  const session = await database.collection('sessions').findOne({ runId: new ObjectId(id) });
  const ledger = await database.collection<{ _id: string }>('places').findOne({ _id: id });
  if (!run || !session || !ledger) throw new Error('The run is not there.');

  const copies = Array.from({ length: runs }, (_, index) => ({
    _id: new ObjectId(),
    shift: index * 3_600_000,
    seminarId: seminarIds[index % seminars],
  }));
  const later = (row: Document, shift: number) => ({
    startsAt: new Date((row['startsAt'] as Date).getTime() + shift),
    endsAt: new Date((row['endsAt'] as Date).getTime() + shift),
  });
  const insert = (name: string, rows: Document[]) => database.collection(name).insertMany(rows);
  await insert(
    'runs',
    copies.map(({ _id, shift, seminarId }) => ({ ...run, _id, seminarId, ...later(run, shift) })),
  );
  await insert(
    'sessions',
    copies.map(({ _id, shift }) => ({ ...session, _id: new ObjectId(), runId: _id, ...later(session, shift) })),
  );
  await insert(
    'places',
    copies.map(({ _id }) => ({ ...ledger, _id: String(_id) })),
  );
}
