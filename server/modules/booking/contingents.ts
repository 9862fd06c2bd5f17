import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { notFound } from '../../platform/errors.ts';
import { recordEvent, referenceTo, type Actor } from '../history/index.ts';
import { runToPlan } from '../scheduling/index.ts';
import { contingentOver, contingentTooLarge, releaseInThePast, runCancelled } from './booking.errors.ts';
import type { KeepPlaces } from './contingents.input.ts';
import { freeIn } from './contingents.rules.ts';
import { countForContingents, noteOrganisations } from './held-by-institutions.ts';
import { inLaneOf, type OpenRun } from './lane.ts';
import { LedgerModel, type KeptForRow } from './ledger.model.ts';
import { organisationNamed } from './organisations.ts';
import { release } from './release-contingents.ts';
import { instantOfRelease } from './release-time.rules.ts';
import { isMakeUp } from './units.rules.ts';

const mostAtOnce = 100;

/** A contingent as the desk shows it: `held` is what its group has, `kept` what is still there for it alone. */
export type ContingentOfRun = {
  id: string;
  institutions: string[];
  kinds: string[];
  places: number;
  held: number;
  kept: number;
  releaseAt: Date;
  released?: { at: Date; by: { kind: string; id?: string } };
};

/**
 * Keeps places of a run for institutions or kinds of them until a day and time of the run's zone: in every module, where
 * it is booked by module. Only what is free can be kept, and nobody who waits is passed by it.
 * @throws not-found, run-cancelled, release-in-the-past, contingent-too-large
 */
export async function keepPlaces(actor: Actor, { runId, ...wish }: KeepPlaces & { runId: string }): Promise<string> {
  await runToPlan(actor, runId);
  return inLaneOf(runId, async (open) => {
    const { run, at } = open;
    if (run.status === 'cancelled') throw runCancelled();
    const releaseAt = instantOfRelease(wish, run.timeZone);
    if (releaseAt <= at || releaseAt > run.startsAt) throw releaseInThePast();
    const contingent = contingentFrom(wish, { releaseAt, made: { at, by: referenceTo(actor) } });
    await noteOrganisations(runId);
    await reserve(open, contingent);
    recordEvent(actor, {
      type: 'contingent-kept',
      about: { runId, seminarId: run.seminarId, providerId: run.providerId },
      facts: { contingentId: contingent.id, places: contingent.places, releaseAt },
    });
    return () => contingent.id;
  });
}

/** Opens kept places to everybody before their time; who waits moves up. @throws not-found, contingent-over */
export async function releaseContingent(
  actor: Actor,
  { runId, contingentId }: { runId: string; contingentId: string },
): Promise<void> {
  await runToPlan(actor, runId);
  await inLaneOf(runId, async (open) => {
    const contingent = open.ledger.contingents?.find(({ id }) => id === contingentId);
    if (!contingent) throw notFound('contingent');
    if (contingent.released) throw contingentOver();
    await release(actor, open, [contingent]);
    return () => undefined;
  });
}

/** The sweep: opens what was kept until now. Whoever waits moves up in the same transaction. */
export async function releaseContingents(): Promise<void> {
  const due = await LedgerModel.find({ nextReleaseAt: { $lte: now() } }, { _id: 1 })
    .sort({ nextReleaseAt: 1 })
    .limit(mostAtOnce)
    .lean();
  // Whatever opens the run releases what is due: nobody who comes in between is served by what was true before.
  for (const { _id } of due) await inLaneOf(_id, async () => () => undefined);
}

/** Every contingent of a run, those still kept first. @throws not-found */
export async function contingentsOfRun(actor: Actor, runId: string): Promise<ContingentOfRun[]> {
  await runToPlan(actor, runId);
  const ledger = await LedgerModel.findById(runId).lean();
  const all = (ledger?.contingents ?? []).map(({ id, organisations, kinds, places, releaseAt, released }) => {
    const inUnits = (ledger?.units ?? []).flatMap((unit) => {
      const own = unit.contingents.find((one) => one.id === id);
      return own ? [{ held: own.held, kept: freeIn(unit).kept.get(id) ?? 0 }] : [];
    });
    return {
      id,
      institutions: organisations.map(({ name }) => name),
      kinds,
      places,
      held: Math.max(0, ...inUnits.map(({ held }) => held)),
      kept: Math.max(0, ...inUnits.map(({ kept }) => kept)),
      releaseAt,
      ...(released && { released }),
    };
  });
  return all.toSorted((one, other) => Number(Boolean(one.released)) - Number(Boolean(other.released)));
}

function contingentFrom(
  { places, institutions = [], kinds = [] }: KeepPlaces,
  { releaseAt, made }: Pick<KeptForRow, 'releaseAt' | 'made'>,
): KeptForRow {
  const named = new Map(institutions.map((name) => [organisationNamed(name), name]));
  const organisations = [...named].map(([key, name]) => ({ key, name }));
  return { id: String(new Types.ObjectId()), organisations, kinds: [...new Set(kinds)], places, releaseAt, made };
}

/** Takes what is to be kept out of what is free to all, in every unit of the run's own. @throws contingent-too-large */
async function reserve(open: OpenRun, contingent: KeptForRow): Promise<void> {
  const { ledger } = open;
  const own = ledger.units.filter(({ unit }) => !isMakeUp(unit));
  // What is free while others wait is theirs: it is not taken from them.
  const before = own.map((unit) => (unit.waiting > 0 && !unit.passable ? 0 : freeIn(unit).open));
  ledger.contingents = [...(ledger.contingents ?? []), contingent];
  for (const unit of own)
    unit.contingents = [...(unit.contingents ?? []), { id: contingent.id, places: contingent.places, held: 0 }];
  await countForContingents(open);
  for (const [index, unit] of own.entries()) {
    const mine = unit.contingents?.find(({ id }) => id === contingent.id);
    const kept = Math.max(0, contingent.places - (mine?.held ?? 0));
    const free = Math.max(0, before[index] ?? 0);
    if (kept > free) throw contingentTooLarge(free);
  }
}
