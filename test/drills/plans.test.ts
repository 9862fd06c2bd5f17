import { expect } from 'chai';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { prepareDelivery } from '../../jobs/deliver-mail.ts';
import { relayEvents } from '../../jobs/relay-events.ts';
import { coordinators, networkCoordinator, secretary, trainers } from '../../server/demo/cast.ts';
import { seedDemo } from '../../server/demo/index.ts';
import {
  askForDecisions,
  askForNames,
  holderOf,
  lapseOffers,
  sendDetailsLinks,
  yieldUnnamed,
} from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { openTransport } from '../../server/modules/mail/index.ts';
import { connectDatabase, databaseClient, disconnectDatabase } from '../../server/platform/database.ts';
import { aBooking, aPerson, aRun } from '../support/builders.ts';
import { beginDrill } from '../support/drill.ts';
import { freshDatabase, testDatabase } from '../support/hooks.ts';
import { growTo } from '../support/many-runs.ts';
import { Visitor } from '../support/page.ts';
import { queriesDuring, type Shape } from '../support/query-shapes.ts';
import { askForCode, codeOf } from '../support/signed-in.ts';
import { call, networkToken } from '../api/door.ts';

/**
 * What is read whole, because all of it is shown or searched, and is small by its nature: a network has some dozen
 * providers and venues, and some hundred seminars, whose words are searched at any place.
 */
const readWhole = /^(providers|venues|schoolYears|seminars)\./;
/** Two spans that overlap: an index bounds one end of them, and the other one has to be looked at. */
const overlaps = /"startsAt":\{("\$gt":"\?",)?"\$lt":"\?"\},"endsAt":\{"\$gt":"\?"\}/;
/** For each document that is wanted this many may be looked at, and so many brought into order afterwards. */
const examinedForOne = 5;
const mostSorted = 200;

type Explained = { shape: string; stages: string[]; docs: number; keys: number; returned: number };

describe('the drill of query plans (needs explain, which the other engine lacks)', () => {
  const drill = beginDrill('plans');
  let shapes: Shape[] = [];

  before(async function (this: Mocha.Context) {
    if (process.env['MONGODB_URI']) this.skip();
    this.timeout(1_800_000);
    const say = drill.clock();
    await freshDatabase();
    await reconnect('?monitorCommands=true');
    const seeding = await queriesDuring(databaseClient(), async () => void (await seedDemo()));
    await growTo(drill.times(100_000, 1_500));
    shapes = [...seeding, ...(await queriesDuring(databaseClient(), walk))];
    say(`${shapes.length} shapes of queries over ${await count('runs')} runs and ${await count('bookings')} bookings`);
  });
  after(async function (this: Mocha.Context) {
    if (!process.env['MONGODB_URI']) await reconnect('');
  });

  it('sees the queries of the doors and of the jobs', () => {
    const asked = new Set(shapes.map(({ shape }) => shape.split(' ', 1)[0]));

    for (const one of ['runs.find', 'sessions.find', 'places.find', 'bookings.find', 'messages.find', 'events.find'])
      expect(asked).to.include(one);
    expect(asked).to.include('places.findAndModify');
    expect(shapes.length).to.be.above(60);
  });

  it('finds an index for each, which leads to little more than what is wanted, in the order it is wanted in', async function () {
    this.timeout(600_000);
    const bad: string[] = [];
    for (const { shape, examples } of shapes.filter(isAboutMuch))
      for (const example of examples) bad.push(...faultsOf(await explained(shape, example)));

    expect([...new Set(bad)], 'queries without a good plan').to.deep.equal([]);
  });

  it('would notice a query without an index, one that sorts, and one that looks at too much', async () => {
    const found = await Promise.all([
      explained('no index', { find: 'runs', filter: { location: 'nowhere' } }),
      explained('sorts', { find: 'runs', filter: { status: 'published' }, sort: { location: 1 } }),
      explained('too much', { find: 'runs', filter: { status: 'published', location: 'nowhere' } }),
    ]);

    expect(found.map((one) => faultsOf(one).length)).to.deep.equal([1, 1, 1]);
  });
});

const isAboutMuch = ({ shape }: Shape): boolean => !readWhole.test(shape);

function faultsOf({ shape, stages, docs, returned }: Explained): string[] {
  const says = `${shape}: ${stages.join(' < ')}, ${docs} examined for ${returned}`;
  const isScanned = stages.includes('COLLSCAN');
  const isSorted = stages.includes('SORT') && docs > mostSorted;
  const isTooMuch = docs > examinedForOne * Math.max(returned, 1) && !overlaps.test(shape);
  return isScanned || isSorted || isTooMuch ? [says] : [];
}

async function explained(shape: string, example: object): Promise<Explained> {
  const plan = await mongoose.connection.db!.command({ explain: example, verbosity: 'executionStats' });
  const { executionStats: stats } = plan;
  const winner = JSON.stringify(plan['queryPlanner'].winningPlan);
  return {
    shape,
    stages: [...winner.matchAll(/"stage":"(\w+)"/g)].map(([, stage]) => String(stage)),
    docs: stats.totalDocsExamined,
    keys: stats.totalKeysExamined,
    returned: stats.nReturned,
  };
}

