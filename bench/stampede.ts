import { aPerson, aRun } from '../server/demo/builders.ts';
import { placesOfRuns } from '../server/modules/booking/index.ts';
import { verifyPromises } from '../server/modules/reports/index.ts';
import { median, percentile, rateOf, send } from './load.ts';
import { writeRaw, writesOfABooking } from './raw-booking.ts';
import type { Row, Stage } from './stage.ts';

const bookers = 500;
const places = 50;
const rounds = 3;

/** 500 bookers at the same moment for one run of 50 places, against the raw driver writing one booking after the other. */
export async function benchStampede({ database, startWeb }: Stage): Promise<Row[]> {
  const web = await startWeb();
  const baseRun = (await aRun({ capacity: 5_000 })).id;
  const written = await writesOfABooking(database, baseRun);
  const baseline = () => rateOf(100, 1, () => writeRaw(database.client, database, baseRun, written));

  await stampede(web);
  await baseline();
  const seen = [];
  for (let round = 0; round < rounds; round += 1) seen.push({ ...(await stampede(web)), raw: await baseline() });
  const stormed = new Set(seen.map(({ runId }) => runId));
  // What the baselines write makes no sense, and is not asked about.
  const broken = (await verifyPromises()).broken.filter(({ runId }) => stormed.has(runId)).length;

  const ratio = median(seen.map(({ rate, raw }) => rate / raw));
  const slowest = Math.max(...seen.map(({ p99 }) => p99));
  const refused = seen.reduce((sum, { failed }) => sum + failed, 0);
  const oversold = seen.some(({ held }) => held !== places) || broken > 0;
  return [
    {
      what: `${bookers} bookers at once for ${places} places`,
      product: `${median(seen.map(({ rate }) => rate)).toFixed(0)}/s`,
      baseline: `${median(seen.map(({ raw }) => raw)).toFixed(0)}/s raw driver, one at a time`,
      ratio,
      bar: '≥ 1.00',
      reached: ratio >= 1,
    },
    {
      what: 'the same: p99 of the answers',
      product: `${slowest.toFixed(0)} ms`,
      baseline: '',
      bar: '≤ 5,000 ms',
      reached: slowest <= 5_000,
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

async function stampede(web: string) {
  const runId = (await aRun({ capacity: places })).id;
  const begin = performance.now();
  const answers = await Promise.all(
    Array.from({ length: bookers }, () => send(`${web}/api/v1/runs/${runId}/bookings`, { booker: aPerson() })),
  );
  const rate = (bookers * 1000) / (performance.now() - begin);
  const held = (await placesOfRuns([runId])).get(runId)?.held ?? 0;
  const failed = answers.filter(({ status }) => status !== 201).length;
  return {
    runId,
    rate,
    held,
    failed,
    p99: percentile(
      answers.map(({ milliseconds }) => milliseconds),
      0.99,
    ),
  };
}
