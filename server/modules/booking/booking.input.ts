import { z } from 'zod';
import { parseAddress } from '../mail/index.ts';
import { accessFeatures } from '../venues/index.ts';
import { runInput } from '../scheduling/index.ts';

const name = z
  .string({ error: 'required' })
  .trim()
  .min(1, { error: 'required' })
  .max(120, { error: 'too-long' })
  .refine((text) => !/\p{Cc}/u.test(text), { error: 'control-characters' });
const email = z
  .string({ error: 'required' })
  .trim()
  .min(1, { error: 'required' })
  .max(254, { error: 'too-long' })
  .refine((text) => parseAddress(text).ok, { error: 'email' });

export const mostPlaces = 50;
export const mostAlternatives = 5;
const places = z
  .int({ error: 'whole-number' })
  .min(1, { error: 'at-least-one' })
  .max(mostPlaces, { error: 'too-many-places' });

/** What somebody needs in order to take part well. */
export const accessInput = z.strictObject({
  features: z
    .array(z.enum(accessFeatures, { error: 'choose-one' }))
    .max(accessFeatures.length, { error: 'too-many' })
    .optional(),
  note: z.string().trim().max(500, { error: 'too-long' }).optional(),
});
export type AccessInput = z.infer<typeof accessInput>;

/** The right address of somebody to whom a mail did not get. */
export const addressInput = z.strictObject({ email });

/** Somebody who is to sit in a place. */
export const personInput = z.strictObject({ name, email, access: accessInput.optional() });
export type NamedPerson = z.infer<typeof personInput>;

/** Who sits in places that had no name. */
export const namePlacesInput = z.strictObject({
  participants: z.array(personInput).min(1, { error: 'nobody' }).max(mostPlaces, { error: 'too-many-places' }),
});

/** What somebody says of themselves who was sent a link. */
export const ownDetailsInput = personInput.extend({
  language: z.enum(['de', 'en'], { error: 'choose-one' }).optional(),
});
export type OwnDetails = z.infer<typeof ownDetailsInput>;

/** To whom links for places without a name go: addresses, with spaces, commas or line breaks between them. */
export const detailsLinksInput = z.strictObject({
  emails: z
    .string({ error: 'required' })
    .trim()
    .min(1, { error: 'required' })
    .max(10_000, { error: 'too-long' })
    .transform((text) => text.split(/[\s,;]+/).filter(Boolean))
    .pipe(z.array(email).min(1, { error: 'required' }).max(mostPlaces, { error: 'too-many-places' })),
});

/** Which places of a booking: by the ids of those who sit in them, and how many without a name. */
export const reductionInput = z.strictObject({
  participantIds: z
    .array(z.string().regex(/^[0-9a-f]{24}$/, { error: 'choose-one' }))
    .max(mostPlaces, { error: 'too-many-places' })
    .optional(),
  unnamed: z
    .int({ error: 'whole-number' })
    .min(0, { error: 'whole-number' })
    .max(mostPlaces, { error: 'too-many-places' })
    .optional(),
});

/** Which places become a booking of their own, and who looks after them, where that is somebody else. */
export const splitInput = reductionInput.extend({ booker: z.strictObject({ name, email }).optional() });

/** Which places go to which other run. */
export const transferInput = reductionInput.extend({
  toRunId: z.string({ error: 'choose-one' }).regex(/^[0-9a-f]{24}$/, { error: 'choose-one' }),
});

/** Who books, who sits there, and how many places. Without participants and places: one place for the booker. */
export const bookPlacesInput = z.strictObject({
  booker: z.strictObject({ name, email, language: z.enum(['de', 'en'], { error: 'choose-one' }).optional() }),
  participants: z.array(personInput).max(mostPlaces, { error: 'too-many-places' }).optional(),
  places: places.optional(),
  modules: z
    .array(z.string().max(200, { error: 'too-long' }))
    .max(30, { error: 'too-many' })
    .optional(),
  /** Ids of further runs of the seminar in which somebody waits as well, in their order: the first that comes is kept. */
  alternatives: z
    .array(z.string().regex(/^[0-9a-f]{24}$/, { error: 'choose-one' }))
    .max(mostAlternatives, { error: 'too-many' })
    .optional(),
  /** A school class or another group that comes by the number of heads, where the run allows it; one of the places is for who comes along. */
  group: name.optional(),
  institution: z.string().trim().max(160, { error: 'too-long' }).optional(),
  /** Who approves the booking, where the seminar or the institution asks for it, and who stands in for them. */
  superior: z.strictObject({ name, email }).optional(),
  deputy: z.strictObject({ name, email }).optional(),
  /** What opens a run that is not for everybody. */
  code: z.string().trim().max(60, { error: 'too-long' }).optional(),
  /** Of the booker, where nobody else is named. */
  access: accessInput.optional(),
});
export type BookPlaces = z.infer<typeof bookPlacesInput>;

/** Why somebody cancels; may stay empty. */
export const cancelBookingInput = z.strictObject({
  reason: z.string().trim().max(500, { error: 'too-long' }).optional(),
});
export type CancelBooking = z.infer<typeof cancelBookingInput>;

/** Why a booking is not approved; may stay empty. */
export const refuseBookingInput = z.strictObject({ reason: cancelBookingInput.shape.reason });

export const capacityInput = z
  .int({ error: 'whole-number' })
  .min(1, { error: 'at-least-one' })
  .max(10_000, { error: 'too-large' });

/** How many people may make up each module in a run. */
export const makeUpPlacesInput = z
  .int({ error: 'whole-number' })
  .min(0, { error: 'whole-number' })
  .max(100, { error: 'too-large' });

/** New numbers of places for single modules of a run that is booked by module; `module` is an id. */
export const moduleCapacitiesInput = z
  .array(z.strictObject({ module: z.string().max(60, { error: 'too-long' }), capacity: capacityInput }))
  .max(30, { error: 'too-many' });

/** A run with its sessions and the number of its places, in draft or published at once. */
export const planRunInput = runInput.extend({ capacity: capacityInput, published: z.boolean().optional() });
export type PlanRun = z.infer<typeof planRunInput>;

export const cancelRunInput = z.strictObject({
  reason: z.string().trim().min(1, { error: 'required' }).max(500, { error: 'too-long' }),
});
