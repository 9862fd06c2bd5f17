import { IANAZone } from 'luxon';
import { z } from 'zod';
import { needsInput } from '../venues/index.ts';
import { landInput } from '../holidays/index.ts';
import { groupWays } from './group-names.rules.ts';
import { afterNamesWays } from './names-until.rules.ts';
import { queuePolicyInput } from './queue-policy.ts';

const instant = z.iso
  .datetime({ offset: true, error: 'instant-with-offset' })
  .transform((text) => new Date(text))
  .refine((date) => date.getUTCFullYear() >= 2000 && date.getUTCFullYear() < 2100, { error: 'year' });
const timeZone = z
  .string()
  .refine((zone) => IANAZone.isValidZone(zone) && !/^(utc|gmt|etc\/)/i.test(zone), { error: 'time-zone' });
const location = z
  .string()
  .trim()
  .min(1, { error: 'required' })
  .max(300, { error: 'too-long' })
  .refine((text) => !/\p{Cc}/u.test(text), { error: 'control-characters' });
const hours = (most: number) =>
  z.int({ error: 'whole-number' }).min(0, { error: 'whole-number' }).max(most, { error: 'too-large' });
const trainers = z.array(z.string().regex(/^[0-9a-f]{24}$/, { error: 'choose-one' })).max(20, { error: 'too-many' });

const day = z.iso.date({ error: 'date' }).refine((text) => text >= '2000' && text < '2100', { error: 'year' });
const roomId = z.string().regex(/^[0-9a-f]{24}$/, { error: 'choose-one' });

/** One sitting: instants as ISO 8601 with offset, an IANA zone, and a room, or a place in words or an https link. */
export const sessionInput = z.strictObject({
  startsAt: instant,
  endsAt: instant,
  timeZone,
  location: location.default(''),
  roomId: roomId.optional(),
  module: z.string().max(200).optional(),
  trainers: trainers.optional(),
});
export type SessionInput = z.infer<typeof sessionInput>;

/** A `location` without a room takes the session out of the room it is in. */
export const sessionChangeInput = sessionInput.omit({ module: true }).extend({ location }).partial();
export type SessionChange = z.infer<typeof sessionChangeInput>;

/** Why something is planned although a room or trainer is taken: `conflicts` are the keys of those that were seen. */
export const overrideInput = z.strictObject({
  reason: z.string().trim().max(500, { error: 'too-long' }).optional(),
  conflicts: z.array(z.string().max(300)).max(500, { error: 'too-many' }).optional(),
});
export type Override = z.infer<typeof overrideInput>;

/** A time in which a room cannot be used. */
export const roomBlockInput = z.strictObject({
  startsAt: instant,
  endsAt: instant,
  reason: z.string().trim().max(200, { error: 'too-long' }).optional(),
});
export type RoomBlockInput = z.infer<typeof roomBlockInput>;

/** What a run's plan says besides its sessions. `cancellationHours`: before the first session. */
export const runSettingsInput = z.strictObject({
  minimum: z
    .int({ error: 'whole-number' })
    .min(1, { error: 'whole-number' })
    .max(10_000, { error: 'too-large' })
    .optional(),
  decisionOn: day.optional(),
  /** The last calendar day on which bookers may put somebody in another's place. */
  substituteUntilOn: day.optional(),
  /** The last calendar day for names, and whether places without one then stay or make way for those who wait. */
  namesUntilOn: day.optional(),
  afterNames: z.enum(afterNamesWays, { error: 'choose-one' }).optional(),
  /** Whether school classes and other groups may come by the number of heads, without names. */
  groups: z.enum(groupWays, { error: 'choose-one' }).optional(),
  /** What the run needs of its rooms. */
  needs: needsInput.optional(),
  ...queuePolicyInput.shape,
  cancellationHours: hours(24 * 90).optional(),
  land: landInput.optional(),
});
export type RunSettings = z.infer<typeof runSettingsInput>;

const { minimum, decisionOn, substituteUntilOn, namesUntilOn, land } = runSettingsInput.shape;
/** What changes of it: what is not given stays, and `null` takes away what a run may also do without. */
export const runChangesInput = runSettingsInput.extend({
  minimum: minimum.nullable(),
  decisionOn: decisionOn.nullable(),
  substituteUntilOn: substituteUntilOn.nullable(),
  namesUntilOn: namesUntilOn.nullable(),
  land: land.nullable(),
});
export type RunChanges = z.infer<typeof runChangesInput>;
/** The names of what can be taken away. */
export const dispensable = ['minimum', 'decisionOn', 'substituteUntilOn', 'namesUntilOn', 'land'] as const;

export const runInput = runSettingsInput.extend({
  seminarId: z.string().regex(/^[0-9a-f]{24}$/, { error: 'choose-one' }),
  sessions: z
    .array(sessionInput.refine(isSomewhere, { path: ['location'], error: 'required' }))
    .min(1, { error: 'at-least-one-session' })
    .max(100, { error: 'too-many' }),
  override: overrideInput.optional(),
  access: z.enum(['closed'], { error: 'choose-one' }).optional(),
});
export type RunInput = z.infer<typeof runInput>;

/** A session is in a room, or says in words where it is. */
function isSomewhere({ roomId: room, location: words }: { roomId?: string | undefined; location: string }): boolean {
  return room !== undefined || words !== '';
}
