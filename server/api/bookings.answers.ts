import { z } from 'zod';
import type { Booking, BookPlacesOutcome, RunDetails, WishStanding } from '../modules/booking/index.ts';
import type { Links } from './links.ts';
import { bookingStatus, instant, modulesIn, waitingReason, runSummary, summaryOfRun } from './runs.answers.ts';

const held = {
  id: z.string().regex(/^[0-9a-f]{24}$/),
  token: z.string().meta({ description: 'The secret that opens this booking. Whoever has it may see and cancel it.' }),
  places: z.int().min(1),
  position: z
    .int()
    .min(1)
    .optional()
    .meta({ description: 'Place in the waiting list, 1 is next; only while waiting.' }),
  manageUrl: z.url().meta({ description: "The booker's page." }),
};
const alternative = { id: held.id, token: held.token, runId: held.id, manageUrl: held.manageUrl };
const person = { name: z.string(), email: z.string() };

export const bookedPlaces = z
  .strictObject({
    ...held,
    status: z.enum(['confirmed', 'waiting', 'requested']),
    runId: held.id.optional().meta({ description: 'Only with `alternatives`: the run that this is about.' }),
    alternatives: z
      .array(z.strictObject({ ...alternative, rank: z.int().min(2) }))
      .optional()
      .meta({
        description:
          'The other runs in which it waits as well. The first that comes true is kept, and the others end at the same moment.',
      }),
    part: z
      .strictObject({ id: held.id, token: held.token, places: held.places, manageUrl: held.manageUrl })
      .optional()
      .meta({
        description:
          'Under `split`, when fewer places are free than were asked for: those that are confirmed at once, as a booking of their own. `places` are then the ones that wait.',
      }),
  })
  .meta({ id: 'BookedPlaces', description: 'What the booker is told at once.' });

export const booking = z
  .strictObject({
    ...held,
    status: bookingStatus,
    booker: z.strictObject({ ...person, language: z.enum(['de', 'en']) }),
    participants: z.array(z.strictObject(person)),
    group: z.string().optional().meta({
      description: 'A group that comes by the number of heads; `participants` then come along with it.',
    }),
    institution: z.string().optional(),
    modules: z
      .array(z.string())
      .optional()
      .meta({ description: 'Ids of the booked modules, where the run is booked by module.' }),
    createdAt: instant,
    reason: waitingReason.optional().meta({ description: 'Why it still waits.' }),
    offeredUntil: instant.optional().meta({ description: 'Until then its places are held; only while `offered`.' }),
    approvalUntil: instant.optional().meta({
      description: 'Until then its places are held for a superior to approve it; only while `requested`.',
    }),
    partOf: held.id.optional().meta({ description: 'The booking of the same group that it was divided from.' }),
    wishes: z
      .array(z.strictObject({ ...alternative, rank: z.int().min(1), status: bookingStatus, position: held.position }))
      .optional()
      .meta({
        description:
          'Where several runs were named: this booking and the others, in the order of the wish, and how each stands.',
      }),
    cancelUntil: instant.meta({ description: 'The booker cancels by this link until then; a waiting booking always.' }),
    mayCancel: z.boolean(),
    run: runSummary,
  })
  .meta({ id: 'Booking', description: 'A booking as its holder sees it.' });

/** What `bookingOfHolder` gives. */
type HeldBooking = {
  booking: Booking;
  position?: number;
  details: RunDetails;
  cancelUntil: Date;
  mayCancel: boolean;
  wishes: readonly WishStanding[];
};

/** Built from the outcome alone, so that a request sent again gets the same bytes. */
export function answerOfOutcome(outcome: BookPlacesOutcome, links: Links): z.infer<typeof bookedPlaces> {
  return {
    id: outcome.id,
    token: outcome.token,
    status: outcome.status,
    places: outcome.places,
    ...(outcome.position !== undefined && { position: outcome.position }),
    manageUrl: links.booking(outcome.token),
    ...(outcome.runId && { runId: outcome.runId }),
    ...(outcome.alternatives && {
      alternatives: outcome.alternatives.map((one) => ({ ...one, manageUrl: links.booking(one.token) })),
    }),
    ...(outcome.part && { part: { ...outcome.part, manageUrl: links.booking(outcome.part.token) } }),
  };
}

export function answerOfBooking(found: HeldBooking, links: Links): z.infer<typeof booking> {
  const { id, token, status, places, booker, participants, institution, createdAt } = found.booking;
  const { group, reason, offeredUntil, approval, partOf } = found.booking;
  return {
    id,
    token,
    status,
    places,
    ...(found.position !== undefined && { position: found.position }),
    booker: { name: booker.name, email: booker.email, language: booker.language },
    participants: participants.map(({ name, email }) => ({ name, email })),
    ...(group && { group }),
    ...(institution && { institution }),
    ...modulesIn(found.booking),
    createdAt: createdAt.toISOString(),
    ...(reason && { reason }),
    ...(offeredUntil && { offeredUntil: offeredUntil.toISOString() }),
    ...(approval?.until && { approvalUntil: approval.until.toISOString() }),
    ...(partOf && { partOf }),
    ...(found.wishes.length > 0 && { wishes: found.wishes.map((wish) => answerOfWish(wish, links)) }),
    cancelUntil: found.cancelUntil.toISOString(),
    mayCancel: found.mayCancel,
    run: summaryOfRun(found.details, 'public', links),
    manageUrl: links.booking(token),
  };
}

function answerOfWish({ id, token, status, run, rank, position }: WishStanding, links: Links) {
  const manageUrl = links.booking(token);
  return { id, token, runId: run.id, rank, status, ...(position !== undefined && { position }), manageUrl };
}
