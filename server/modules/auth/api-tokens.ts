import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { authorise } from '../../platform/errors.ts';
import { fingerprintOf, randomSecret } from '../../platform/secrets.ts';
import { coordinatesNetwork, recordEvent, type Actor } from '../history/index.ts';
import { ApiTokenModel } from './api-token.model.ts';

/** Makes a network coordinator's bearer token, shown this once: only its fingerprint is kept. @throws not-allowed */
export function createApiToken(actor: Actor): Promise<string> {
  const token = `mosaik_${randomSecret()}`;
  return inTransaction(async () => {
    authorise(coordinatesNetwork(actor));
    const _id = fingerprintOf(token);
    await ApiTokenModel.create([{ _id, roles: [{ kind: 'network-coordinator' }], createdAt: now() }]);
    recordEvent(actor, { type: 'api-token-created', about: {}, facts: { token: _id.slice(0, 12) } });
    return token;
  });
}

/** Who a bearer token speaks for; nothing when it is unknown or revoked. */
export async function actorOfApiToken(token: string): Promise<Actor | undefined> {
  const row = await ApiTokenModel.findById(fingerprintOf(token)).lean();
  if (!row || row.revokedAt) return undefined;
  return { kind: 'person', personId: `token-${row._id.slice(0, 12)}`, roles: row.roles };
}
