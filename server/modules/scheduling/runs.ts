import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import { mayPlanFor, seminarById, type ReminderRule, type Seminar } from '../catalogue/index.ts';
import { recordEvent, referenceTo, systemActor, type Actor } from '../history/index.ts';
import { refusePastNames } from './names-until.ts';
import { refuseUnlessPlanned, type PlanAct } from './plan-changes.ts';
import { providerById } from '../people/index.ts';
import type { Needs } from '../venues/index.ts';
import { RunModel, type RunRow } from './run.model.ts';
import { changedPolicy, newPolicy } from './queue-policy.ts';
import { runOf, type Run } from './run.ts';
import { dispensable, type RunChanges, type RunInput, type RunSettings } from './scheduling.input.ts';
import { checkPlan, moduleStartsOf, summaryOf } from './scheduling.rules.ts';
import { insertSessions, type Session } from './sessions.ts';

/**
 * Adds a run with its sessions, and gives both, the sessions in the order of the input; with the settings of `alike`
 * where it repeats another. Unless it is public at once, nobody can book it before it is published.
 * @throws not-found, no-session, sessions-overlap, unknown-module, unknown-room, plan-conflicts, run-already-started
 */
export function addRun(
  actor: Actor,
  input: RunInput,
  { alike, published }: { alike?: Run; published?: boolean } = {},
): Promise<{ run: Run; seminar: Seminar; sessions: Session[] }> {
  return inTransaction(async () => {
    const seminar = await seminarById(input.seminarId);
    if (!seminar || !mayPlanFor(actor, seminar.providerId)) throw notFound('seminar');
    checkPlan(input.sessions);
    refusePastNames(input.namesUntilOn, { timeZone: input.sessions[0]?.timeZone ?? 'UTC' });
    const _id = new Types.ObjectId();
    const plan = { runId: _id, seminar, sessions: input.sessions, override: input.override };
    const sessions = await insertSessions(actor, plan);
    const summary = summaryOf(sessions);

    const [run] = await RunModel.create([
      {
        _id,
        seminarId: new Types.ObjectId(seminar.id),
        providerId: seminar.providerId,
        reminders: seminar.reminders,
        ...(seminar.approval === 'superior' && { asksApproval: true }),
        ...settingsOf(input),
        ...(await landOf(input, seminar.providerId)),
        ...(input.access && { access: input.access }),
        ...(alike && settingsLike(alike)),
        ...summary,
        ...modulesOf(alike ?? seminar, sessions),
        ...(published ? publishedBy(actor, summary) : { status: 'draft' }),
      },
    ]);
    if (!run) throw notFound('run');
    recordEvent(actor, { type: 'run-planned', about: aboutRun(String(_id), seminar) });
    return { run: runOf(run.toObject()), seminar, sessions };
  });
}

/** Changes what the run's plan says besides its sessions. @throws not-found, names-until-past */
export function changeRunSettings(actor: Actor, runId: string, changes: RunChanges): Promise<void> {
  return inTransaction(async () => {
    const run = await runToPlan(actor, runId);
    const { needs, cancellationHours, afterNames, groups, namesUntilOn } = changes;
    refusePastNames(namesUntilOn ?? undefined, { before: run.namesUntilOn, timeZone: run.timeZone });
    const policy = changedPolicy(run.policy, changes);
    const given = dispensable.filter((name) => changes[name] !== undefined && changes[name] !== null);
    const gone = dispensable.filter((name) => changes[name] === null && run[name] !== undefined);
    const set = {
      ...Object.fromEntries(given.map((name) => [name, changes[name]])),
      ...(afterNames !== undefined && { afterNames }),
      ...(groups !== undefined && { groups }),
      ...(needs && { needs: needsOf(needs) }),
      ...(policy && { policy }),
      ...(cancellationHours !== undefined && { cancellationHours }),
    };
    if (Object.keys(set).length + gone.length === 0) return;

    // On another day, the decision is asked for anew.
    const askAnew = changes.decisionOn !== undefined && (changes.decisionOn ?? undefined) !== run.decisionOn;
    const unset = [...gone, ...(askAnew ? ['decisionAskedAt'] : [])];
    await RunModel.updateOne(
      { _id: runId },
      { $set: set, ...(unset.length > 0 && { $unset: Object.fromEntries(unset.map((name) => [name, 1])) }) },
    );
    // The holidays of another Land are other days for reminders on working days.
    const isElsewhere = changes.land !== undefined && (changes.land ?? undefined) !== run.land;
    const tells = isElsewhere && run.reminders.some(({ workingDays }) => workingDays);
    recordEvent(actor, {
      type: 'run-settings-changed',
      about: { runId, providerId: run.providerId },
      facts: changes,
      tells,
    });
  });
}

