import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { notFound } from '../../platform/errors.ts';
import { idInToken, isTokenFor, linkToken } from '../auth/index.ts';
import type { CalendarSession } from '../calendar/index.ts';
import { seminarsByIds, type Seminar } from '../catalogue/index.ts';
import { coordinates, isCoordinator, recordEvent, type Actor } from '../history/index.ts';
import { lastInvitations } from '../mail/index.ts';
import { personById, providerById } from '../people/index.ts';
import { roomsByIds, roomToSee } from '../venues/index.ts';
import { calendarEntry } from './calendar-entry.ts';
import { FeedModel, type FeedRow } from './feed.model.ts';
import { RunModel, type RunRow } from './run.model.ts';
import { SessionModel, type SessionRow } from './session.model.ts';
import { sessionOf } from './session.ts';
import { SetAsideModel } from './set-aside.model.ts';

/** Whose sessions a feed carries. */
export type FeedSubject = { kind: FeedRow['kind']; id: string };
/** What a feed says now; `stampedAt` stays, so that the same plan makes the same bytes. */
export type FeedPlan = { name: string; sessions: CalendarSession[]; stampedAt: Date };

/** Cancelled sessions stay as CANCELLED for so long, past ones too: calendars that ask seldom hear of them. */
const keptDays = 90;
const most = 2_000;

/** The token of each of these subjects that has a feed, by `kind:id`. Asks for no permission: for those who list them. */
export async function feedsOf(subjects: readonly FeedSubject[]): Promise<Map<string, string>> {
  const rows = await FeedModel.find({ subjectId: { $in: subjects.map(({ id }) => id) } }).lean();
  return new Map(rows.map((row) => [`${row.kind}:${row.subjectId}`, tokenOf(row)]));
}

/** Makes the address of a feed, or gives the one that is there. @throws not-found also for whoever may not see it */
export function openFeed(actor: Actor, subject: FeedSubject): Promise<string> {
  return inTransaction(async () => {
    await refuseStrangers(actor, subject);
    const known = await FeedModel.findOne({ kind: subject.kind, subjectId: subject.id }).lean();
    if (known) return tokenOf(known);
    const row = {
      _id: new Types.ObjectId(),
      kind: subject.kind,
      subjectId: subject.id,
      generation: 1,
      createdAt: now(),
    };
    await FeedModel.create([row]);
    recordEvent(actor, { type: 'feed-opened', about: {}, facts: { kind: subject.kind } });
    return tokenOf(row);
  });
}

/** Gives a feed another address: whoever had the old one sees nothing from now on. @throws not-found */
export function renewFeed(actor: Actor, subject: FeedSubject): Promise<string> {
  return inTransaction(async () => {
    await refuseStrangers(actor, subject);
    const row = await FeedModel.findOneAndUpdate(
      { kind: subject.kind, subjectId: subject.id },
      { $inc: { generation: 1 } },
      { returnDocument: 'after' },
    ).lean();
    if (!row) throw notFound('feed');
    recordEvent(actor, { type: 'feed-renewed', about: {}, facts: { kind: subject.kind } });
    return tokenOf(row);
  });
}

/** What the feed behind an address says. @throws not-found for any but the present address */
export async function feedBehind(token: string): Promise<FeedPlan> {
  const id = idInToken(token);
  const feed = id === undefined ? null : await FeedModel.findById(id).lean();
  if (!feed || !isTokenFor('feed', token, feed.generation)) throw notFound('feed');
  const name = await nameOf(feed);
  if (name === undefined) throw notFound('feed');
  return { name, sessions: await entriesOf(feed), stampedAt: feed.createdAt };
}

function tokenOf({ _id, generation }: Pick<FeedRow, '_id' | 'generation'>): string {
  return linkToken('feed', String(_id), generation);
}

async function refuseStrangers(actor: Actor, { kind, id }: FeedSubject): Promise<void> {
  if (kind === 'room') await roomToSee(actor, id);
  else if (kind === 'provider' && (!coordinates(actor, id) || !(await providerById(id)))) throw notFound('provider');
  else if (kind === 'trainer' && !(await maySeeTrainer(actor, id))) throw notFound('trainer');
}

