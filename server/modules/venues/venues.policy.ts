import { coordinates, coordinatesNetwork, type Actor } from '../history/index.ts';

type Owned = { providerId?: string };

/** A provider's coordinators change their own houses; what is shared changes the network. */
export function mayFurnish(actor: Actor, { providerId }: Owned): boolean {
  return providerId === undefined ? coordinatesNetwork(actor) : coordinates(actor, providerId);
}

/** Whether a provider's sessions may be there: in its own houses and in the shared ones. */
export function isFor(providerId: string, venue: Owned): boolean {
  return venue.providerId === undefined || venue.providerId === providerId;
}
