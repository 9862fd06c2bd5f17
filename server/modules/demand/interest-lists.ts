import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import { mayPlanFor, seminarById, seminarsByIds, type Seminar } from '../catalogue/index.ts';
import { recordEvent, scopeOf, type Actor } from '../history/index.ts';
import { postOnce } from '../mail/index.ts';
import { runById, runToPlan, type Run } from '../scheduling/index.ts';
import { collectingAlready, settledAlready } from './demand.errors.ts';
import type { InterestListInput } from './demand.input.ts';
import { InterestListModel, InterestModel, type InterestListRow } from './interest.model.ts';
import { interestOf, type Interest } from './interests.ts';

/** A seminar without a date, and how many people would come for how many places. */
export type InterestList = Omit<InterestListRow, '_id'> & {
  id: string;
  seminar: Seminar;
  run?: Run;
  people: number;
  places: number;
};

/** Begins to collect interest in a seminar that has no date. @throws not-found, collecting-already */
export function collectInterest(actor: Actor, input: InterestListInput): Promise<string> {
  return inTransaction(async () => {
    const seminar = await seminarById(input.seminar);
    if (!seminar || !mayPlanFor(actor, seminar.providerId)) throw notFound('seminar');
    if (await openListOf(seminar.id)) throw collectingAlready();
    const _id = new Types.ObjectId();
    const { answer, answerDays } = input;
    const { id: seminarId, providerId } = seminar;
    await InterestListModel.create([
      { _id, seminarId, providerId, answer, answerDays, status: 'open', nextNumber: 1, createdAt: now() },
    ]);
    recordEvent(actor, {
      type: 'interest-collected',
      about: { seminarId, providerId },
      facts: { listId: String(_id) },
    });
    return String(_id);
  });
}

/**
 * Says which run the people of a list wait for. It must still be a closed draft: when it is published they are answered
 * first, and then it opens to everybody. @throws not-found, settled-already, run-not-closed
 */
export function giveDates(actor: Actor, { listId, runId }: { listId: string; runId: string }): Promise<void> {
  return inTransaction(async () => {
    const list = await rowToPlan(actor, listId);
    const run = await runToPlan(actor, runId);
    if (list.status !== 'open') throw settledAlready();
    if (run.access !== 'closed' || run.status !== 'draft' || run.seminarId !== list.seminarId)
      throw new AppError('run-not-closed', 'invalid', 'The run is not a closed one of this seminar.');
    await InterestListModel.updateOne({ _id: listId }, { $set: { runId } });
    const about = { runId, seminarId: list.seminarId, providerId: list.providerId };
    recordEvent(actor, { type: 'interest-given-dates', about, facts: { listId } });
  });
}

/** Stops collecting without a date; everybody who asked is told. @throws not-found, settled-already */
export function closeInterestList(actor: Actor, listId: string): Promise<void> {
  return inTransaction(async () => {
    const list = await rowToPlan(actor, listId);
    if (list.status !== 'open') throw settledAlready();
    await InterestListModel.updateOne({ _id: listId, status: 'open' }, { $set: { status: 'closed' } });
    const waiting = await InterestModel.find({ listId, status: 'open' }).sort({ number: 1 }).lean();
    await InterestModel.updateMany({ listId, status: 'open' }, { $set: { status: 'closed' } });
    await postOnce(
      waiting.map(({ _id }) => ({
        key: `interest-closed:${String(_id)}`,
        kind: 'interest-closed' as const,
        to: { interestId: String(_id) },
        about: {},
      })),
    );
    const about = { seminarId: list.seminarId, providerId: list.providerId };
    recordEvent(actor, { type: 'interest-closed', about, facts: { listId, people: waiting.length } });
  });
}

/** The list on which one can put oneself for a seminar now. */
export async function openListOf(seminarId: string): Promise<InterestListRow | null> {
  return InterestListModel.findOne({ seminarId, status: 'open' }).lean();
}

/** The seminars without a date in which interest is collected, by title: for everybody. */
export async function seminarsWithoutDate(): Promise<Seminar[]> {
  const rows = await InterestListModel.find({ status: 'open' }, { seminarId: 1 }).limit(100).lean();
  const seminars = await seminarsByIds(rows.map(({ seminarId }) => seminarId));
  return [...seminars.values()].toSorted((one, other) => one.title.localeCompare(other.title, 'de'));
}

/** The lists of a coordinator's providers, the open ones first. */
export async function interestLists(actor: Actor): Promise<InterestList[]> {
  const scope = scopeOf(actor);
  const rows = await InterestListModel.find(scope === 'everything' ? {} : { providerId: { $in: [...scope] } })
    .sort({ createdAt: -1 })
    .limit(100)
    .lean();
  const isOpen = ({ status }: InterestListRow) => (status === 'open' ? 0 : 1);
  const lists: InterestList[] = [];
  for (const row of rows.toSorted((one, other) => isOpen(one) - isOpen(other))) lists.push(await listOf(row));
  return lists;
}

/** A list with everybody on it who has confirmed their address, in their order. @throws not-found also for whoever may not see it */
export async function interestListToPlan(
  actor: Actor,
  id: string,
): Promise<{ list: InterestList; interests: Interest[] }> {
  const row = await rowToPlan(actor, id);
  const interests = await InterestModel.find({ listId: id, status: { $ne: 'unconfirmed' } })
    .sort({ number: 1 })
    .limit(1_000)
    .lean();
  return { list: await listOf(row), interests: interests.map(interestOf) };
}

async function rowToPlan(actor: Actor, id: string): Promise<InterestListRow> {
  const row = Types.ObjectId.isValid(id) ? await InterestListModel.findById(id).lean() : null;
  if (!row || !mayPlanFor(actor, row.providerId)) throw notFound('list');
  return row;
}

async function listOf({ _id, ...row }: InterestListRow): Promise<InterestList> {
  const seminar = await seminarById(row.seminarId);
  if (!seminar) throw notFound('seminar');
  const run = row.runId === undefined ? undefined : await runById(row.runId);
  const waiting = await InterestModel.find(
    { listId: String(_id), status: { $nin: ['unconfirmed', 'withdrawn'] } },
    { places: 1 },
  ).lean();
  const places = waiting.reduce((sum, one) => sum + one.places, 0);
  return { id: String(_id), ...row, seminar, ...(run && { run }), people: waiting.length, places };
}
