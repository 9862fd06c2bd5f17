import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import { idInToken, isTokenFor, linkToken } from '../auth/index.ts';
import { mayPlanFor, seminarById } from '../catalogue/index.ts';
import { anyone, recordEvent, referenceTo, scopeOf, type Actor } from '../history/index.ts';
import { postMessage, postOnce, type MessageKind } from '../mail/index.ts';
import { providerById } from '../people/index.ts';
import { runById, runToPlan, type Run } from '../scheduling/index.ts';
import { contactOf, inDays } from './contact.ts';
import { askedTooOften, settledAlready } from './demand.errors.ts';
import type { InHouseInput } from './demand.input.ts';
import { InHouseModel, type InHouseRow, type InHouseStatus } from './in-house.model.ts';

const requestsADay = 5;
const daysToConfirm = 3;
const daysKept = 180;

/** What an institution asked for. `run`: once it is planned; `token` opens its page. */
export type InHouseRequest = Omit<InHouseRow, '_id'> & { id: string; token: string; run?: Run };

/**
 * Notes that an institution would like a seminar of its own. Nobody sees it before the address was confirmed by the link
 * in a mail; after three days without that it is deleted. Gives the id, which no page shows. @throws not-found, asked-too-often
 */
export function askInHouse(input: InHouseInput): Promise<string> {
  return inTransaction(async () => {
    const providerId = await providerAsked(input);
    const contact = contactOf(input);
    const asked = await InHouseModel.countDocuments({
      'contact.address': contact.address,
      createdAt: { $gte: inDays(-1) },
    });
    if (asked >= requestsADay) throw askedTooOften();

    const { topic, institution, groupSize, periods, place, message, seminar } = input;
    const row: InHouseRow = {
      _id: new Types.ObjectId(),
      providerId,
      ...(seminar && { seminarId: seminar }),
      topic,
      institution,
      groupSize,
      periods,
      place,
      contact,
      ...(message && { message }),
      status: 'unconfirmed',
      states: [{ status: 'unconfirmed', at: now(), by: referenceTo(anyone) }],
      createdAt: now(),
      expiresAt: inDays(daysToConfirm),
    };
    await InHouseModel.create([row]);
    tell(row, 'in-house-confirm');
    return String(row._id);
  });
}

async function providerAsked({ seminar, provider }: InHouseInput): Promise<string> {
  const found = seminar === undefined ? await providerById(provider ?? '') : await seminarById(seminar);
  if (!found) throw notFound(seminar === undefined ? 'provider' : 'seminar');
  return 'providerId' in found ? found.providerId : found.id;
}

/** The address is right: from now on the provider sees the request. Twice is once. @throws not-found, settled-already */
export function confirmInHouse(token: string): Promise<void> {
  return inTransaction(async () => {
    const row = await rowOfHolder(token);
    if (row.status === 'asked') return;
    if (row.status !== 'unconfirmed') throw settledAlready();
    await settle(anyone, row, { status: 'asked' });
  });
}

/** @throws not-found, settled-already */
export function withdrawInHouse(token: string): Promise<void> {
  return inTransaction(async () => {
    const row = await rowOfHolder(token);
    if (row.status === 'withdrawn') return;
    if (row.status !== 'unconfirmed' && row.status !== 'asked') throw settledAlready();
    await settle(anyone, row, { status: 'withdrawn' });
  });
}

/** Says no, with the reason the institution is told. @throws not-found, settled-already */
export function declineInHouse(actor: Actor, { id, reason }: { id: string; reason: string }): Promise<void> {
  return inTransaction(async () => {
    const row = await rowToPlan(actor, id);
    if (row.status !== 'asked') throw settledAlready();
    await settle(actor, row, { status: 'declined', reason });
    tell(row, 'in-house-declined');
  });
}

/** Says which closed run the request becomes. The institution hears of it when the run is published. @throws not-found, settled-already */
export function planInHouse(actor: Actor, { id, runId }: { id: string; runId: string }): Promise<void> {
  return inTransaction(async () => {
    const row = await rowToPlan(actor, id);
    const run = await runToPlan(actor, runId);
    if (run.access !== 'closed')
      throw new AppError('run-not-closed', 'invalid', 'An in-house seminar is a closed run.');
    if (row.status !== 'asked') throw settledAlready();
    await settle(actor, row, { status: 'planned' }, { runId });
  });
}

