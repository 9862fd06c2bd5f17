import { z } from 'zod';
import type { QueueEntry, RunDetails, RunListing } from '../modules/booking/index.ts';
import { bookingModes, seminarKinds } from '../modules/catalogue/index.ts';
import { coordinates, type Actor } from '../modules/history/index.ts';
import {
  afterExpiries,
  afterLapses,
  isOnline,
  promotions,
  queueOrders,
  type Session,
} from '../modules/scheduling/index.ts';
import { needsInput } from '../modules/venues/index.ts';
import type { Links } from './links.ts';

export const instant = z.iso.datetime({ offset: true }).meta({ description: 'ISO 8601 with offset or Z.' });
export const bookingStatus = z.enum([
  'requested',
  'waiting',
  'offered',
  'confirmed',
  'declined',
  'expired',
  'lapsed',
  'cancelled',
]);
export const waitingReason = z.enum([
  'no-place-free',
  'group-does-not-fit',
  'behind-others',
  'after-cut-off',
  'run-over-full',
  'institution-limit',
  'kept-for-contingent',
]);
const id = z.string().regex(/^[0-9a-f]{24}$/);
const place = z.string().meta({ description: 'A place in words; "online" for everybody who is not shown the link.' });
const timeZone = z.string().meta({ description: 'IANA name.', example: 'Europe/Berlin' });
const sitting = { startsAt: instant, endsAt: instant, timeZone, location: place };

export const runSummary = z
  .strictObject({
    id,
    seminarId: id,
    title: z.string(),
    kind: z.enum(seminarKinds),
    provider: z.string().meta({ description: 'Slug of the provider.' }),
    ...sitting,
    capacity: z.int().min(1),
    placesLeft: z.int().min(0).meta({ description: 'What a newcomer could have now.' }),
    waiting: z.int().min(0).meta({ description: 'Places, not bookings, that are waited for.' }),
    restricted: z
      .literal(true)
      .optional()
      .meta({ description: 'Not for everybody: booked with a `code`, by certain institutions or mail domains.' }),
    status: z.enum(['draft', 'published', 'cancelled', 'postponed', 'completed']),
    url: z.url().meta({ description: "The run's page." }),
  })
  .meta({ id: 'RunSummary', description: 'A run as the catalogue shows it.' });
export const runsPage = z
  .strictObject({
    items: z.array(runSummary),
    next: z.string().nullable().meta({ description: 'Give it as `after` for the next page; null on the last one.' }),
  })
  .meta({ id: 'RunsPage' });

export const session = z
  .strictObject({
    id,
    runId: id,
    ...sitting,
    module: id.optional().meta({ description: 'Id of the module it belongs to.' }),
    trainers: z.array(id).optional().meta({ description: 'Ids of the trainers; only for coordinators.' }),
    roomId: id.optional().meta({ description: 'Id of the room it is in, if one; only for coordinators.' }),
  })
  .meta({ id: 'Session', description: 'One sitting of a run.' });