const count = (name: string): Promise<number> => mongoose.connection.collection(name).estimatedDocumentCount();

async function reconnect(options: string): Promise<void> {
  const { uri } = await testDatabase();
  await disconnectDatabase();
  await connectDatabase(options ? `${uri}${uri.includes('?') ? '&' : '?'}${options.slice(1)}` : uri);
}

/** Goes everywhere: each visitor through the pages, the API, and what the jobs do about it. */
async function walk(): Promise<void> {
  const run = await aRun({ capacity: 2 });
  const bookings = [await aBooking({ runId: run.id }), await aBooking({ runId: run.id, places: 2 })];
  await workThroughJobs();
  await walkApi(run.id, bookings.at(-1)?.token ?? '');
  const start = ['/', ...catalogueQueries, `/runs/${run.id}`, `/bookings/${bookings[0]?.token}`];
  await fillInOwnDetails(bookings.at(-1)?.token ?? '');
  await walkPages(new Visitor(), start);
  for (const { email } of [networkCoordinator, coordinators[0], trainers[0], secretary].filter(
    (one) => one !== undefined,
  ))
    await walkPages(await visitorOf(email), [
      '/',
      '/desk',
      '/desk/seminars',
      '/trainer',
      '/institution',
      `/desk/runs/${run.id}`,
    ]);
  await cancelAll(bookings.map(({ token }) => token));
  await workThroughJobs();
}

/** Somebody says by a link who sits in a place without a name. */
async function fillInOwnDetails(bookingToken: string): Promise<void> {
  const { bookingId } = await holderOf(bookingToken);
  const { detailsLinks } = await sendDetailsLinks(systemActor, { bookingId, emails: [aPerson().email] });
  await new Visitor().post(`/details/${detailsLinks?.[0]?.token}`, aPerson());
}

const catalogueQueries = [
  '/?limit=50',
  '/?text=Kompetenz',
  '/?text=zzz',
  '/?kind=modular-course',
  '/?provider=vhs-hannover',
  '/?language=de',
  '/?free=true',
  '/?from=2026-12-01&to=2027-03-01',
  '/?text=Schule&kind=day-seminar&provider=kargah&language=de&free=true&from=2026-12-01',
];

async function visitorOf(email: string): Promise<Visitor> {
  const visitor = new Visitor();
  const id = await askForCode(visitor, email);
  await visitor.post('/sign-in/code', { code: await codeOf(id) });
  return visitor;
}

/** Opens whatever a page links to; of addresses that differ in their ids only, two. */
async function walkPages({ agent }: Visitor, start: string[]): Promise<void> {
  const opened = new Map<string, number>();
  const waiting = new Set(start);
  for (const path of waiting) {
    const pattern = path.replaceAll(/[0-9a-f]{24}[^/?&]*/g, ':id').replaceAll(/=[^&]*/g, '=');
    const times = opened.get(pattern) ?? 0;
    if (times >= 2 && !start.includes(path)) continue;
    opened.set(pattern, times + 1);
    const { text } = await agent.get(path);
    for (const [, link = ''] of text.matchAll(/href="(\/[^"#]*)"/g))
      if (!link.startsWith('/assets')) waiting.add(link.replaceAll('&amp;', '&'));
  }
}

async function walkApi(runId: string, bookingToken: string): Promise<void> {
  const token = await networkToken();
  for (const query of ['', '?limit=2', '?text=Schule&kind=day-seminar', '?provider=kargah&language=de&free=true'])
    await call('get', `/runs${query}`);
  await call('get', '/runs?from=2026-12-01&to=2027-06-30&limit=100');
  await call('get', `/runs/${runId}`);
  await call('get', `/runs/${runId}/queue`, { token });
  await call('patch', `/runs/${runId}`, { token, body: { capacity: 1 } });
  await call('patch', `/runs/${runId}`, { token, body: { capacity: 5 } });
  const headers = { 'Idempotency-Key': 'a-key-of-the-walk' };
  for (let times = 0; times < 2; times += 1)
    await call('post', `/runs/${runId}/bookings`, { body: { booker: aPerson() }, headers });
  await call('get', `/bookings/${bookingToken}`);
}

async function cancelAll(tokens: string[]): Promise<void> {
  for (const token of tokens) await call('post', `/bookings/${token}/cancellation`);
}

async function workThroughJobs(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'mosaik-plans-'));
  const transport = openTransport({ directory });
  try {
    const mailFrom = { name: 'Mosaik', email: 'mosaik@example.org' };
    const { sendDueMail } = prepareDelivery(transport, { mailFrom, baseUrl: 'https://mosaik.example.org' });
    await relayEvents();
    await sendDueMail({});
    await askForDecisions();
    await askForNames();
    await yieldUnnamed();
    await lapseOffers();
  } finally {
    await transport.close();
    await rm(directory, { recursive: true, force: true });
  }
}