/** Makes a draft public. Booking opens with it. @throws run-already-started, not-a-draft */
export async function markPublished(actor: Actor, run: Run): Promise<void> {
  if (run.status !== 'draft') throw new AppError('not-a-draft', 'conflict', 'Only a draft can be published.');
  await setStatus(run, publishedBy(actor, run));
}

function publishedBy(actor: Actor, { startsAt }: { startsAt: Date }) {
  if (startsAt <= now()) throw new AppError('run-already-started', 'conflict', 'The first session has already begun.');
  return { status: 'published' as const, publication: { at: now(), by: referenceTo(actor) } };
}

/** @throws run-already-cancelled, run-completed, plan-changed */
export async function markCancelled(actor: Actor, run: Run, reason: string, act: PlanAct = {}): Promise<void> {
  if (run.status === 'cancelled')
    throw new AppError('run-already-cancelled', 'conflict', 'The run is already cancelled.');
  refuseUnlessPlanned(run.status === 'postponed' ? { ...run, status: 'published' } : run, act);
  await setStatus(run, { status: 'cancelled', cancellation: { at: now(), by: referenceTo(actor), reason } });
}

/** Closes a public run whose last session is over; nothing when it is not, or no longer. */
export async function markCompleted(run: Run): Promise<void> {
  await inTransaction(async () => {
    const present = await existingRun(run.id);
    if (present.status !== 'published' || present.endsAt > now()) return;
    await setStatus(present, { status: 'completed' });
    const about = { runId: run.id, seminarId: run.seminarId, providerId: run.providerId };
    recordEvent(systemActor, { type: 'run-completed', about });
  });
}

export async function runById(id: string): Promise<Run | undefined> {
  if (!Types.ObjectId.isValid(id)) return undefined;
  const row = await RunModel.findById(id).lean();
  return row ? runOf(row) : undefined;
}

/** Whether somebody may see and book the run: everybody, or for a closed one its guests and those who plan it. */
export function isOpenTo(actor: Actor, { id, access, providerId }: Run): boolean {
  const guestOf = actor.kind === 'guest' ? actor.runId : actor.kind === 'person' ? actor.guestOf : undefined;
  return access !== 'closed' || guestOf === id || mayPlanFor(actor, providerId);
}

/** Says how many places one institution may hold. In the open transaction, for those who count them. */
export async function limitInstitutions({ id }: Run, perInstitution: number | undefined): Promise<void> {
  const change = perInstitution === undefined ? { $unset: { perInstitution: 1 } } : { $set: { perInstitution } };
  await RunModel.updateOne({ _id: id }, change);
}

/** Gives a run a reminder plan of its own, or again the one of its seminar. In the open transaction. */
export async function setReminders(
  { id }: Run,
  { reminders, isOwn }: { reminders: readonly ReminderRule[]; isOwn: boolean },
): Promise<void> {
  const own = isOwn
    ? { $set: { reminders, ownReminders: true } }
    : { $set: { reminders }, $unset: { ownReminders: 1 } };
  await RunModel.updateOne({ _id: id }, own);
}

/** Drafts without a plan of their own follow their seminar. In the open transaction. */
export async function followReminders(seminarId: string, reminders: readonly ReminderRule[]): Promise<void> {
  await RunModel.updateMany(
    { seminarId: new Types.ObjectId(seminarId), status: 'draft', ownReminders: { $exists: false } },
    { $set: { reminders } },
  );
}

/** Has the runs of a seminar ask for approval as the seminar does from now on. In the open transaction. */
export async function followApproval({ id, approval }: Pick<Seminar, 'id' | 'approval'>): Promise<void> {
  const change = approval === 'superior' ? { $set: { asksApproval: true } } : { $unset: { asksApproval: 1 } };
  await RunModel.updateMany({ seminarId: new Types.ObjectId(id) }, change);
}