export const run = runSummary
  .extend({
    summary: z.string(),
    description: z.string(),
    language: z.string().meta({ description: 'ISO 639 code.' }),
    minimum: z.int().min(1).optional().meta({ description: 'Participants the run needs.' }),
    plan: z
      .strictObject({
        needs: needsInput.optional().meta({ description: 'What it needs of its rooms.' }),
        decisionOn: z.iso.date().optional(),
        substituteUntilOn: z.iso.date().optional(),
        namesUntilOn: z.iso.date().optional(),
        land: z.string().optional().meta({ description: 'Whose public holidays count for it: `NI`.' }),
        makeUpPlaces: z
          .array(z.strictObject({ module: id, places: z.int().min(0), held: z.int().min(0) }))
          .optional()
          .meta({ description: 'Places beside its own for making up a module that was missed elsewhere.' }),
      })
      .optional()
      .meta({ description: 'What only coordinators of the run read.' }),
    sessions: z.array(session),
    booking: z
      .enum(bookingModes)
      .meta({ description: 'Booked as a whole, or `by-module`: then each module has places of its own.' }),
    modules: z.array(
      z.strictObject({
        id,
        title: z.string(),
        content: z.string(),
        teachingUnits: z.int().min(1).optional().meta({ description: 'Hours of 45 minutes.' }),
        capacity: z.int().min(1).optional().meta({ description: 'Only where the run is booked by module.' }),
        placesLeft: z.int().min(0).optional(),
        waiting: z.int().min(0).optional(),
      }),
    ),
    policy: z
      .strictObject({
        order: z.enum(queueOrders).meta({
          description:
            '`strict`: the head of the waiting list waits for its places and nobody overtakes; `fill`: a smaller booking may go ahead, at most `maxPasses` times; `split`: a group gets what is free, the rest of it keeps waiting.',
        }),
        maxPasses: z.int().min(0).optional().meta({ description: 'Only with `fill`.' }),
        promotion: z.enum(promotions).meta({
          description:
            'Whoever moves up is confirmed at once (`confirm`), or has an `offer` to accept within `offerHours` of office time.',
        }),
        offerHours: z.int().min(1).optional().meta({ description: 'Only with `offer`.' }),
        afterLapse: z.enum(afterLapses).optional().meta({
          description: 'Where whoever lets an offer pass stands then: at the `end` of the list, or `out` of it.',
        }),
        cutOffHours: z.int().min(0).meta({ description: 'Nobody moves up later than this before the first session.' }),
        approvalHours: z.int().min(1).optional().meta({
          description:
            'How much office time there is to approve a booking, where somebody has to; 50 when it does not say.',
        }),
        afterExpiry: z.enum(afterExpiries).optional().meta({
          description:
            'What becomes of a booking that nobody approved in time: it is `out`, waits again at the `end`, or is confirmed all the same; `out` when it does not say.',
        }),
        cancellationHours: z
          .int()
          .min(0)
          .meta({ description: 'Bookers cancel by themselves until this long before it.' }),
      })
      .meta({ description: 'How free places are given away.' }),
  })
  .meta({ id: 'Run', description: 'A run with its plan.' });

export const plannedRun = z.strictObject({ id, sessions: z.array(z.strictObject({ id })) }).meta({ id: 'PlannedRun' });
const queueEntry = z.strictObject({
  id,
  number: z.int().min(1).meta({ description: "The booking's turn in the run." }),
  priority: z.int().min(1).optional().meta({ description: 'A coordinator had it stand before others; 1 comes first.' }),
  status: bookingStatus,
  places: z.int().min(1),
  position: z.int().min(1).optional().meta({ description: '1 is next; only while waiting.' }),
  reason: waitingReason.optional().meta({ description: 'Why it still waits.' }),
  passes: z.int().min(1).optional().meta({ description: 'How often a smaller booking went ahead of it.' }),
  offeredUntil: instant.optional().meta({ description: 'Until then its places are held; only while `offered`.' }),
  approvalUntil: instant.optional().meta({ description: 'Until then its places are held; only while `requested`.' }),
  partOf: id.optional().meta({ description: 'The booking of the same group that it was divided from.' }),
  modules: z.array(id).optional().meta({ description: 'What it is for, where the run is booked by module.' }),
  booker: z.strictObject({ name: z.string(), email: z.string(), language: z.enum(['de', 'en']) }),
  institution: z.string().optional(),
  createdAt: instant,
});
export const queue = z
  .strictObject({ items: z.array(queueEntry) })
  .meta({ id: 'Queue', description: 'All bookings of a run, the active ones first, in the order of the queue.' });

/** Who reads: the public, or somebody who plans the run and so may read its links and trainers. */
export type Reader = 'public' | 'planner';

export function readerOf(actor: Actor, providerId: string): Reader {
  return coordinates(actor, providerId) ? 'planner' : 'public';
}

export function summaryOfRun(listing: RunListing, reader: Reader, links: Links): z.infer<typeof runSummary> {
  const { run: planned, seminar, provider, places } = listing;
  return {
    id: planned.id,
    seminarId: seminar.id,
    title: seminar.title,
    kind: seminar.kind,
    provider: provider.id,
    ...sittingOf(planned, reader),
    capacity: places.capacity,
    placesLeft: places.left,
    waiting: places.waiting,
    ...(planned.admission && { restricted: true as const }),
    status: planned.status,
    url: links.run(planned.id),
  };
}

