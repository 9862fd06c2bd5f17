import { aPerson, aRun } from '../server/demo/builders.ts';
import { median, rateOf, send } from './load.ts';
import { writeRaw, writesOfABooking } from './raw-booking.ts';
import type { Row, Stage } from './stage.ts';

const runs = 100;
const together = 16;
const bookings = 300;
const pairs = 5;

/** Bookings over HTTP, spread over 100 runs, against the raw driver doing the same writes. */
export async function benchBooking({ database, startWeb }: Stage): Promise<Row[]> {
  const ids: string[] = [];
  for (let made = 0; made < runs; made += 1) ids.push((await aRun({ capacity: 5_000 })).id);
  const written = await writesOfABooking(database, ids[0] ?? '');
  const web = await startWeb();
  const runOf = (index: number) => ids[index % runs] ?? '';

  const product = () =>
    rateOf(bookings, together, async (index) => {
      const { status, body } = await send(`${web}/api/v1/runs/${runOf(index)}/bookings`, { booker: aPerson() });
      if (status !== 201) throw new Error(`A booking was answered with ${status}: ${body}`);
    });
  const raw = () => rateOf(bookings, together, (index) => writeRaw(database.client, database, runOf(index), written));

  await product();
  await raw();
  const [mine, theirs]: [number[], number[]] = [[], []];
  for (let pair = 0; pair < pairs; pair += 1) {
    mine.push(await product());
    theirs.push(await raw());
  }
  const ratio = median(mine.map((rate, pair) => rate / (theirs[pair] ?? rate)));
  return [
    {
      what: `booking over HTTP, ${runs} runs, ${together} at a time`,
      product: `${median(mine).toFixed(0)}/s`,
      baseline: `${median(theirs).toFixed(0)}/s raw driver, same writes`,
      ratio,
      bar: '≥ 0.35',
      reached: ratio >= 0.35,
    },
  ];
}
