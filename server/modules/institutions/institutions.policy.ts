import { isContact, isCoordinator, type Actor } from '../history/index.ts';

/** Its contacts see what belongs to an institution. */
export function maySeeInto(actor: Actor, institutionId: string): boolean {
  return actor.kind === 'system' || isContact(actor, institutionId);
}

/** Coordinators, and those contacts who may book, look after its name, its contacts and its billing address. */
export function mayLookAfter(actor: Actor, institutionId: string): boolean {
  return mayMend(actor) || isContact(actor, institutionId, 'book');
}

/** Whoever coordinates knows all institutions by name, and helps where a contact cannot. */
export function mayMend(actor: Actor): boolean {
  return actor.kind === 'system' || isCoordinator(actor);
}
