import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { authorise } from '../../platform/errors.ts';
import { coordinatesNetwork, type Actor, type Role } from '../history/index.ts';
import { postMessage } from '../mail/index.ts';
import { addPerson, type Person } from '../people/index.ts';

/** Gives somebody a role and writes to them how to sign in; who is known already gets the role added. @throws not-allowed */
export function invitePerson(actor: Actor, person: Omit<Person, 'id'>): Promise<string> {
  return inTransaction(async () => {
    authorise(coordinatesNetwork(actor));
    const personId = await addPerson(actor, person);
    const key = `person-invited:${personId}:${now().getTime()}`;
    const facts: { roles: Role[] } = { roles: person.roles };
    postMessage({ key, kind: 'person-invited', to: { personId }, about: {}, facts });
    return personId;
  });
}
