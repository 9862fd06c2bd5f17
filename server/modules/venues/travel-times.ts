import { inTransaction } from '../../platform/database.ts';
import { authorise } from '../../platform/errors.ts';
import { coordinatesNetwork, recordEvent, type Actor } from '../history/index.ts';
import { TravelModel } from './travel.model.ts';
import type { TravelInput } from './venues.input.ts';
import { travelKey, usualTravelMinutes } from './venues.rules.ts';

/** Minutes between two venues; 0 within one. */
export type TravelTimes = { usual: number; between(one: string, other: string): number };

const usual = 'default';

/** Says how long the way between two venues takes, or any way that nobody has named. @throws not-allowed */
export function setTravelTime(actor: Actor, { between, minutes }: TravelInput): Promise<void> {
  return inTransaction(async () => {
    authorise(coordinatesNetwork(actor));
    const _id = between ? travelKey(...between) : usual;
    await TravelModel.updateOne({ _id }, { $set: { minutes } }, { upsert: true });
    recordEvent(actor, { type: 'travel-time-set', about: {}, facts: { between: between ?? [], minutes } });
  });
}

/** The ways between these venues. */
export async function travelTimes(venueIds: readonly string[]): Promise<TravelTimes> {
  const ids = [...new Set(venueIds)];
  const pairs = ids.flatMap((one, index) => ids.slice(index + 1).map((other) => travelKey(one, other)));
  const rows = await TravelModel.find({ _id: { $in: [usual, ...pairs] } }).lean();
  const known = new Map(rows.map(({ _id, minutes }) => [_id, minutes]));
  const elsewhere = known.get(usual) ?? usualTravelMinutes;
  const between = (one: string, other: string) => (one === other ? 0 : (known.get(travelKey(one, other)) ?? elsewhere));
  return { usual: elsewhere, between };
}
