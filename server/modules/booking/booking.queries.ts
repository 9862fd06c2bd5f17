import { now } from '../../platform/clock.ts';
import { notFound } from '../../platform/errors.ts';
import { mayPlanFor, seminarIdsMatching, seminarsByIds } from '../catalogue/index.ts';
import type { Actor } from '../history/index.ts';
import { providers, type Provider } from '../people/index.ts';
import { isOpenTo, publicRuns, runById, runsToPlan, sessionsOfRun, type Run } from '../scheduling/index.ts';
import { placesOf, placesToCome } from './booking.rules.ts';
import type { Booking, ModuleOfRun, PlacesOfRun, RunDetails, RunFilter, RunListing, RunPage } from './booking.types.ts';
import { ledgersOf } from './ledger.ts';
import { sessionsOfUnits } from './units.rules.ts';

const longestPage = 100;
const monthInMilliseconds = 30 * 86_400_000;

/** The public catalogue: published runs that begin from now on, or from `from`, by their start, and those before that have a module to come; `next` is the `after` of the next page. */
export async function listRuns(filter: RunFilter): Promise<RunPage> {
  const limit = Math.min(filter.limit ?? 20, longestPage);
  const seminarIds = await seminarIdsMatching(filter);
  const found: RunListing[] = [];
  let after = filter.after ? readCursor(filter.after) : undefined;
  // A page is filled from as many reads as it takes: whether a place is free is known to the ledger alone.
  while (found.length <= limit) {
    const runs = await publicRuns({
      ...(seminarIds && { seminarIds }),
      startsFrom: filter.from ?? now(),
      ...(filter.to && { startsBefore: filter.to }),
      ...(after && { after }),
      ...(filter.noneUnderWay && { noneUnderWay: true }),
      limit: limit + 1,
    });
    const listings = await listingsOf(runs);
    found.push(...(filter.free ? listings.filter(isFree) : listings));
    const last = runs.at(-1);
    if (!last || runs.length <= limit) break;
    after = { startsAt: last.startsAt, id: last.id };
  }
  const items = found.slice(0, limit);
  const lastShown = items.at(-1);
  return { items, ...(found.length > limit && lastShown && { next: writeCursor(lastShown.run) }) };
}

/** A run with its seminar, provider, places and sessions. Drafts only for those who plan them, closed ones also for their guests. @throws not-found */
export async function runDetails(actor: Actor, runId: string): Promise<RunDetails> {
  const run = await runById(runId);
  if (!run || !isOpenTo(actor, run)) throw notFound('run');
  if (run.status === 'draft' && !mayPlanFor(actor, run.providerId)) throw notFound('run');
  return detailsOf(run);
}

export async function detailsOf(run: Run): Promise<RunDetails> {
  const [listing] = await listingsOf([run]);
  if (!listing) throw notFound('run');
  return { ...listing, sessions: await sessionsOfRun(run.id) };
}

/** The run as those know it who sit in this booking: its own sessions only, and their first start and last end. */
export function courseOfBooking(details: RunDetails, { units }: Pick<Booking, 'units'>): RunDetails {
  const sessions = sessionsOfUnits(units, details.sessions);
  const [first] = sessions;
  if (!first || sessions.length === details.sessions.length) return details;
  const endsAt = new Date(Math.max(...sessions.map((session) => session.endsAt.getTime())));
  const { startsAt, timeZone, location } = first;
  return { ...details, run: { ...details.run, startsAt, endsAt, timeZone, location }, sessions };
}

/** The modules of a run that is booked by module, in the order of the seminar: those that have a session. */
export function modulesOfRun({ seminar, sessions, places }: RunDetails): ModuleOfRun[] {
  const at = now();
  return seminar.modules.flatMap(({ id, title, teachingUnits }, index) => {
    const sittings = sessions.filter(({ moduleId }) => moduleId === id);
    const [first] = sittings;
    const ofModule = places.modules?.find(({ moduleId }) => moduleId === id);
    if (!first || !places.modules) return [];
    return {
      id,
      title,
      number: index + 1,
      sessions: sittings,
      places: ofModule ?? { moduleId: id, capacity: places.capacity, held: 0, left: places.capacity, waiting: 0 },
      begun: first.startsAt <= at,
      ...(teachingUnits && { teachingUnits }),
    };
  });
}

/** Whether a session has begun by now. */
export function hasBegun({ startsAt }: { startsAt: Date }): boolean {
  return startsAt <= now();
}

/** Other public runs of the same seminar that a newcomer could book now, the next one first. */
export async function otherRuns({ id, seminarId }: Run): Promise<RunListing[]> {
  const runs = await publicRuns({ seminarIds: [seminarId], startsFrom: now(), limit: longestPage });
  // One that is not for everybody is no alternative for whoever may have no right to it.
  return (await listingsOf(runs.filter((run) => run.id !== id && !run.admission))).filter(isFree);
}

/** Runs with everything a visitor sees of them, in the order given. */
export async function listingsOf(runs: readonly Run[]): Promise<RunListing[]> {
  if (runs.length === 0) return [];
  const [seminars, places, provider] = await Promise.all([
    seminarsByIds(runs.map(({ seminarId }) => seminarId)),
    placesOfRuns(runs.map(({ id }) => id)),
    providersById(),
  ]);
  const at = now();
  return runs.flatMap((run) => {
    const seminar = seminars.get(run.seminarId);
    const by = provider.get(run.providerId);
    const left = places.get(run.id);
    return seminar && by && left ? [{ run, seminar, provider: by, places: placesToCome(left, run, at) }] : [];
  });
}

/** The runs a coordinator plans, from 30 days ago on, by their start. */
export async function desk(actor: Actor): Promise<RunListing[]> {
  const from = new Date(now().getTime() - monthInMilliseconds);
  return listingsOf(await runsToPlan(actor, { from, limit: 500 }));
}

export async function placesOfRuns(runIds: readonly string[]): Promise<Map<string, PlacesOfRun>> {
  const ledgers = await ledgersOf(runIds);
  return new Map([...ledgers].map(([id, ledger]) => [id, placesOf(ledger)]));
}

async function providersById(): Promise<Map<string, Provider>> {
  return new Map((await providers()).map((provider) => [provider.id, provider]));
}

function isFree({ places }: RunListing): boolean {
  return places.left > 0;
}

function writeCursor({ startsAt, id }: Run): string {
  return `${startsAt.getTime().toString(36)}-${id}`;
}

/** A cursor nobody wrote starts from the beginning. */
function readCursor(text: string): { startsAt: Date; id: string } | undefined {
  const [, time, id] = /^([0-9a-z]{1,9})-([0-9a-f]{24})$/.exec(text) ?? [];
  return time && id ? { startsAt: new Date(Number.parseInt(time, 36)), id } : undefined;
}
