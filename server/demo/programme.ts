import type { Offer } from './demo.types.ts';
import { coreOffers } from './programme-core.ts';
import { widerOffers } from './programme-wider.ts';

/** The programme of the model network: all kinds of offer it has. */
export const programme: readonly Offer[] = [...coreOffers, ...widerOffers];
