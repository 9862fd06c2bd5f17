import { ObjectId, type Db } from 'mongodb';
import { aRoom, aRun, aTrainer, aVenue } from '../server/demo/builders.ts';
import { conflictsIn, type Occupied } from '../server/modules/scheduling/index.ts';
import { resourceDays } from '../server/modules/scheduling/resource-days.rules.ts';
import { median } from './load.ts';
import type { Row, Stage } from './stage.ts';

const days = 1_000;
const rooms = 100;
const planned = 20;
const pairs = 40;
const aDay = 86_400_000;
const firstDay = Date.parse('2027-01-04T00:00:00Z');

type World = { roomIds: string[]; trainerIds: string[] };

/** What speaks against a run of 20 sessions among 100,000, against one indexed find for each of them by the raw driver. */
export async function benchConflicts({ database }: Stage): Promise<Row[]> {
  const world = await fill(database);
  const plan = (number: number) => planOf(world, number);
  const found = await conflictsIn({ sessions: plan(0) });
  if (found.length !== 0) throw new Error(`The evening of the plan is not free: ${found.length} conflicts.`);
  const doubled = await conflictsIn({ sessions: plan(0).map((one) => ({ ...one, startsAt: morningOf(one) })) });
  if (doubled.length < planned) throw new Error(`Only ${doubled.length} conflicts were found in the morning.`);

  const product = (number: number) => timed(() => conflictsIn({ sessions: plan(number) }));
  const baseline = (number: number) => timed(() => oneFindEach(database, plan(number)));
  for (let warm = 0; warm < 5; warm += 1) {
    await product(warm);
    await baseline(warm);
  }
  const [mine, theirs]: [number[], number[]] = [[], []];
  for (let pair = 0; pair < pairs; pair += 1) {
    mine.push(await product(pair));
    theirs.push(await baseline(pair));
  }
  const ratio = median(mine.map((time, pair) => (theirs[pair] ?? time) / time));
  return [
    {
      what: `conflicts of a run of ${planned} sessions among ${days * rooms}`,
      product: `${median(mine).toFixed(1)} ms`,
      baseline: `${median(theirs).toFixed(1)} ms one indexed find per session`,
      ratio,
      bar: '≥ 0.20',
      reached: ratio >= 0.2,
    },
  ];
}

/** Twenty evenings, a week apart, in one room with one trainer, after what the room holds by day. */
function planOf({ roomIds, trainerIds }: World, number: number): Occupied[] {
  return Array.from({ length: planned }, (_, week) => {
    const day = firstDay + ((number * 11 + week * 7) % days) * aDay;
    return {
      id: `new-${week}`,
      runId: '',
      startsAt: new Date(day + 18 * 3_600_000),
      endsAt: new Date(day + 20 * 3_600_000),
      timeZone: 'Europe/Berlin',
      location: 'Lernhaus Mitte',
      roomId: roomIds[number % rooms] ?? '',
      trainerIds: [trainerIds[number % trainerIds.length] ?? ''],
    };
  });
}

function morningOf({ startsAt }: Occupied): Date {
  return new Date(startsAt.getTime() - 8 * 3_600_000);
}

async function oneFindEach(database: Db, sessions: readonly Occupied[]): Promise<void> {
  for (const { roomId, startsAt, endsAt } of sessions)
    await database
      .collection('sessions')
      .find({
        roomId: new ObjectId(roomId),
        startsAt: { $gt: new Date(startsAt.getTime() - aDay), $lt: endsAt },
        endsAt: { $gt: startsAt },
      })
      .toArray();
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}

/** A hundred rooms, each taken by day on a thousand days, by runs of twenty sessions. */
async function fill(database: Db): Promise<World> {
  const venueId = await aVenue();
  const roomIds: string[] = [];
  const trainerIds: string[] = [];
  for (let made = 0; made < rooms; made += 1) {
    roomIds.push(await aRoom({ venueId, name: `Raum ${made}` }));
    trainerIds.push((await aTrainer()).person.id);
  }
  const { id } = await aRun();
  const run = await database.collection('runs').findOne({ _id: new ObjectId(id) });
  const session = await database.collection('sessions').findOne({ runId: new ObjectId(id) });
  if (!run || !session) throw new Error('The run is not there.');

  for (const [index, roomId] of roomIds.entries()) {
    const runIds = Array.from({ length: days / planned }, () => new ObjectId());
    await database.collection('runs').insertMany(runIds.map((_id) => ({ ...run, _id })));
    await database.collection('sessions').insertMany(
      Array.from({ length: days }, (_, day) => {
        const startsAt = new Date(firstDay + day * aDay + 8 * 3_600_000);
        const endsAt = new Date(startsAt.getTime() + 7 * 3_600_000);
        const trainer = trainerIds[index] ?? '';
        return {
          ...session,
          _id: new ObjectId(),
          runId: runIds[Math.floor(day / planned)],
          startsAt,
          endsAt,
          roomId: new ObjectId(roomId),
          trainerIds: [new ObjectId(trainer)],
          resourceDays: resourceDays({ startsAt, endsAt, roomId, trainerIds: [trainer] }),
        };
      }),
    );
  }
  return { roomIds, trainerIds };
}
