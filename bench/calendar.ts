import { ObjectId, type Db, type Document } from 'mongodb';
import { aCoordinator, aRun } from '../server/demo/builders.ts';
import { codeToSend } from '../server/modules/auth/index.ts';
import { median, rateOf, send } from './load.ts';
import type { Row, Stage } from './stage.ts';

const runs = 100;
const sessionsOfEach = 5;
const month = '2027-05';
const pages = 100;
const together = 4;
const pairs = 5;

/** A month of a provider with 500 sessions, against a route that makes the same finds and sends a ready string. */
export async function benchCalendar({ database, startWeb, startScript }: Stage): Promise<Row[]> {
  await fill(database);
  const [web, plain] = [await startWeb(), await startScript('plain-route.ts')];
  const cookie = await signIn(web);
  const page = `${web}/desk/calendar?on=${month}-15`;
  const { body, status } = await send(page, undefined, { cookie });
  const shown = body.match(/href="\/desk\/runs\/[0-9a-f]{24}"/g)?.length ?? 0;
  if (status !== 200 || shown < runs * sessionsOfEach)
    throw new Error(`The page answers ${status}, ${shown} sessions.`);
  const size = Buffer.byteLength(body);

  const product = () => rateOf(pages, together, () => answered(page, { cookie }));
  const baseline = () => rateOf(pages, together, () => answered(`${plain}/month/${month}?bytes=${size}`));
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
      what: `calendar month with ${shown} sessions (${Math.round(size / 1024)} kB)`,
      product: `${median(mine).toFixed(0)}/s`,
      baseline: `${median(theirs).toFixed(0)}/s same finds, ready string`,
      ratio,
      bar: '≥ 0.50',
      reached: ratio >= 0.5,
    },
  ];
}

async function answered(url: string, headers: Record<string, string> = {}): Promise<void> {
  const { status } = await send(url, undefined, headers);
  if (status !== 200) throw new Error(`${url} answers ${status}.`);
}

/** Signs a coordinator in over HTTP, with the code that the mail would say. */
async function signIn(web: string): Promise<string> {
  const { person } = await aCoordinator();
  const asked = await fetch(`${web}/sign-in`, form({ email: person.email }));
  const visit = cookiesOf(asked);
  const [, id = ''] = /mosaik-sign-in=([0-9a-f]{24})/.exec(visit) ?? [];
  const code = (await codeToSend(id))?.code ?? '';
  return cookiesOf(await fetch(`${web}/sign-in/code`, form({ code }, visit)));
}

function form(fields: Record<string, string>, cookie = ''): RequestInit {
  return { method: 'POST', body: new URLSearchParams(fields), headers: { cookie }, redirect: 'manual' };
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** One run is planned by the use case; the rest are its rows again, under new ids, all over the month. */
async function fill(database: Db): Promise<void> {
  const { id } = await aRun();
  const run = await database.collection('runs').findOne({ _id: new ObjectId(id) });
  const session = await database.collection('sessions').findOne({ runId: new ObjectId(id) });
  const ledger = await database.collection<{ _id: string }>('places').findOne({ _id: id });
  if (!run || !session || !ledger) throw new Error('The run is not there.');
  const { resourceDays: _none, ...free } = session;

  const day = (index: number, hour: number) =>
    new Date(`${month}-${String(1 + (index % 28)).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`);
  const span = { startsAt: day(0, 7), endsAt: day(27, 14) };
  const copies = Array.from({ length: runs }, () => ({ ...run, ...span, _id: new ObjectId() }));
  const insert = (name: string, rows: Document[]) => database.collection(name).insertMany(rows);
  await insert('runs', copies);
  await insert(
    'sessions',
    copies.flatMap(({ _id }, index) =>
      Array.from({ length: sessionsOfEach }, (_, number) => ({
        ...free,
        _id: new ObjectId(),
        runId: _id,
        startsAt: day(index * sessionsOfEach + number, 7),
        endsAt: day(index * sessionsOfEach + number, 14),
      })),
    ),
  );
  await insert(
    'places',
    copies.map(({ _id }) => ({ ...ledger, _id: String(_id) })),
  );
}
