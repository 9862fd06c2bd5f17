import { inTransaction } from '../../platform/database.ts';
import type { Actor } from '../history/index.ts';
import { isOpenTo, runById } from '../scheduling/index.ts';
import { keepAccessNeeds } from './access-needs.ts';
import {
  bookInRun,
  joinQueue,
  outcomeOf,
  refuseUnlessMayBook,
  replayed,
  rowBehindAll,
  sameRequest,
  wantedBy,
  type BookPlacesRequest,
  type Wanted,
} from './book-places.ts';
import { alternativeNotThere } from './booking.errors.ts';
import type { BookingRow } from './booking.model.ts';
import type { BookPlacesOutcome } from './booking.types.ts';
import { inOpenRuns, type OpenRun } from './lane.ts';
import { hasPlacesFor } from './settle.ts';
import { unitsToBook } from './units-to-book.ts';
import { approvalFor } from './who-approves.ts';

/**
 * Books places in a run, or joins its waiting list. Who names further runs of the seminar gets the first of them, in
 * the order given, that has the places now; where none has, they wait in each until one comes true, and leave the others
 * in that transaction. The same `key` again gives the same answer and books nothing. Whoever sits in the run already is
 * not seated twice; the answer does not tell, a mail to the booker does.
 * @throws not-found, not-allowed, run-cancelled, booking-closed, same-person-twice, fewer-places-than-participants,
 * modules-not-bookable, unknown-module, module-begun, superior-required, own-superior, key-used-for-another-request,
 * alternative-not-there
 */
export async function bookPlaces(actor: Actor, request: BookPlacesRequest): Promise<BookPlacesOutcome> {
  const { alternatives = [], runId } = request;
  if (alternatives.length === 0) return bookInRun(actor, request);
  await refuseUnlessAlternatives(actor, runId, alternatives);
  const runIds = [runId, ...alternatives];
  return inTransaction(() => inOpenRuns(runIds, (opens) => placing(actor, request, inOrder(runIds, opens))));
}

async function refuseUnlessAlternatives(actor: Actor, runId: string, alternatives: readonly string[]): Promise<void> {
  const first = await runById(runId);
  if (new Set([runId, ...alternatives]).size <= alternatives.length) throw alternativeNotThere();
  for (const id of alternatives) {
    const run = await runById(id);
    // What nobody may see is not told from what is not there.
    const isOpen = run?.status === 'published' && isOpenTo(actor, run);
    if (!isOpen || run.seminarId !== first?.seminarId) throw alternativeNotThere();
  }
}

function inOrder(runIds: readonly string[], opens: ReadonlyMap<string, OpenRun>): OpenRun[] {
  return runIds.flatMap((id) => opens.get(id) ?? []);
}

async function placing(
  actor: Actor,
  request: BookPlacesRequest,
  opens: readonly OpenRun[],
): Promise<() => BookPlacesOutcome> {
  const [first] = opens;
  const wanted = wantedBy(request);
  const earlier = first && wanted.requestKey && (await sameRequest(first, wanted.requestKey));
  if (earlier) return () => replayed(earlier, wanted);

  const choices: Choice[] = [];
  for (const open of opens) {
    await refuseUnlessMayBook(actor, open, request);
    const units = await unitsToBook(open, request.modules);
    const approval = await approvalFor(actor, open.run, request);
    choices.push({ open, wanted: { ...wanted, units, ...(approval && { approval }) } });
  }
  const row = (await bookFirstFree(actor, choices)) ?? (await waitInEach(actor, choices));
  for (const joined of opens.flatMap((open) => open.joined)) await keepAccessNeeds(joined, request);
  return () => outcomeOf(row);
}

type Choice = { open: OpenRun; wanted: Wanted };

/** Whoever has places at once wishes for nothing else. */
async function bookFirstFree(actor: Actor, choices: readonly Choice[]): Promise<BookingRow | undefined> {
  for (const { open, wanted } of choices)
    if (await hasPlacesFor(open, await rowBehindAll(open, wanted))) {
      const row = await joinQueue(open, wanted, actor);
      row.answer = { ...row.answer, runId: open.run.id };
      return row;
    }
  return undefined;
}

/** A booking in every queue; the first one answers the request, and knows the others. */
async function waitInEach(actor: Actor, choices: readonly Choice[]): Promise<BookingRow> {
  const rows: BookingRow[] = [];
  for (const [index, { open, wanted }] of choices.entries()) {
    const { requestKey: _key, requestFingerprint: _request, ...again } = wanted;
    const row = await joinQueue(open, index === 0 ? wanted : again, actor);
    row.wish = { id: String((rows[0] ?? row)._id), rank: index + 1 };
    rows.push(row);
  }
  const [first, ...others] = rows;
  if (!first) throw alternativeNotThere();
  const alternatives = others.map(({ _id, runId, wish }) => ({ id: String(_id), runId, rank: wish?.rank ?? 0 }));
  first.answer = { ...first.answer, runId: first.runId, alternatives };
  return first;
}