export function answerOfRun(details: RunDetails, reader: Reader, links: Links): z.infer<typeof run> {
  const { run: planned, seminar } = details;
  return {
    ...summaryOfRun(details, reader, links),
    summary: seminar.summary,
    description: seminar.description,
    language: seminar.language,
    ...(planned.minimum !== undefined && { minimum: planned.minimum }),
    ...(reader === 'planner' && { plan: planOf(details) }),
    sessions: details.sessions.map((one) => answerOfSession(one, reader)),
    booking: details.places.modules ? 'by-module' : 'whole',
    modules: seminar.modules.map((module) => ({ ...module, ...placesOfModule(details, module.id) })),
    policy: { ...planned.policy, cancellationHours: planned.cancellationHours },
  };
}

function planOf({ run: planned, places }: RunDetails): z.infer<typeof run>['plan'] {
  const { needs, decisionOn, substituteUntilOn, namesUntilOn, land } = planned;
  const makeUpPlaces = places.makeUp?.map(({ moduleId, capacity, held }) => ({
    module: moduleId,
    places: capacity,
    held,
  }));
  return {
    ...(needs && { needs }),
    ...(decisionOn && { decisionOn }),
    ...(substituteUntilOn && { substituteUntilOn }),
    ...(namesUntilOn && { namesUntilOn }),
    ...(land && { land }),
    ...(makeUpPlaces && { makeUpPlaces }),
  };
}

function placesOfModule({ places }: RunDetails, wanted: string) {
  const found = places.modules?.find(({ moduleId }) => moduleId === wanted);
  return found && { capacity: found.capacity, placesLeft: found.left, waiting: found.waiting };
}

export function answerOfSession(one: Session, reader: Reader): z.infer<typeof session> {
  return {
    id: one.id,
    runId: one.runId,
    ...sittingOf(one, reader),
    ...(one.moduleId && { module: one.moduleId }),
    ...(reader === 'planner' && { trainers: one.trainerIds, ...(one.roomId && { roomId: one.roomId }) }),
  };
}

export function answerOfQueue(entries: readonly QueueEntry[]): z.infer<typeof queue> {
  return { items: entries.map(answerOfEntry) };
}

function answerOfEntry(entry: QueueEntry): z.infer<typeof queueEntry> {
  const { name, email, language } = entry.booker;
  return {
    id: entry.id,
    number: entry.lifted?.turn ?? entry.number,
    ...(entry.lifted?.priority !== undefined && { priority: entry.lifted.priority }),
    status: entry.status,
    places: entry.places,
    ...(entry.position !== undefined && { position: entry.position }),
    ...(entry.reason && { reason: entry.reason }),
    ...(entry.passes && { passes: entry.passes }),
    ...(entry.approval?.until && { approvalUntil: entry.approval.until.toISOString() }),
    ...(entry.offeredUntil && { offeredUntil: entry.offeredUntil.toISOString() }),
    ...(entry.partOf && { partOf: entry.partOf }),
    ...modulesIn(entry),
    booker: { name, email, language },
    ...(entry.institution && { institution: entry.institution }),
    createdAt: entry.createdAt.toISOString(),
  };
}

/** The modules of a booking, where it is not for a whole run. */
export function modulesIn({ units }: { units: readonly string[] }): { modules?: string[] } {
  const modules = units.filter((unit) => /^[0-9a-f]{24}$/.test(unit));
  return modules.length > 0 ? { modules } : {};
}

type Sitting = Pick<Session, 'startsAt' | 'endsAt' | 'timeZone' | 'location'>;

/** A link opens the online room, so the public only reads that there is one. */
function sittingOf({ startsAt, endsAt, timeZone: zone, location }: Sitting, reader: Reader) {
  return {
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    timeZone: zone,
    location: reader === 'public' && isOnline(location) ? 'online' : location,
  };
}
