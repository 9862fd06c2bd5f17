import { inTransaction } from '../../platform/database.ts';
import { authorise } from '../../platform/errors.ts';
import { coordinatesNetwork, recordEvent, type Actor } from '../history/index.ts';
import { TravelModel } from './travel.model.ts';
import type { TravelInput } from './venues.input.ts';
import { travelKey, usualTravelMinutes } from './venues.rules.ts';

/** Minutes between two venues; 0 within one. */
export type TravelTimes = {
  usual: number;
  between(one: string, other: string): number;
  /** Only where somebody has said how long it takes. */
  said(one: string, other: string): number | undefined;
};

const usual = 'default';

/** Says how long ways take: between two venues, or any that nobody has named; without minutes a way is like any other. @throws not-allowed */
export function setTravelTimes(actor: Actor, ways: readonly TravelInput[]): Promise<void> {
  return inTransaction(async () => {
    authorise(coordinatesNetwork(actor));
    for (const { between, minutes } of ways) {
      const _id = between ? travelKey(...between) : usual;
      if (minutes === undefined) await TravelModel.deleteOne({ _id });
      else await TravelModel.updateOne({ _id }, { $set: { minutes } }, { upsert: true });
    }
    recordEvent(actor, { type: 'travel-times-set', about: {}, facts: { ways } });
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
  return { usual: elsewhere, between, said: (one, other) => known.get(travelKey(one, other)) };
}
