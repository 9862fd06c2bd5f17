import { Types } from 'mongoose';
import { isContact, type Actor } from '../history/index.ts';
import { contactsOf, type Contact, type Institution, type Language } from '../people/index.ts';
import type { Run } from '../scheduling/index.ts';
import { ownSuperior, superiorRequired } from './booking.errors.ts';
import type { BookPlaces } from './booking.input.ts';
import type { ApprovalRow, ApproverRow } from './booking.model.ts';
import { addressOf } from './addresses.ts';
import { institutionOf } from './organisations.ts';

type Request = Pick<BookPlaces, 'booker' | 'participants' | 'institution' | 'superior' | 'deputy'> & {
  institutionId?: string;
};

/**
 * Who has to approve a booking, where the seminar or the institution asks for it; nothing where neither does, or whoever
 * books may approve for the institution. Its own approvers are asked, else the superior named with the booking.
 * @throws superior-required, own-superior
 */
export async function approvalFor(
  actor: Actor,
  run: Pick<Run, 'asksApproval'>,
  request: Request,
): Promise<ApprovalRow | undefined> {
  // What a coordinator has booked for those who asked for a date is decided already.
  if (actor.kind === 'system') return undefined;
  const institution = await institutionOf(request, run);
  if (!institution?.asksApproval && !run.asksApproval) return undefined;
  if (institution && isContact(actor, institution.id, 'approve')) return undefined;

  const own = institution ? await approversOf(institution, request.booker.email) : [];
  if (institution && own.length > 0) return { institutionId: institution.id, approvers: [], requests: 0 };
  return { approvers: superiorsIn(request), requests: 0 };
}

/** Those who may approve for an institution; nobody approves what they booked themselves. */
export async function approversOf({ id }: Pick<Institution, 'id'>, bookerEmail: string): Promise<Contact[]> {
  const { address } = addressOf(bookerEmail);
  return (await contactsOf(id)).filter((one) => one.rights.includes('approve') && one.address !== address);
}

/** Whom to ask now. Somebody who was asked before keeps the link. */
export async function approversNow(approval: ApprovalRow, bookerEmail: string): Promise<ApproverRow[]> {
  const { institutionId, approvers } = approval;
  if (!institutionId) return approvers;
  const contacts = await approversOf({ id: institutionId }, bookerEmail);
  return contacts.map(({ personId, deputy }) => ({
    _id: approvers.find((one) => one.personId === personId)?._id ?? new Types.ObjectId(),
    personId,
    ...(deputy && { deputy }),
  }));
}

function superiorsIn({ booker, participants = [], superior, deputy }: Request): ApproverRow[] {
  if (!superior) throw superiorRequired();
  const language: Language = booker.language ?? 'de';
  const others = new Set([booker, ...participants].map(({ email }) => addressOf(email).address));
  for (const { email } of [superior, ...(deputy ? [deputy] : [])]) {
    const { address } = addressOf(email);
    if (others.has(address)) throw ownSuperior();
    others.add(address);
  }
  const rowOf = ({ name, email }: { name: string; email: string }) => ({
    _id: new Types.ObjectId(),
    name,
    email: addressOf(email).email,
    language,
  });
  return [rowOf(superior), ...(deputy ? [{ ...rowOf(deputy), deputy: true as const }] : [])];
}
