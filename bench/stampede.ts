import type { Db } from 'mongodb';
import { aPerson, aRun } from '../server/demo/builders.ts';
import { placesOfRuns } from '../server/modules/booking/index.ts';
import { verifyPromises } from '../server/modules/reports/index.ts';
import { median, percentile, rateOf, send, type Answer } from './load.ts';
import { writeRaw, writesOfABooking } from './raw-booking.ts';
import type { Row, Stage } from './stage.ts';

type Storm = { bookers: number; processes: number; least: number };

const places = 50;
const rounds = 3;
const inOrder = 0.9;

/** 500 bookers at the same moment for one run of 50 places, against the raw driver writing one booking after the other. */
export function benchStampede(stage: Stage): Promise<Row[]> {
  return benchStorm(stage, { bookers: 500, processes: 1, least: 1 });
}

/** The same with 2,000 bookers, who come to two processes in turn. */
export function benchRush(stage: Stage): Promise<Row[]> {
  return benchStorm(stage, { bookers: 2_000, processes: 2, least: 1.5 });
}

async function benchStorm({ database, startWeb }: Stage, { bookers, processes, least }: Storm): Promise<Row[]> {
  const webs: string[] = [];
  for (let started = 0; started < processes; started += 1) webs.push(await startWeb());
  const baseRun = (await aRun({ capacity: 5_000 })).id;
  const written = await writesOfABooking(database, baseRun);
  const baseline = () => rateOf(100, 1, () => writeRaw(database.client, database, baseRun, written));

  await storm(database, webs, bookers);
  await baseline();
  const seen = [];
  for (let round = 0; round < rounds; round += 1)
    seen.push({ ...(await storm(database, webs, bookers)), raw: await baseline() });
  const stormed = new Set(seen.map(({ runId }) => runId));
  // What the baselines write makes no sense, and is not asked about.
  const broken = (await verifyPromises()).broken.filter(({ runId }) => stormed.has(runId)).length;

  const ratio = median(seen.map(({ rate, raw }) => rate / raw));
  const slowest = Math.max(...seen.map(({ p99 }) => p99));
  const order = Math.min(...seen.map(({ tau }) => tau));
  const refused = seen.reduce((sum, { failed }) => sum + failed, 0);
  const oversold = seen.some(({ held }) => held !== places) || broken > 0;
  const who = `${bookers} bookers at once for ${places} places, ${processes === 1 ? 'one process' : `${processes} processes`}`;
  return [
    {
      what: who,
      product: `${median(seen.map(({ rate }) => rate)).toFixed(0)}/s`,
      baseline: `${median(seen.map(({ raw }) => raw)).toFixed(0)}/s raw driver, one at a time`,
      ratio,
      bar: `≥ ${least.toFixed(2)}`,
      reached: ratio >= least,
    },
    {
      what: 'the same: p99 of the answers',
      product: `${slowest.toFixed(0)} ms`,
      baseline: '',
      bar: '≤ 5,000 ms',
      reached: slowest <= 5_000,
    },
    {
      what: 'the same: numbers given in the order of arrival (Kendall’s tau)',
      product: order.toFixed(3),
      baseline: '',
      bar: `≥ ${inOrder}`,
      reached: order >= inOrder,
    },
    {
      what: 'the same: answers that were no 201, promises broken',
      product: `${refused}, ${oversold ? 'yes' : 'none'}`,
      baseline: '',
      bar: '0, none',
      reached: refused === 0 && !oversold,
    },
  ];
}

async function storm(database: Db, webs: readonly string[], bookers: number) {
  const runId = (await aRun({ capacity: places })).id;
  const begin = performance.now();
  const answers = await Promise.all(
    Array.from({ length: bookers }, (_, index) =>
      send(`${webs[index % webs.length] ?? ''}/api/v1/runs/${runId}/bookings`, { booker: aPerson() }),
    ),
  );
  const rate = (bookers * 1000) / (performance.now() - begin);
  const held = (await placesOfRuns([runId])).get(runId)?.held ?? 0;
  const taken = answers.filter(({ status }) => status === 201);
  const times = answers.map(({ milliseconds }) => milliseconds);
  const tau = kendallsTau(await numbersOf(database, runId, taken));
  return { runId, rate, held, failed: bookers - taken.length, p99: percentile(times, 0.99), tau };
}

/** The numbers that the bookings were given, in the order in which they were asked for. */
async function numbersOf(database: Db, runId: string, answers: readonly Answer[]): Promise<number[]> {
  const rows = await database
    .collection('bookings')
    .find({ runId }, { projection: { number: 1 } })
    .toArray();
  const numbers = new Map(rows.map(({ _id, number }) => [String(_id), Number(number)]));
  return answers.map(({ body }) => numbers.get(idIn(body)) ?? 0);
}

function idIn(body: string): string {
  const answer: unknown = JSON.parse(body);
  return answer instanceof Object && 'id' in answer ? String(answer.id) : '';
}

/** 1 where all pairs stand in order, -1 where all are turned round. */
function kendallsTau(numbers: readonly number[]): number {
  let agreeing = 0;
  let pairs = 0;
  for (const [index, one] of numbers.entries())
    for (const later of numbers.slice(index + 1)) {
      agreeing += Math.sign(later - one);
      pairs += 1;
    }
  return pairs === 0 ? 0 : agreeing / pairs;
}
