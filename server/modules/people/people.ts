import { Types } from 'mongoose';
import { inTransaction } from '../../platform/database.ts';
import { authorise, notFound } from '../../platform/errors.ts';
import { coordinatesNetwork, recordEvent, type Actor, type Role } from '../history/index.ts';
import { PersonModel, type PersonRow } from './person.model.ts';
import { ProviderModel, type ProviderRow } from './provider.model.ts';

export type Language = 'de' | 'en';
/** An organisation of the network that runs seminars. `id` is its slug; `email` is an address that can receive; `land`: whose holidays count. */
export type Provider = {
  id: string;
  name: string;
  shortName: string;
  about: string;
  email: string;
  website?: string;
  land?: string;
};
/** Somebody who signs in. `address` is the normalised e-mail address. */
export type Person = {
  id: string;
  name: string;
  email: string;
  address: string;
  language: Language;
  roles: Role[];
  /** Teaches without an account: everything goes by link. */
  external?: true;
};

export async function providers(): Promise<Provider[]> {
  return (await ProviderModel.find().sort({ name: 1 }).lean()).map(providerOf);
}

export async function providerById(id: string): Promise<Provider | undefined> {
  const row = await ProviderModel.findById(id).lean();
  return row ? providerOf(row) : undefined;
}

export async function addProvider(provider: Provider): Promise<void> {
  const { id, ...rest } = provider;
  await ProviderModel.create([{ _id: id, ...rest }]);
}

/** Says whose holidays count for the provider's coming runs. @throws not-allowed, not-found */
export function setProviderLand(actor: Actor, { id, land }: { id: string; land: string }): Promise<void> {
  return inTransaction(async () => {
    authorise(coordinatesNetwork(actor));
    const { matchedCount } = await ProviderModel.updateOne({ _id: id }, { $set: { land } });
    if (matchedCount === 0) throw notFound('provider');
    recordEvent(actor, { type: 'provider-land-set', about: { providerId: id }, facts: { land } });
  });
}

export async function personByAddress(address: string): Promise<Person | undefined> {
  const row = await PersonModel.findOne({ address }).lean();
  return row ? personOf(row) : undefined;
}

export async function personById(id: string): Promise<Person | undefined> {
  if (!Types.ObjectId.isValid(id)) return undefined;
  const row = await PersonModel.findById(id).lean();
  return row ? personOf(row) : undefined;
}

/** Which of these ids are persons who teach. */
export async function trainersAmong(ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const known = ids.filter((id) => Types.ObjectId.isValid(id));
  const rows = await PersonModel.find({ _id: { $in: known }, 'roles.kind': 'trainer' }, { _id: 1 }).lean();
  return new Set(rows.map(({ _id }) => String(_id)));
}

export async function trainers(): Promise<Person[]> {
  return (await PersonModel.find({ 'roles.kind': 'trainer' }).sort({ name: 1 }).lean()).map(personOf);
}

/** Who coordinates a provider; where nobody does, who coordinates the network. */
export async function coordinatorsOf(providerId: string): Promise<Person[]> {
  const own = await PersonModel.find({
    'roles.providerId': providerId,
    roles: { $elemMatch: { kind: 'coordinator', providerId } },
  }).lean();
  const rows = own.length > 0 ? own : await PersonModel.find({ 'roles.kind': 'network-coordinator' }).lean();
  return rows.map(personOf);
}

/** Adds a person, or adds the roles to the one already known by the address; gives the id. */
export async function addPerson(actor: Actor, person: Omit<Person, 'id'>): Promise<string> {
  return inTransaction(async () => {
    const known = await PersonModel.findOne({ address: person.address }).lean();
    const _id = known?._id ?? new Types.ObjectId();
    if (known) await PersonModel.updateOne({ _id }, { $addToSet: { roles: { $each: person.roles } } });
    else await PersonModel.create([{ _id, ...person }]);
    recordEvent(actor, { type: 'person-added', about: { personId: String(_id) }, facts: { roles: person.roles } });
    return String(_id);
  });
}

function providerOf(row: ProviderRow): Provider {
  const { _id, ...rest } = row;
  return { id: _id, ...rest };
}

function personOf(row: PersonRow): Person {
  const { _id, name, email, address, language, roles, external } = row;
  return { id: String(_id), name, email, address, language, roles, ...(external && { external }) };
}
