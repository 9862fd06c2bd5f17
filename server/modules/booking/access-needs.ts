import { now } from '../../platform/clock.ts';
import type { Actor } from '../history/index.ts';
import { runsByIds, runToPlan } from '../scheduling/index.ts';
import type { AccessFeature } from '../venues/index.ts';
import { AccessNeedModel } from './access-need.model.ts';
import type { AccessInput, BookPlaces } from './booking.input.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import type { BookingStatus } from './booking.types.ts';

/** What one participant needs. `name`: for whoever prepares the session. */
export type AccessNeed = { name: string; features: AccessFeature[]; note: string };

const keptAfterEnd = 7 * 86_400_000;
const active: BookingStatus[] = ['requested', 'waiting', 'offered', 'confirmed'];

/** Keeps what the participants of a new booking have said they need, in the open transaction. */
export async function keepAccessNeeds({ runId, participants }: BookingRow, request: BookPlaces): Promise<void> {
  const said = request.participants?.map(({ access }) => access) ?? [request.access];
  for (const [index, { key }] of participants.entries()) {
    const access = said[index];
    if (access && !isEmpty(access)) await keep(runId, key, access);
  }
}

/** Forgets what the persons of a booking need once they are no longer in the run, in the open transaction. */
export async function forgetAccessNeeds({ _id, runId, participants }: BookingRow): Promise<void> {
  const ids = participants.map(({ key }) => idOf(runId, key));
  const kept = await AccessNeedModel.find({ _id: { $in: ids } }).lean();
  if (kept.length === 0) return;
  const keys = kept.map(({ key }) => key);
  const others = await peopleIn(runId);
  const stay = new Set(others.flatMap((row) => (row._id.equals(_id) ? [] : row.participants.map(({ key }) => key))));
  await AccessNeedModel.deleteMany({
    _id: { $in: keys.filter((key) => !stay.has(key)).map((key) => idOf(runId, key)) },
  });
}

/** Takes what they need along to another run, in the open transaction. */
export async function carryAccessNeeds({ runId, participants }: BookingRow, toRunId: string): Promise<void> {
  const ids = participants.map(({ key }) => idOf(runId, key));
  const kept = await AccessNeedModel.find({ _id: { $in: ids } }).lean();
  if (kept.length === 0) return;
  await AccessNeedModel.deleteMany({ _id: { $in: ids } });
  for (const { key, features, note } of kept) await keep(toRunId, key, { features, note });
}

/** What those who sit or wait in a run need, for its coordinator. @throws not-found */
export async function accessNeedsOfRun(actor: Actor, runId: string): Promise<AccessNeed[]> {
  await runToPlan(actor, runId);
  return accessNeedsIn(runId);
}

/** The same, asking for no permission: for those inside. */
export async function accessNeedsIn(runId: string): Promise<AccessNeed[]> {
  const rows = await AccessNeedModel.find({ runId }).lean();
  if (rows.length === 0) return [];
  const bookings = await peopleIn(runId);
  const names = new Map(bookings.flatMap((row) => row.participants.map(({ key, name }) => [key, name] as const)));
  return rows
    .map(({ key, features, note }) => ({ name: names.get(key) ?? '', features, note }))
    .toSorted((one, other) => one.name.localeCompare(other.name, 'de'));
}

/** All who sit or wait in the run: they are few enough to be looked through here, and an index of persons would be large. */
function peopleIn(runId: string): Promise<Pick<BookingRow, '_id' | 'participants'>[]> {
  return BookingModel.find({ runId, status: { $in: active } }, { participants: 1 }).lean();
}

/** How many people need what: what a room is matched with. */
export function declaredIn(needs: readonly AccessNeed[]): Map<AccessFeature, number> {
  const counts = new Map<AccessFeature, number>();
  for (const feature of needs.flatMap(({ features }) => features)) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  return counts;
}

/** The sweep: forgets what was needed in runs that ended more than seven days ago, or are no longer there. */
export async function sweepAccessNeeds(): Promise<void> {
  const runIds: string[] = await AccessNeedModel.distinct('runId');
  const runs = await runsByIds(runIds);
  const until = new Date(now().getTime() - keptAfterEnd);
  const over = runIds.filter((id) => (runs.get(id)?.endsAt ?? until) <= until);
  if (over.length > 0) await AccessNeedModel.deleteMany({ runId: { $in: over } });
}

async function keep(runId: string, key: string, { features = [], note = '' }: AccessInput): Promise<void> {
  const row = { runId, key, features, note };
  await AccessNeedModel.updateOne({ _id: idOf(runId, key) }, { $set: row }, { upsert: true });
}

function isEmpty({ features = [], note = '' }: AccessInput): boolean {
  return features.length === 0 && note === '';
}

function idOf(runId: string, key: string): string {
  return `${runId}:${key}`;
}
