import { fingerprintOf } from '../../platform/secrets.ts';
import { institutionKnownAs } from '../people/index.ts';
import { normalisedName } from './booking.rules.ts';

/** As limits and contingents know an institution: by its name as it is normalised. Names nobody. */
export function organisationNamed(name: string): string {
  return fingerprintOf(`institution\n${normalisedName(name)}`);
}

export type Booked = { institution?: string; institutionId?: string; booker: { address: string } };

/**
 * For whom a booking counts: the institution it belongs to or that was named with it, and its kind where it is known;
 * without either, the booker alone.
 */
export async function organisationOf(booked: Booked): Promise<{ organisation: string; organisationKind?: string }> {
  const { institution, institutionId, booker } = booked;
  if (!institution && !institutionId) return { organisation: fingerprintOf(`booker\n${booker.address}`) };
  const known = await institutionKnownAs({
    ...(institutionId && { id: institutionId }),
    ...(institution && { name: institution }),
  });
  const name = known?.name ?? institution ?? institutionId ?? '';
  return { organisation: organisationNamed(name), ...(known && { organisationKind: known.kind }) };
}
