import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { notFound } from '../../platform/errors.ts';
import { mayPlanFor, seminarById } from '../catalogue/index.ts';
import { recordEvent, referenceTo, type Actor } from '../history/index.ts';
import { postOnce } from '../mail/index.ts';
import { providerById } from '../people/index.ts';
import { WordingModel, type ChangeRow } from './wording.model.ts';
import type { Wording } from './wording.rules.ts';

/** Whose words they are: those of a seminar go before those of its provider. */
export type WordingOwner = { seminarId: string } | { providerId: string };
export type ChangeOfWording = ChangeRow;

type Mail = { kind: string; language: string };
type Which = Mail & { owner: WordingOwner };

/** As many as can be read at a glance; older ones are let go. */
const mostChanges = 30;

/** The words for a mail about a seminar, passage by passage: the seminar's own, else its provider's. Asks for no permission. */
export async function wordingFor(
  { seminarId, providerId }: { seminarId: string; providerId: string },
  mail: Mail,
): Promise<Wording> {
  const [own, general] = [idOf({ ...mail, owner: { seminarId } }), idOf({ ...mail, owner: { providerId } })];
  const rows = await WordingModel.find({ _id: { $in: [own, general] } }, { wording: 1 }).lean();
  const wordingOf = (id: string) => rows.find(({ _id }) => _id === id)?.wording ?? {};
  return { ...wordingOf(general), ...wordingOf(own) };
}

/** Says a mail in other words from now on; nothing for a passage makes it Mosaik's again. @throws not-found */
export function changeWording(actor: Actor, { wording, ...which }: Which & { wording: Wording }): Promise<void> {
  return inTransaction(async () => {
    const providerId = await ownedBy(actor, which.owner);
    const _id = idOf(which);
    const row = await WordingModel.findById(_id).lean();
    const change: ChangeRow = { at: now(), by: referenceTo(actor), wording };
    const set = { wording, changes: [...(row?.changes ?? []), change].slice(-mostChanges) };
    if (row) await WordingModel.updateOne({ _id }, { $set: set });
    else await WordingModel.create([{ _id, owner: ownerKey(which.owner), ...set }]);
    const { kind, language } = which;
    const facts = { kind, language, passages: Object.keys(wording) };
    recordEvent(actor, { type: 'wording-changed', about: { providerId, ...seminarIn(which.owner) }, facts });
  });
}

/** Mosaik's own words again. @throws not-found */
export function resetWording(actor: Actor, which: Which): Promise<void> {
  return changeWording(actor, { ...which, wording: {} });
}

/** Sends a mail in words that are not saved to whoever is choosing them; the same `key` sends it once. @throws not-found */
export function tryWording(
  actor: Actor,
  { key, runId, wording, ...which }: Which & { key: string; runId?: string | undefined; wording: Wording },
): Promise<void> {
  return inTransaction(async () => {
    await ownedBy(actor, which.owner);
    if (actor.kind !== 'person') throw notFound('person');
    const { kind, language } = which;
    await postOnce([
      {
        key: `wording-trial:${actor.personId}:${key}`,
        kind: 'wording-trial',
        to: { personId: actor.personId },
        about: runId === undefined ? {} : { runId },
        facts: { kind, language, wording },
      },
    ]);
  });
}

/** Who changed the words of a mail to what, the latest first. @throws not-found */
export async function wordingHistory(actor: Actor, which: Which): Promise<ChangeOfWording[]> {
  await ownedBy(actor, which.owner);
  return ((await WordingModel.findById(idOf(which)).lean())?.changes ?? []).toReversed();
}

/** The mails that an owner says in words of its own, as `kind language`. @throws not-found */
export async function wordingsOf(actor: Actor, owner: WordingOwner): Promise<Set<string>> {
  await ownedBy(actor, owner);
  const rows = await WordingModel.find({ owner: ownerKey(owner) }, { wording: 1 }).lean();
  const said = rows.filter(({ wording }) => Object.keys(wording).length > 0);
  return new Set(said.map(({ _id }) => _id.split(' ').slice(1).join(' ')));
}

/** The provider behind an owner, if the actor plans for it; not there and not yours look the same. */
async function ownedBy(actor: Actor, owner: WordingOwner): Promise<string> {
  const found =
    'seminarId' in owner
      ? (await seminarById(owner.seminarId))?.providerId
      : (await providerById(owner.providerId))?.id;
  if (found === undefined || !mayPlanFor(actor, found)) throw notFound('wording');
  return found;
}

function idOf({ owner, kind, language }: Which): string {
  return `${ownerKey(owner)} ${kind} ${language}`;
}

function ownerKey(owner: WordingOwner): string {
  return 'seminarId' in owner ? `seminar:${owner.seminarId}` : `provider:${owner.providerId}`;
}

function seminarIn(owner: WordingOwner): { seminarId?: string } {
  return 'seminarId' in owner ? { seminarId: owner.seminarId } : {};
}
