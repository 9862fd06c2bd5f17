import { IANAZone } from 'luxon';
import { z } from 'zod';
import { accessFeatures, equipmentList, longestTravelMinutes, seatings } from './venues.rules.ts';

const line = (longest: number) =>
  z
    .string({ error: 'required' })
    .trim()
    .min(1, { error: 'required' })
    .max(longest, { error: 'too-long' })
    .refine((text) => !/\p{Cc}/u.test(text), { error: 'control-characters' });
const paragraph = z.string().trim().max(2_000, { error: 'too-long' });
const day = z.iso
  .date({ error: 'date' })
  .refine((text) => Number(text.slice(0, 4)) >= 2000 && Number(text.slice(0, 4)) < 2100, { error: 'year' });
const opens = z.string({ error: 'time' }).regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'time' });
const closes = z.string({ error: 'time' }).regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: 'time' });
const minutes = (most: number) =>
  z.int({ error: 'whole-number' }).min(0, { error: 'whole-number' }).max(most, { error: 'too-large' });
const id = z.string().regex(/^[0-9a-f]{24}$/, { error: 'choose-one' });

/** A house: without `provider` it is the network's, and everybody plans in it. */
export const venueInput = z.strictObject({
  name: line(100),
  provider: z.string().max(60, { error: 'choose-one' }).optional(),
  addressLines: z.array(line(80)).max(3, { error: 'too-many' }).optional(),
  postalCode: line(10).optional(),
  town: line(60),
  timeZone: z
    .string()
    .refine((zone) => IANAZone.isValidZone(zone), { error: 'time-zone' })
    .optional(),
  accessNotes: paragraph.optional(),
  howToFind: paragraph.optional(),
  openingHours: z
    .array(
      z
        .strictObject({ weekday: z.int().min(1).max(7), from: opens, until: closes })
        .refine(({ from, until }) => from < until, { path: ['until'], error: 'ends-before-it-starts' }),
    )
    .max(21, { error: 'too-many' })
    .optional(),
  closedDays: z
    .array(
      z
        .strictObject({ from: day, until: day.optional() })
        .refine(({ from, until = from }) => from <= until, { path: ['until'], error: 'ends-before-it-starts' }),
    )
    .max(60, { error: 'too-many' })
    .optional(),
});
export type VenueInput = z.infer<typeof venueInput>;

export const roomInput = z.strictObject({
  name: line(60),
  capacities: z
    .array(
      z.strictObject({
        seating: z.enum(seatings, { error: 'choose-one' }),
        places: z.int({ error: 'whole-number' }).min(1, { error: 'at-least-one' }).max(5_000, { error: 'too-large' }),
      }),
    )
    .max(seatings.length, { error: 'too-many' })
    .optional(),
  equipment: z
    .array(z.enum(equipmentList, { error: 'choose-one' }))
    .max(equipmentList.length)
    .optional(),
  accessibility: z
    .array(z.enum(accessFeatures, { error: 'choose-one' }))
    .max(accessFeatures.length)
    .optional(),
  setUpMinutes: minutes(24 * 60).optional(),
  clearUpMinutes: minutes(24 * 60).optional(),
});
export type RoomInput = z.infer<typeof roomInput>;

/** What a run needs of its room. */
export const needsInput = z.strictObject({
  seating: z.enum(seatings, { error: 'choose-one' }).optional(),
  equipment: z
    .array(z.enum(equipmentList, { error: 'choose-one' }))
    .max(equipmentList.length)
    .optional(),
  accessibility: z
    .array(z.enum(accessFeatures, { error: 'choose-one' }))
    .max(accessFeatures.length)
    .optional(),
});
export type Needs = z.infer<typeof needsInput>;

/** Minutes on the road between two venues; without them, between any two nobody has named. */
export const travelInput = z.strictObject({
  between: z.tuple([id, id]).optional(),
  minutes: minutes(longestTravelMinutes),
});
export type TravelInput = { between?: [string, string]; minutes?: number | undefined };
