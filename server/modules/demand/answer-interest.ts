import { DateTime } from 'luxon';
import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { bookPlacesWithin } from '../booking/index.ts';
import { anyone, recordEvent, systemActor, type Actor } from '../history/index.ts';
import { postOnce } from '../mail/index.ts';
import { openToEverybody, runById, type Run } from '../scheduling/index.ts';
import { invitationOver } from './demand.errors.ts';
import { InterestListModel, InterestModel, type InterestListRow, type InterestRow } from './interest.model.ts';
import { listOfInterest, rowOfHolder, takeOff } from './interests.ts';

/** Few enough that a page stays far below the ten seconds of a transaction, also on a busy machine. */
const pageSize = 10;

/**
 * Answers the next people of the list whose run was published, in the order in which they asked: books them, or asks them
 * until a deadline. The run opens to everybody when the last one is booked, or when the answers are in. In the open
 * transaction; gives the cursor of the page after.
 */
export async function answerInterest(runId: string, cursor: string | undefined): Promise<string | undefined> {
  const run = await runById(runId);
  const list = await InterestListModel.findOne({ runId, status: { $in: ['open', 'dated'] } }).lean();
  if (!list || !run) return undefined;
  const answerUntil = list.answerUntil ?? deadlineOf(run, list.answerDays);
  if (list.status === 'open')
    await InterestListModel.updateOne({ _id: list._id }, { $set: { status: 'dated', answerUntil } });

  const page = await InterestModel.find({
    listId: String(list._id),
    status: 'open',
    number: { $gt: Number(cursor ?? 0) },
  })
    .sort({ number: 1 })
    .limit(pageSize)
    .lean();
  for (const row of page) await answer(list, run, row);
  const last = page.at(-1);
  if (last && page.length === pageSize) return String(last.number);
  await openWhenAnswered(list, run);
  return undefined;
}

async function answer(list: InterestListRow, run: Run, row: InterestRow): Promise<void> {
  if (list.answer === 'book') return book(run, row, systemActor);
  await InterestModel.updateOne({ _id: row._id }, { $set: { status: 'invited' } });
  const interestId = String(row._id);
  const key = `interest-invited:${interestId}`;
  await postOnce([{ key, kind: 'interest-invited', to: { interestId }, about: { runId: run.id } }]);
}

/** The same key books once, however often the page is told or the button pressed. */
async function book(run: Run, row: InterestRow, actor: Actor): Promise<void> {
  const { name, email, language } = row.contact;
  const request = {
    runId: run.id,
    booker: { name, email, language },
    places: row.places,
    key: `interest:${String(row._id)}`,
  };
  const guest = actor.kind === 'system' ? actor : { kind: 'guest' as const, runId: run.id };
  const { id } = await bookPlacesWithin(guest, request);
  await InterestModel.updateOne({ _id: row._id }, { $set: { status: 'booked', bookingId: id } });
  const about = { runId: run.id, bookingId: id, providerId: run.providerId };
  recordEvent(actor, { type: 'interest-booked', about, facts: { interestId: String(row._id) } });
}

/** Says yes to the invitation: books, or joins the waiting list when others were faster. @throws not-found, invitation-over */
export function acceptInvitation(token: string): Promise<void> {
  return inTransaction(async () => {
    const row = await rowOfHolder(token);
    if (row.status === 'booked') return;
    const list = await listOfInterest(row);
    const run = list.runId === undefined ? undefined : await runById(list.runId);
    if (row.status !== 'invited' || !run || !list.answerUntil || list.answerUntil <= now()) throw invitationOver();
    await book(run, row, anyone);
    await openWhenAnswered(list, run);
  });
}

/** Takes somebody off the list; twice is once. The last who says no opens the run to everybody, too. @throws not-found, settled-already */
export function withdrawInterest(token: string): Promise<void> {
  return inTransaction(async () => {
    const row = await rowOfHolder(token);
    if (row.status === 'withdrawn') return;
    await takeOff(row);
    const list = await listOfInterest(row);
    const run = row.status === 'invited' && list.runId !== undefined ? await runById(list.runId) : undefined;
    if (run) await openWhenAnswered(list, run);
  });
}

/** Opens the runs whose time to answer is over; invitations nobody answered lapse. Gives how many. */
export async function openAnsweredRuns(): Promise<number> {
  const lists = await InterestListModel.find({ status: 'dated', answerUntil: { $lte: now() } })
    .limit(50)
    .lean();
  for (const list of lists) await inTransaction(() => closeAnswers(list));
  return lists.length;
}

async function closeAnswers(list: InterestListRow): Promise<void> {
  const listId = String(list._id);
  await InterestModel.updateMany({ listId, status: 'invited' }, { $set: { status: 'lapsed' } });
  await finish(list, list.runId === undefined ? undefined : await runById(list.runId));
}

// The list is written before the others are looked at: of the last two who answer at once, the second sees the first.
async function openWhenAnswered(list: InterestListRow, run: Run): Promise<void> {
  await InterestListModel.updateOne({ _id: list._id }, { $inc: { nextNumber: 1 } });
  if (await InterestModel.exists({ listId: String(list._id), status: { $in: ['open', 'invited'] } })) return;
  await finish(list, run);
}

async function finish(list: InterestListRow, run: Run | undefined): Promise<void> {
  await InterestListModel.updateOne({ _id: list._id }, { $set: { status: 'closed' } });
  if (run) await openToEverybody(systemActor, run);
}

/** The end of the day in so many days, on the clock of the run, and never later than its start. */
function deadlineOf({ timeZone, startsAt }: Run, days: number): Date {
  const end = DateTime.fromJSDate(now(), { zone: timeZone }).plus({ days }).endOf('day').startOf('second').toJSDate();
  return end < startsAt ? end : startsAt;
}
