import mongoose from 'mongoose';
import type { mongo } from 'mongoose';

type Document = mongo.BSON.Document;

const batch = 1_000;
const hour = 3_600_000;

/**
 * Puts copies of the runs that are there into the database until there are `wanted`, past and to come, each with its
 * sessions and its ledger, and most with a booking, its events and a few of its messages: rows as Mosaik writes them, under
 * new ids. More of each would fill for hours what no query looks at.
 */
export async function growTo(wanted: number): Promise<void> {
  const samples = await samplesOf(await rowsOf('runs'));
  const missing = wanted - samples.length;
  for (let made = 0; made < missing; made += batch) {
    const rows = new Map<string, Document[]>();
    const add = (name: string, row: Document): void => {
      const list = rows.get(name);
      if (list) list.push(row);
      else rows.set(name, [row]);
    };
    for (let at = made; at < Math.min(missing, made + batch); at += 1) {
      const sample = samples[at % samples.length];
      // Twenty years around the run that is copied.
      const turn = Math.floor(at / samples.length);
      if (sample) copy(sample, turn, ((at * 7_919) % 175_200) * hour - 87_600 * hour, add);
    }
    for (const [name, list] of rows) await collection(name).insertMany(list, { ordered: false });
  }
}

const collection = (name: string) => mongoose.connection.collection<Document>(name);
const rowsOf = (name: string, filter: Document = {}): Promise<Document[]> => collection(name).find(filter).toArray();

type Sample = { run: Document; sessions: Document[]; ledger?: Document; bookings: Booked[] };
type Booked = { booking: Document; events: Document[]; messages: Document[] };

async function samplesOf(runs: Document[]): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const run of runs) {
    const id = String(run['_id']);
    const [ledger] = await rowsOf('places', { _id: id });
    const bookings: Booked[] = [];
    for (const booking of (await rowsOf('bookings', { runId: id })).slice(0, 2)) {
      const about = { 'about.bookingId': String(booking['_id']) };
      const messages = (await rowsOf('messages', about)).filter((_, at) => at % 4 === 0);
      bookings.push({ booking, events: await rowsOf('events', about), messages });
    }
    const sessions = await rowsOf('sessions', { runId: run['_id'] });
    samples.push({ run, sessions, ...(ledger && { ledger }), bookings });
  }
  return samples;
}

type Add = (name: string, row: Document) => void;

function copy({ run, sessions, ledger, bookings }: Sample, turn: number, shift: number, add: Add): void {
  const runId = new mongoose.Types.ObjectId();
  add('runs', { ...laterRun(run, shift), _id: runId });
  if (ledger) add('places', { ...ledger, _id: String(runId) });
  for (const session of sessions)
    add('sessions', { ...later(session, shift), _id: new mongoose.Types.ObjectId(), runId, resourceDays: [] });
  const booked = bookings[turn % bookings.length];
  if (booked) {
    const { booking, events, messages } = booked;
    const id = new mongoose.Types.ObjectId();
    const { requestKey: _key, ...rest } = booking;
    const about = { runId: String(runId), bookingId: String(id) };
    add('bookings', { ...rest, _id: id, runId: String(runId) });
    for (const { pending: _pending, ...event } of events)
      add('events', { ...event, _id: new mongoose.Types.ObjectId(), about: { ...event['about'], ...about } });
    for (const [at, message] of messages.entries())
      add('messages', {
        ...message,
        _id: new mongoose.Types.ObjectId(),
        key: `${String(id)}:${at}`,
        about: { ...message['about'], ...about },
        state: 'sent',
        dueAt: new Date(Number(message['dueAt']) + shift),
      });
  }
}

/** A public run whose last session is over is closed by the sweep. */
function laterRun(run: Document, shift: number): Document {
  const moved = later(run, shift);
  const isOver = run['status'] === 'published' && moved['endsAt'] <= new Date();
  const starts: Document[] | undefined = run['moduleStarts'];
  return {
    ...moved,
    ...(isOver && { status: 'completed' }),
    ...(starts && { moduleStarts: starts.map((one) => ({ ...one, at: new Date(Number(one['at']) + shift) })) }),
  };
}

function later(row: Document, shift: number): Document {
  const moved = (field: string): Date => new Date(Number(row[field]) + shift);
  return { ...row, startsAt: moved('startsAt'), endsAt: moved('endsAt') };
}
