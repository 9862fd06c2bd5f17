import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { notFound } from '../../platform/errors.ts';
import { idInToken, isTokenFor, linkToken } from '../auth/index.ts';
import { anyone, recordEvent } from '../history/index.ts';
import { postMessage } from '../mail/index.ts';
import { contactOf, inDays } from './contact.ts';
import { askedTooOften, settledAlready } from './demand.errors.ts';
import type { InterestInput } from './demand.input.ts';
import { InterestListModel, InterestModel, type InterestListRow, type InterestRow } from './interest.model.ts';

const notesADay = 5;
const daysToConfirm = 3;
const daysKept = 550;

/** Somebody who would come. `token` opens the page on which one withdraws, or accepts an invitation. */
export type Interest = Omit<InterestRow, '_id'> & { id: string; token: string };

/**
 * Notes that somebody would come to a seminar without a date. It counts, and has its turn, once the address was confirmed
 * by the link in a mail; after three days without that it is deleted. Whoever is on the list already stays where they are,
 * and the answer is the same: a stranger learns nothing. Gives the id, which no page shows. @throws not-found, asked-too-often
 */
export function noteInterest(seminarId: string, input: InterestInput): Promise<string | undefined> {
  return inTransaction(async () => {
    const contact = contactOf(input);
    const list = await drawNumber({ seminarId });
    if (!list) throw notFound('list');
    if (await isOn(String(list._id), contact.address)) return undefined;
    const noted = await InterestModel.countDocuments({
      'contact.address': contact.address,
      createdAt: { $gte: inDays(-1) },
    });
    if (noted >= notesADay) throw askedTooOften();
    return insert(list, input, contact);
  });
}

/** The address is right: from now on it counts, behind everybody who confirmed before. Twice is once. @throws not-found, settled-already */
export function confirmInterest(token: string): Promise<void> {
  return inTransaction(async () => {
    const row = await rowOfHolder(token);
    if (row.status === 'open') return;
    // The list is written before it is read: of two who confirm at once with one address, the second finds the first.
    const list = row.status === 'unconfirmed' ? await drawNumber({ _id: new Types.ObjectId(row.listId) }) : null;
    if (!list || (await isOn(row.listId, row.contact.address))) throw settledAlready();
    const { matchedCount } = await InterestModel.updateOne(
      { _id: row._id, status: 'unconfirmed' },
      { $set: { status: 'open', number: list.nextNumber, expiresAt: inDays(daysKept) } },
    );
    if (matchedCount === 0) throw settledAlready();
    const interestId = String(row._id);
    postMessage({ key: `interest-noted:${interestId}`, kind: 'interest-noted', to: { interestId }, about: {} });
    const about = { seminarId: list.seminarId, providerId: list.providerId };
    recordEvent(anyone, { type: 'interest-noted', about, facts: { interestId, places: row.places } });
  });
}

/** The open list with the number that is next in it, which nobody else gets. */
function drawNumber(which: { seminarId: string } | { _id: Types.ObjectId }): Promise<InterestListRow | null> {
  return InterestListModel.findOneAndUpdate(
    { ...which, status: 'open' },
    { $inc: { nextNumber: 1 } },
    { returnDocument: 'before' },
  ).lean();
}

async function isOn(listId: string, address: string): Promise<boolean> {
  return (await InterestModel.exists({ listId, 'contact.address': address, status: 'open' })) !== null;
}

async function insert(list: InterestListRow, input: InterestInput, contact: InterestRow['contact']): Promise<string> {
  const _id = new Types.ObjectId();
  const { places, times } = input;
  const row = { _id, listId: String(list._id), number: list.nextNumber, contact, places, ...(times && { times }) };
  await InterestModel.create([{ ...row, status: 'unconfirmed', createdAt: now(), expiresAt: inDays(daysToConfirm) }]);
  const interestId = String(_id);
  postMessage({ key: `interest-confirm:${interestId}`, kind: 'interest-confirm', to: { interestId }, about: {} });
  return interestId;
}

/** Takes an interest off its list. In the open transaction. @throws settled-already */
export async function takeOff(row: InterestRow): Promise<void> {
  if (row.status !== 'open' && row.status !== 'invited') throw settledAlready();
  await InterestModel.updateOne({ _id: row._id }, { $set: { status: 'withdrawn', expiresAt: inDays(30) } });
  recordEvent(anyone, { type: 'interest-withdrawn', about: {}, facts: { interestId: String(row._id) } });
}

/** The interest of a link's holder, with its list. @throws not-found for any token but the present one */
export async function interestOfHolder(token: string): Promise<{ interest: Interest; list: InterestListRow }> {
  const row = await rowOfHolder(token);
  return { interest: interestOf(row), list: await listOfInterest(row) };
}

/** An interest as mails are made from it. Asks for no permission: for those inside. */
export async function interestToTell(id: string): Promise<{ interest: Interest; list: InterestListRow } | undefined> {
  const row = await InterestModel.findById(id).lean();
  return row ? { interest: interestOf(row), list: await listOfInterest(row) } : undefined;
}

export async function rowOfHolder(token: string): Promise<InterestRow> {
  const id = idInToken(token);
  const row = id && isTokenFor('interest', token, 1) ? await InterestModel.findById(id).lean() : null;
  if (!row) throw notFound('interest');
  return row;
}

export async function listOfInterest({ listId }: Pick<InterestRow, 'listId'>): Promise<InterestListRow> {
  const list = await InterestListModel.findById(listId).lean();
  if (!list) throw notFound('list');
  return list;
}

export function interestOf({ _id, ...row }: InterestRow): Interest {
  const id = String(_id);
  return { id, token: linkToken('interest', id, 1), ...row };
}
