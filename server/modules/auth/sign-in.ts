import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { fingerprintOf, isSameSecret, signatureOf } from '../../platform/secrets.ts';
import { anyone, recordEvent, type Actor } from '../history/index.ts';
import { parseAddress, postMessage } from '../mail/index.ts';
import { personByAddress, personById, type Person } from '../people/index.ts';
import { SignInModel, type SignInRow } from './sign-in.model.ts';

export const codeMinutes = 15;
const codesAnHour = 5;
const mostWrongCodes = 5;

/**
 * Sends a code to the address, if it is a known person's; the answer is the same for every address.
 * @throws too-many-codes after five in an hour for one address
 */
export function startSignIn({ email }: { email: string }): Promise<{ id: string }> {
  const parsed = parseAddress(email);
  if (!parsed.ok) throw new AppError('email', 'invalid', 'This is no e-mail address.');
  const addressFingerprint = fingerprintOf(parsed.normalised);

  return inTransaction(async () => {
    await refuseFlood(addressFingerprint);
    const known = await personByAddress(parsed.normalised);
    // Whoever has no account is told nothing either: to the asker every address looks the same.
    const person = known?.external ? undefined : known;
    const _id = new Types.ObjectId();
    const askedAt = now();
    const expiresAt = new Date(askedAt.getTime() + codeMinutes * 60_000);
    await SignInModel.create([
      { _id, addressFingerprint, askedAt, expiresAt, wrongCodes: 0, ...(person && { personId: person.id }) },
    ]);
    if (person)
      postMessage({
        key: `sign-in-code:${String(_id)}`,
        kind: 'sign-in-code',
        to: { signInId: String(_id) },
        about: {},
      });
    return { id: String(_id) };
  });
}

/**
 * Signs in with the code from the mail. A code works once, for 15 minutes, and not after five wrong ones.
 * @throws code-wrong, code-expired
 */
export async function finishSignIn({ id, code }: { id: string; code: string }): Promise<Person> {
  const outcome = await inTransaction(() => tryCode(id, code));
  if (outcome instanceof AppError) throw outcome;
  return outcome;
}

// A refusal is returned, not thrown, so that the wrong code is counted.
async function tryCode(id: string, code: string): Promise<Person | AppError> {
  const signIn = Types.ObjectId.isValid(id) ? await SignInModel.findById(id).lean() : null;
  if (!signIn || signIn.usedAt || signIn.expiresAt <= now() || signIn.wrongCodes >= mostWrongCodes)
    return new AppError('code-expired', 'gone', 'This code is no longer valid. Ask for a new one.');

  const person = signIn.personId ? await personById(signIn.personId) : undefined;
  if (!person || !isSameSecret(Buffer.from(code), Buffer.from(codeOf(signIn)))) {
    await SignInModel.updateOne({ _id: id }, { $inc: { wrongCodes: 1 } });
    return new AppError('code-wrong', 'invalid', 'This is not the code from the mail.');
  }
  await SignInModel.updateOne({ _id: id }, { $set: { usedAt: now() } });
  recordEvent(anyone, { type: 'signed-in', about: { personId: person.id } });
  return person;
}

/** Whom a code goes to and what it is, for the mail; nothing once it is used or expired. */
export async function codeToSend(id: string): Promise<{ person: Person; code: string; minutes: number } | undefined> {
  const signIn = await SignInModel.findById(id).lean();
  if (!signIn?.personId || signIn.usedAt || signIn.expiresAt <= now()) return undefined;
  const person = await personById(signIn.personId);
  return person && { person, code: codeOf(signIn), minutes: codeMinutes };
}

/** Who a signed-in person is to the use cases, with the roles of this moment; nothing when there is no such person. */
export async function actorOfPerson(personId: string): Promise<Actor | undefined> {
  const person = await personById(personId);
  return person && { kind: 'person', personId: person.id, roles: person.roles };
}

async function refuseFlood(addressFingerprint: string): Promise<void> {
  const since = new Date(now().getTime() - 3_600_000);
  const asked = await SignInModel.countDocuments({ addressFingerprint, askedAt: { $gte: since } });
  if (asked >= codesAnHour)
    throw new AppError('too-many-codes', 'too-many', 'Too many codes were asked for. Try again in an hour.');
}

/** Six digits that follow from the secret and the id, so that no code is ever stored. */
function codeOf({ _id }: SignInRow): string {
  const number = signatureOf('sign-in-code', String(_id)).readUIntBE(0, 6) % 1_000_000;
  return String(number).padStart(6, '0');
}