/** Tells the institution whose request this run is, once. In the open transaction; for a reaction. */
export async function tellPlannedInHouse(runId: string): Promise<void> {
  const row = await InHouseModel.findOne({ runId, status: 'planned' }).lean();
  if (row) await postOnce([messageOf(row, 'in-house-planned')]);
}

/** The request of a link's holder. @throws not-found for any token but the present one */
export async function inHouseOfHolder(token: string): Promise<InHouseRequest> {
  return requestOf(await rowOfHolder(token));
}

/** A request as mails are made from it. Asks for no permission: for those inside. */
export async function inHouseToTell(id: string): Promise<InHouseRequest | undefined> {
  const row = await InHouseModel.findById(id).lean();
  return row ? requestOf(row) : undefined;
}

/** The confirmed requests to a coordinator's providers: those that wait first, then the latest. */
export async function inHouseRequests(actor: Actor): Promise<InHouseRequest[]> {
  const scope = scopeOf(actor);
  const rows = await InHouseModel.find({
    status: { $ne: 'unconfirmed' },
    ...(scope !== 'everything' && { providerId: { $in: [...scope] } }),
  })
    .sort({ createdAt: -1 })
    .limit(200)
    .lean();
  const waitsFirst = (row: InHouseRow) => (row.status === 'asked' ? 0 : 1);
  const inOrder = rows.toSorted((one, other) => waitsFirst(one) - waitsFirst(other));
  const requests: InHouseRequest[] = [];
  for (const row of inOrder) requests.push(await requestOf(row));
  return requests;
}

/** @throws not-found also for whoever may not see it */
export async function inHouseToPlan(actor: Actor, id: string): Promise<InHouseRequest> {
  return requestOf(await rowToPlan(actor, id));
}

async function rowToPlan(actor: Actor, id: string): Promise<InHouseRow> {
  const row = Types.ObjectId.isValid(id) ? await InHouseModel.findById(id).lean() : null;
  if (!row || row.status === 'unconfirmed' || !mayPlanFor(actor, row.providerId)) throw notFound('request');
  return row;
}

async function rowOfHolder(token: string): Promise<InHouseRow> {
  const id = idInToken(token);
  const row = id && isTokenFor('in-house', token, 1) ? await InHouseModel.findById(id).lean() : null;
  if (!row) throw notFound('request');
  return row;
}

// The status is part of the filter: of two who settle it at once the second finds it settled, and is refused.
async function settle(
  actor: Actor,
  row: InHouseRow,
  { status, reason }: { status: InHouseStatus; reason?: string },
  also: { runId?: string } = {},
): Promise<void> {
  const state = { status, at: now(), by: referenceTo(actor), ...(reason && { reason }) };
  const { matchedCount } = await InHouseModel.updateOne(
    { _id: row._id, status: row.status },
    {
      $set: { status, ...also, ...(status !== 'asked' && { expiresAt: inDays(daysKept) }) },
      ...(status === 'asked' && { $unset: { expiresAt: 1 } }),
      $push: { states: state },
    },
  );
  if (matchedCount === 0) throw settledAlready();
  const about = { providerId: row.providerId, ...(also.runId && { runId: also.runId }) };
  const facts = { inHouseId: String(row._id) };
  recordEvent(actor, { type: `in-house-${status}`, about, facts, tells: status === 'asked' });
}

function tell(row: InHouseRow, kind: MessageKind): void {
  postMessage(messageOf(row, kind));
}

function messageOf({ _id, runId }: InHouseRow, kind: MessageKind) {
  const inHouseId = String(_id);
  return { key: `${kind}:${inHouseId}`, kind, to: { inHouseId }, about: { ...(runId && { runId }) } };
}

async function requestOf({ _id, ...row }: InHouseRow): Promise<InHouseRequest> {
  const id = String(_id);
  const run = row.runId === undefined ? undefined : await runById(row.runId);
  return { id, token: linkToken('in-house', id, 1), ...row, ...(run && { run }) };
}
