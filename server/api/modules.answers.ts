import { z } from 'zod';
import type { MissedModule } from '../modules/booking/index.ts';
import { bookedPlaces, booking } from './bookings.answers.ts';
import { instant } from './runs.answers.ts';

const id = z.string().regex(/^[0-9a-f]{24}$/);
const missed = z.strictObject({
  participant: z.strictObject({ id, name: z.string() }),
  module: id,
  runs: z
    .array(z.strictObject({ id, startsAt: instant }))
    .meta({ description: 'Runs with a place for making it up, and when its first session there begins.' }),
});
export const missedModulesAnswer = z
  .strictObject({ items: z.array(missed) })
  .meta({ id: 'MissedModules', description: 'What the people of a booking can make up.' });

export const changedModules = z
  .strictObject({
    booking: booking.optional().meta({ description: 'As it now stands.' }),
    added: bookedPlaces.optional().meta({ description: 'The booking of the modules that came in, if any.' }),
  })
  .meta({ id: 'ChangedModules' });

export function answerOfMissed({ participant, moduleId, offers }: MissedModule): z.infer<typeof missed> {
  const runs = offers.map(({ listing, sessions }) => ({
    id: listing.run.id,
    startsAt: (sessions[0]?.startsAt ?? listing.run.startsAt).toISOString(),
  }));
  return { participant, module: moduleId, runs };
}