async function maySeeTrainer(actor: Actor, personId: string): Promise<boolean> {
  if (actor.kind === 'person' && actor.personId === personId) return true;
  return isCoordinator(actor) && (await personById(personId)) !== undefined;
}

async function nameOf({ kind, subjectId }: FeedRow): Promise<string | undefined> {
  if (kind === 'provider') return (await providerById(subjectId))?.name;
  if (kind === 'trainer') return (await personById(subjectId))?.name;
  const room = (await roomsByIds([subjectId])).get(subjectId);
  return room && `${room.name}, ${room.venue.name}`;
}

type Found = { row: SessionRow; isCancelled: boolean };

async function entriesOf(feed: FeedRow): Promise<CalendarSession[]> {
  const { runs, found } = await (feed.kind === 'provider' ? ofProvider(feed.subjectId) : ofRoomOrTrainer(feed));
  const seminars = await seminarsByIds([...new Set(runs.map(({ seminarId }) => String(seminarId)))]);
  const byId = new Map(runs.map((run) => [String(run._id), run]));
  const key = feed.kind === 'trainer' ? `trainer:${feed.subjectId}` : `${feed.kind}:${feed.subjectId}`;
  const entries = found.flatMap(({ row, isCancelled }) => {
    const run = byId.get(String(row.runId));
    const seminar = run && seminars.get(String(run.seminarId));
    return run && seminar ? [entryOf({ run, seminar, row, key }, isCancelled)] : [];
  });
  const sent = await lastInvitations(feed.kind === 'trainer' ? entries.map(({ uid }) => uid) : []);
  return entries
    .map((entry) => ({ ...entry, sequence: sent.get(entry.uid)?.sequence ?? 0 }))
    .toSorted((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
}

function entryOf(
  { run, seminar, row, key }: { run: RunRow; seminar: Seminar; row: SessionRow; key: string },
  isCancelled: boolean,
): CalendarSession {
  const entry = calendarEntry({ run, seminar }, sessionOf(row), { key, sequence: 0 });
  return isCancelled ? { ...entry, cancelled: true } : entry;
}

async function ofProvider(providerId: string): Promise<{ runs: RunRow[]; found: Found[] }> {
  const runs = await RunModel.find({ providerId, endsAt: { $gte: keptFrom() }, status: { $ne: 'draft' } })
    .sort({ startsAt: 1 })
    .limit(most)
    .lean();
  const ids = runs.map(({ _id }) => _id);
  const rows = await SessionModel.find({ runId: { $in: ids } })
    .limit(most)
    .lean();
  const aside = await SetAsideModel.find({ runId: { $in: ids } })
    .limit(most)
    .lean();
  return {
    runs,
    found: foundOf(
      rows,
      aside.map(({ session }) => session),
    ),
  };
}

async function ofRoomOrTrainer({ kind, subjectId }: FeedRow): Promise<{ runs: RunRow[]; found: Found[] }> {
  const id = new Types.ObjectId(subjectId);
  const startsAt = { $gte: keptFrom() };
  const rows = await SessionModel.find(kind === 'room' ? { roomId: id, startsAt } : { trainerIds: id, startsAt })
    .limit(most)
    .lean();
  const aside = await SetAsideModel.find(kind === 'room' ? { 'session.roomId': id } : { 'session.trainerIds': id })
    .limit(most)
    .lean();
  const found = foundOf(
    rows,
    aside.map(({ session }) => session),
  );
  const runs = await RunModel.find({
    _id: { $in: found.map(({ row }) => row.runId) },
    status: { $ne: 'draft' },
  }).lean();
  return { runs, found };
}

function foundOf(planned: readonly SessionRow[], aside: readonly SessionRow[]): Found[] {
  const recent = aside.filter(({ startsAt }) => startsAt >= keptFrom());
  return [...planned.map((row) => ({ row, isCancelled: false })), ...recent.map((row) => ({ row, isCancelled: true }))];
}

function keptFrom(): Date {
  return new Date(now().getTime() - keptDays * 86_400_000);
}
