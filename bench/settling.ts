import { aPerson, aRun } from '../server/demo/builders.ts';
import { bookPlaces, cancelBooking } from '../server/modules/booking/index.ts';
import { anyone, systemActor } from '../server/modules/history/index.ts';
import { median } from './load.ts';
import type { Row } from './stage.ts';

const places = 30;
const [few, many] = [10, 1_000];
const pairs = 30;
const most = 1.5;
const orders = ['strict', 'fill', 'split'] as const;

type Order = (typeof orders)[number];
type Full = { runId: string; seated: string[]; waiting: string[] };

/** One place given back and taken by whoever waits longest: with ten waiting, and with a thousand. */
export async function benchSettling(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const order of orders) rows.push(await benchOrder(order));
  return rows;
}

async function benchOrder(order: Order): Promise<Row> {
  const [short, long] = [await fullRun(order, few), await fullRun(order, many)];
  for (let warm = 0; warm < 5; warm += 1) await replaceOne(short);
  const seen = [];
  for (let pair = 0; pair < pairs; pair += 1)
    seen.push({ short: await replaceOne(short), long: await replaceOne(long) });
  const ratio = median(seen.map((one) => one.long / one.short));
  return {
    what: `a place given back and promoted, policy ${order}: ${many} waiting`,
    product: `${median(seen.map(({ long: time }) => time)).toFixed(1)} ms`,
    baseline: `${median(seen.map(({ short: time }) => time)).toFixed(1)} ms with ${few} waiting`,
    ratio,
    bar: `≤ ${most.toFixed(2)}`,
    reached: ratio <= most,
  };
}

async function fullRun(order: Order, waiting: number): Promise<Full> {
  const { id: runId } = await aRun({ capacity: places, order });
  const booked = await Promise.all(
    Array.from({ length: places + waiting }, () => bookPlaces(anyone, { runId, booker: aPerson() })),
  );
  const ids = booked.map(({ id }) => id);
  return { runId, seated: ids.slice(0, places), waiting: ids.slice(places) };
}

/** Somebody cancels and the next moves up, in this many milliseconds; afterwards as many wait as before. */
async function replaceOne({ runId, seated, waiting }: Full): Promise<number> {
  const [leaving = '', next = ''] = [seated.shift(), waiting.shift()];
  const begin = performance.now();
  await cancelBooking(systemActor, { bookingId: leaving });
  const took = performance.now() - begin;

  seated.push(next);
  waiting.push((await bookPlaces(anyone, { runId, booker: aPerson() })).id);
  return took;
}
