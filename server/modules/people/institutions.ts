import { Types } from 'mongoose';
import type { ContactRight, ContactRole, Role } from '../history/index.ts';
import { InstitutionModel, type Billing, type InstitutionKind, type InstitutionRow } from './institution.model.ts';
import type { Language } from './people.ts';
import { PersonModel, type PersonRow } from './person.model.ts';

export type Institution = {
  id: string;
  name: string;
  kind: InstitutionKind;
  billing?: Billing;
  asksApproval?: boolean;
};

/** Somebody who signs in for an institution, under the name the institution gave. */
export type Contact = {
  personId: string;
  name: string;
  email: string;
  address: string;
  language: Language;
  rights: readonly ContactRight[];
  deputy?: true;
};

export async function institutions(): Promise<Institution[]> {
  return (await InstitutionModel.find().sort({ name: 1 }).lean()).map(institutionOf);
}

export async function institutionById(id: string): Promise<Institution | undefined> {
  const row = Types.ObjectId.isValid(id) ? await InstitutionModel.findById(id).lean() : null;
  return row ? institutionOf(row) : undefined;
}

/** The institution that is known by this id, or by exactly this name; nothing when none is. */
export async function institutionKnownAs({
  id,
  name,
}: {
  id?: string;
  name?: string;
}): Promise<Institution | undefined> {
  const row = await (id ? InstitutionModel.findById(id) : InstitutionModel.findOne({ name: name ?? '' })).lean();
  return row ? institutionOf(row) : undefined;
}

export async function addInstitution(institution: Pick<Institution, 'name' | 'kind'>): Promise<string> {
  const [row] = await InstitutionModel.create([institution]);
  return String(row?._id);
}

/** Writes new facts of an institution; permission is asked by whoever calls. */
export async function writeInstitution(
  id: string,
  facts: Partial<Pick<Institution, 'name' | 'kind' | 'billing' | 'asksApproval'>>,
): Promise<void> {
  await InstitutionModel.updateOne({ _id: id }, { $set: facts });
}

/** Who may do what for an institution, by name. */
export async function contactsOf(institutionId: string): Promise<Contact[]> {
  const rows = await PersonModel.find({
    'roles.institutionId': institutionId,
    roles: { $elemMatch: { kind: 'contact', institutionId } },
  }).lean();
  const contacts = rows.flatMap((row) => contactOf(row, institutionId) ?? []);
  return contacts.toSorted((one, other) => one.name.localeCompare(other.name, 'de'));
}

/** How many contacts each institution has, by its id. */
export async function numbersOfContacts(): Promise<Map<string, number>> {
  const rows = await PersonModel.find({ 'roles.kind': 'contact' }, { roles: 1 }).lean();
  const numbers = new Map<string, number>();
  for (const role of rows.flatMap(({ roles }) => roles))
    if (role.kind === 'contact') numbers.set(role.institutionId, 1 + (numbers.get(role.institutionId) ?? 0));
  return numbers;
}

/** Makes somebody a contact, known already by the address or not; gives the id of the person. */
export async function writeContact(
  person: { name: string; email: string; address: string; language: Language },
  role: ContactRole,
): Promise<string> {
  const known = await PersonModel.findOne({ address: person.address }).lean();
  const _id = known?._id ?? new Types.ObjectId();
  const roles: Role[] = [...rolesWithout(known?.roles ?? [], role.institutionId), role];
  // Whoever had no account before signs in from now on.
  if (known) await PersonModel.updateOne({ _id }, { $set: { roles }, $unset: { external: 1 } });
  else await PersonModel.create([{ _id, ...person, roles }]);
  return String(_id);
}

/** Somebody is no contact of the institution any more; what else they are stays. */
export async function eraseContact(personId: string, institutionId: string): Promise<void> {
  const row = await PersonModel.findById(personId).lean();
  await PersonModel.updateOne({ _id: personId }, { $set: { roles: rolesWithout(row?.roles ?? [], institutionId) } });
}

function rolesWithout(roles: readonly Role[], institutionId: string): Role[] {
  return roles.filter((role) => role.kind !== 'contact' || role.institutionId !== institutionId);
}

function contactOf(row: PersonRow, institutionId: string): Contact | undefined {
  const role = row.roles.find((one) => one.kind === 'contact' && one.institutionId === institutionId);
  if (role?.kind !== 'contact') return undefined;
  const { email, address, language } = row;
  const { name = row.name, rights, deputy } = role;
  return { personId: String(row._id), name, email, address, language, rights, ...(deputy && { deputy }) };
}

export function institutionOf({ _id, name, kind, billing, asksApproval }: InstitutionRow): Institution {
  return { id: String(_id), name, kind, ...(billing && { billing }), ...(asksApproval && { asksApproval }) };
}