/** Says who may book a run, and whether the catalogue shows it. In the open transaction, for those who ask for the right. */
export async function restrictRun(
  { id }: Run,
  { listed, admission }: { listed: boolean; admission?: NonNullable<RunRow['admission']> },
): Promise<void> {
  const set = { ...(admission && { admission }), ...(!listed && { access: 'closed' as const }) };
  const unset = { ...(!admission && { admission: 1 as const }), ...(listed && { access: 1 as const }) };
  await RunModel.updateOne({ _id: id }, { $set: set, $unset: unset });
}

/** Lets everybody in, once those who had a right to be first have answered. In the open transaction. */
export async function openToEverybody(actor: Actor, run: Run): Promise<void> {
  if (run.access !== 'closed') return;
  await RunModel.updateOne({ _id: run.id }, { $unset: { access: 1 } });
  const about = { runId: run.id, seminarId: run.seminarId, providerId: run.providerId };
  recordEvent(actor, { type: 'run-opened', about });
}

/** The run, if the actor may plan it; not there and not yours look the same. @throws not-found */
export async function runToPlan(actor: Actor, id: string): Promise<Run> {
  const run = await runById(id);
  if (!run || !mayPlanFor(actor, run.providerId)) throw notFound('run');
  return run;
}

async function existingRun(id: string): Promise<Run> {
  const run = await runById(id);
  if (!run) throw notFound('run');
  return run;
}

// The status is part of the filter: whoever changed it in between makes this transaction start again.
async function setStatus(run: Run, change: object): Promise<void> {
  await RunModel.updateOne({ _id: run.id, status: run.status }, { $set: change });
}

function settingsOf({ minimum, decisionOn, needs, cancellationHours = 48, ...settings }: RunSettings) {
  return {
    ...(needs && { needs: needsOf(needs) }),
    ...(minimum !== undefined && { minimum }),
    ...(decisionOn !== undefined && { decisionOn }),
    ...daysOf(settings),
    policy: newPolicy(settings),
    cancellationHours,
  };
}

/** Until when bookers may put somebody in another's place, and say who comes, where they have to. */
function daysOf({ substituteUntilOn, namesUntilOn, afterNames, groups }: RunSettings) {
  return {
    ...(substituteUntilOn !== undefined && { substituteUntilOn }),
    ...(namesUntilOn !== undefined && { namesUntilOn }),
    ...(afterNames !== undefined && { afterNames }),
    ...(groups !== undefined && { groups }),
  };
}

/** What a run is by itself; everything else that is set of it goes along when it is repeated. */
const ofItsOwn: readonly (keyof Run | '_id')[] = [
  'id',
  '_id',
  'seminarId',
  'providerId',
  'status',
  'startsAt',
  'endsAt',
  'timeZone',
  'location',
  'booking',
  'moduleStarts',
  'publication',
  'cancellation',
  'postponement',
  'planVersion',
  'decisionOn',
  'decisionAskedAt',
  'substituteUntilOn',
  'namesUntilOn',
  'holding',
  'mergedInto',
];

/** A copy is booked as its original is, whatever the seminar says by now. */
function modulesOf({ booking }: { booking?: Seminar['booking'] }, sessions: readonly Session[]): Partial<RunRow> {
  return booking === 'by-module' ? { booking, moduleStarts: moduleStartsOf(sessions) } : {};
}

function settingsLike(run: Run): Partial<Run> {
  return Object.fromEntries(Object.entries(run).filter(([name]) => !ofItsOwn.some((own) => own === name)));
}

/** The provider's Land, unless the run has one of its own. */
async function landOf({ land }: RunSettings, providerId: string): Promise<{ land?: string }> {
  const own = land ?? (await providerById(providerId))?.land;
  return own === undefined ? {} : { land: own };
}

function aboutRun(runId: string, seminar: Seminar) {
  return { runId, seminarId: seminar.id, providerId: seminar.providerId };
}

function needsOf({ seating, equipment = [], accessibility = [] }: Needs) {
  return { ...(seating && { seating }), equipment, accessibility };
}
