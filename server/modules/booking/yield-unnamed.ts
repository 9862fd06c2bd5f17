import { now } from '../../platform/clock.ts';
import { recordEvent, systemActor } from '../history/index.ts';
import { postMessage } from '../mail/index.ts';
import { runsWithNamesDeadline } from '../scheduling/index.ts';
import { unnamedIn } from './ask-for-names.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import { aboutBooking } from './give-places.ts';
import { inLaneOf, type OpenRun } from './lane.ts';
import { partedBy } from './leaving.rules.ts';
import { ledgersOf, release, startWaiting } from './ledger.ts';
import { namesUntil } from './names.rules.ts';
import { splitOff } from './split-off.ts';
import { startOfUnits } from './units.rules.ts';

/** The sweep: where a run says so, places still without names after its last day for them make way for those who wait. */
export async function yieldUnnamed(): Promise<void> {
  const runs = (await runsWithNamesDeadline()).filter(({ afterNames }) => afterNames === 'wait');
  const over = runs.filter((run) => (namesUntil(run) ?? run.startsAt) <= now());
  const ledgers = await ledgersOf(over.map(({ id }) => id));
  for (const { id } of over) if ((ledgers.get(id)?.waiting ?? 0) > 0) await yieldIn(id);
}

/** Whoever came to places after that day keeps them: there was no time to name anybody. */
function yieldIn(runId: string): Promise<void> {
  return inLaneOf(runId, async (open) => {
    const until = namesUntil(open.run);
    const isOver = until !== undefined && until <= open.at && open.run.afterNames === 'wait';
    const rows = isOver && open.run.status === 'published' ? await unnamedIn(runId) : [];
    for (const row of rows) if (hadPlacesBy(until, row) && isToYield(open, row)) await yieldPlaces(open, row);
    return () => undefined;
  });
}

/** Only while somebody waits for them who may still move up. */
function isToYield({ run, ledger, sessions, at }: OpenRun, row: BookingRow): boolean {
  const cutOffAt = startOfUnits(row.units, sessions, run.startsAt).getTime() - run.policy.cutOffHours * 3_600_000;
  const isWanted = ledger.units.some(({ unit, waiting }) => waiting > 0 && row.units.includes(unit));
  return isWanted && at.getTime() < cutOffAt;
}

function hadPlacesBy(until: Date | undefined, { states }: BookingRow): boolean {
  const confirmed = states.findLast(({ status }) => status === 'confirmed');
  return until !== undefined && confirmed !== undefined && confirmed.at < until;
}

async function yieldPlaces(open: OpenRun, row: BookingRow): Promise<void> {
  const parted = partedBy(row, { participantIds: [], unnamed: row.places - row.participants.length });
  if (!parted) return;
  const isWhole = parted.staying.places === 0;
  const part = isWhole ? row : (await splitOff(open, row, parted)).part;
  const number = isWhole ? open.ledger.nextNumber++ : part.number;
  const state = { status: 'waiting' as const, at: open.at, by: { kind: 'system' }, reason: 'names-missing' };
  await BookingModel.updateOne(
    { _id: part._id, status: 'confirmed' },
    {
      // They stand behind everybody: the turn of the booking they come from no longer counts.
      $set: { status: 'waiting', number, ...(part.splitFrom && { splitFrom: { ...part.splitFrom, number } }) },
      $push: { states: state },
    },
  );
  release(open.ledger, part);
  startWaiting(open.ledger, part);

  const bookingId = String(part._id);
  const about = { runId: open.run.id, bookingId };
  postMessage({ key: `names-lapsed:${bookingId}:${number}`, kind: 'names-lapsed', to: { bookingId }, about });
  const facts = { places: part.places, of: row.places, partId: bookingId };
  recordEvent(systemActor, { type: 'names-lapsed', about: aboutBooking(open, row), facts });
}
