import { DateTime } from 'luxon';
import { z } from 'zod';
import {
  capacityInput,
  cancelRunInput,
  makeUpPlacesInput,
  moduleCapacitiesInput,
  planRunInput,
} from '../modules/booking/index.ts';
import { seminarKinds } from '../modules/catalogue/index.ts';
import { runChangesInput } from '../modules/scheduling/index.ts';

/** The clock of the network: a calendar day without a zone is a day there. */
const networkZone = 'Europe/Berlin';

const day = z.iso.date();
const moment = z.iso.datetime({ offset: true });
const eitherOf = (error: string) => z.union([moment, day], { error });

const fromQuery = eitherOf('date')
  .transform((text) => (isDay(text) ? startOf(text).toJSDate() : new Date(text)))
  .meta({
    type: 'string',
    description: 'Runs that end at this instant or later. A calendar day counts from its start in Europe/Berlin.',
    example: '2027-03-01',
  });
const toQuery = eitherOf('date')
  .transform((text) => (isDay(text) ? startOf(text).plus({ days: 1 }).toJSDate() : new Date(text)))
  .meta({
    type: 'string',
    description: 'Runs that start before this instant. A calendar day counts to its end in Europe/Berlin.',
    example: '2027-06-30',
  });

/** What may stand behind `GET /runs?`. Nothing is coerced: a number is digits, a truth value `true` or `false`. */
export const runsQuery = z.strictObject({
  from: fromQuery.optional(),
  to: toQuery.optional(),
  text: z
    .string()
    .max(200, { error: 'too-long' })
    .optional()
    .meta({ description: 'Words that title or summary contain; every sign stands for itself.', example: 'Schule' }),
  kind: z.enum(seminarKinds, { error: 'choose-one' }).optional().meta({ description: 'The kind of offer.' }),
  provider: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/, { error: 'choose-one' })
    .optional()
    .meta({ description: 'Slug of the provider.', example: 'vhs' }),
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/, { error: 'language-code' })
    .optional()
    .meta({ description: 'Language in which the seminar is held, as an ISO 639 code.', example: 'de' }),
  free: z
    .enum(['true', 'false'], { error: 'choose-one' })
    .transform((text) => text === 'true')
    .optional()
    .meta({ type: 'boolean', description: 'Only runs with a place that a newcomer could have now.' }),
  after: z
    .string()
    .regex(/^[\w.:~-]{1,200}$/, { error: 'invalid' })
    .optional()
    .meta({ description: 'What `next` of the page before said.' }),
  limit: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, { error: 'whole-number' })
    .transform(Number)
    .pipe(z.int().max(100, { error: 'too-large' }))
    .default(20)
    .meta({ type: 'integer', minimum: 1, maximum: 100, default: 20, description: 'Runs per page.' }),
});

/** A new run with its sessions. */
export const planRunBody = planRunInput.meta({
  id: 'NewRun',
  description:
    'A run with its sessions, as a draft or, with `published: true`, open for booking at once. `module` names a module of the seminar by id or title. `cutOffHours` and `cancellationHours` count back from the first session. `order`, `maxPasses`, `promotion`, `offerHours` and `afterLapse` say how places that become free are passed on.',
});

/** What can be changed of a run that stands. Sessions have their own address. */
export const changeRunBody = runChangesInput
  .extend({
    capacity: capacityInput.optional(),
    modules: moduleCapacitiesInput.optional(),
    makeUpPlaces: makeUpPlacesInput.optional(),
  })
  .meta({
    id: 'RunChange',
    description:
      'What is not given stays; `null` takes away `minimum`, `decisionOn`, `substituteUntilOn` and `land`. Raising the capacity promotes from the waiting list. `capacity` sets every module of a run that is booked by module, `modules` single ones. `makeUpPlaces`: how many people may make up each module there that they missed in another run.',
  });

/** The reason may stay away: then a sentence that fits every run goes out. */
export const cancelRunBody = cancelRunInput
  .partial()
  .meta({ id: 'RunCancellation', description: 'The reason is told to everybody who holds a place or waits.' });

function isDay(text: string): boolean {
  return !text.includes('T');
}

function startOf(text: string): DateTime {
  return DateTime.fromISO(text, { zone: networkZone });
}
