import { now } from '../../platform/clock.ts';
import { inTransaction, isDuplicateKey } from '../../platform/database.ts';
import { fingerprintOf } from '../../platform/secrets.ts';
import { referenceTo } from './events.ts';
import type { Actor } from './actor.ts';
import { RequestModel } from './request.model.ts';

/**
 * Does `act` once for a form, however often it is sent: a second click gets the id that the first one made. The same
 * `key` with another `request` is another form: somebody went back and changed it. Nothing is shared between persons.
 */
export async function once(
  actor: Actor,
  { key, request }: { key: string; request: unknown },
  act: () => Promise<string>,
): Promise<string> {
  const id = fingerprintOf(JSON.stringify([referenceTo(actor), key, request]));
  try {
    return await inTransaction(async () => (await earlier(id)) ?? remember(id, await act()));
  } catch (error) {
    // Both clicks saw nothing, and the index kept the second one out: the first has committed by now.
    const outcome = isDuplicateKey(error) ? await earlier(id) : undefined;
    if (outcome === undefined) throw error;
    return outcome;
  }
}

async function earlier(id: string): Promise<string | undefined> {
  return (await RequestModel.findById(id).lean())?.outcome;
}

async function remember(id: string, outcome: string): Promise<string> {
  await RequestModel.create([{ _id: id, outcome, at: now() }]);
  return outcome;
}
