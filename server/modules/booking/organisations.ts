import { fingerprintOf } from '../../platform/secrets.ts';
import { institutionKnownAs, type Institution } from '../people/index.ts';
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
export async function organisationOf(
  booked: Booked,
  run?: object,
): Promise<{ organisation: string; organisationKind?: string }> {
  const { institution, institutionId, booker } = booked;
  if (!institution && !institutionId) return { organisation: fingerprintOf(`booker\n${booker.address}`) };
  const known = await institutionOf(booked, run);
  const name = known?.name ?? institution ?? institutionId ?? '';
  return { organisation: organisationNamed(name), ...(known && { organisationKind: known.kind }) };
}

const read = new WeakMap<object, Map<string, Promise<Institution | undefined>>>();

/**
 * The institution that a booking belongs to, or that was named with it. `run`: as the open transaction has read it; an
 * institution is read once for all who book there together.
 */
export function institutionOf(
  { institution: name, institutionId: id }: Pick<Booked, 'institution' | 'institutionId'>,
  run: object = {},
): Promise<Institution | undefined> {
  if (!name && !id) return Promise.resolve(undefined);
  const known = read.get(run) ?? new Map<string, Promise<Institution | undefined>>();
  read.set(run, known);
  const key = JSON.stringify(id ? { id } : { name });
  const found = known.get(key) ?? institutionKnownAs({ ...(id && { id }), ...(name && { name }) });
  known.set(key, found);
  return found;
}
