/** What a contact of an institution may do: book for it and look after its contacts, approve what is booked, or look. */
export const contactRights = ['book', 'approve', 'see'] as const;
export type ContactRight = (typeof contactRights)[number];

/** `deputy`: stands in for the other contacts. */
export type ContactRole = {
  kind: 'contact';
  institutionId: string;
  rights: readonly ContactRight[];
  deputy?: true;
  /** As the institution calls them: it learns no other name by inviting an address. */
  name?: string;
};

export type Role =
  { kind: 'network-coordinator' } | { kind: 'coordinator'; providerId: string } | { kind: 'trainer' } | ContactRole;

/**
 * Who acts: anyone who opened a public page, the holder of a booking's link, a person who signed in, or Mosaik itself.
 * Handed to every use case, so that page, API, job and command line are asked for permission alike.
 */
export type Actor =
  | { kind: 'anyone' }
  | { kind: 'holder'; bookingId: string }
  /** Whoever was sent the link of a place without a name. */
  | { kind: 'invited'; linkId: string }
  /** Whoever holds the link of a mail that asks for approval of a booking. */
  | { kind: 'approver'; approverId: string; bookingId: string }
  /** Whoever holds the link of a run that is closed to others. */
  | { kind: 'guest'; runId: string }
  /** `guestOf`: the closed run whose link this person holds as well. */
  | { kind: 'person'; personId: string; roles: readonly Role[]; guestOf?: string }
  | { kind: 'system' };

/** Whoever holds the link of a booking. */
export type Holder = Extract<Actor, { kind: 'holder' }>;

/** Whoever is asked to approve a booking. */
export type Approver = Extract<Actor, { kind: 'approver' }>;

export const anyone: Actor = { kind: 'anyone' };
export const systemActor: Actor = { kind: 'system' };

/** Whether `actor` plans for the provider: as its coordinator, for the whole network, or as Mosaik itself. */
export function coordinates(actor: Actor, providerId: string): boolean {
  return coordinatesNetwork(actor) || (actor.kind === 'person' && providersOf(actor).includes(providerId));
}

export function coordinatesNetwork(actor: Actor): boolean {
  if (actor.kind === 'system') return true;
  return actor.kind === 'person' && actor.roles.some((role) => role.kind === 'network-coordinator');
}

export function isCoordinator(actor: Actor): boolean {
  return coordinatesNetwork(actor) || (actor.kind === 'person' && providersOf(actor).length > 0);
}

export function isTrainer(actor: Actor): boolean {
  return actor.kind === 'person' && actor.roles.some((role) => role.kind === 'trainer');
}

/** The institutions for which somebody signs in as a contact. */
export function contactRolesOf(actor: Actor): ContactRole[] {
  return actor.kind === 'person' ? actor.roles.filter((role) => role.kind === 'contact') : [];
}

/** Whether `actor` may do this for the institution as one of its contacts; everybody who is one may look. */
export function isContact(actor: Actor, institutionId: string, right: ContactRight = 'see'): boolean {
  return contactRolesOf(actor).some(
    (role) => role.institutionId === institutionId && (right === 'see' || role.rights.includes(right)),
  );
}

/** The providers a coordinator plans for, or `everything` for the network's. */
export function scopeOf(actor: Actor): 'everything' | readonly string[] {
  if (coordinatesNetwork(actor)) return 'everything';
  return actor.kind === 'person' ? providersOf(actor) : [];
}

function providersOf(actor: { roles: readonly Role[] }): string[] {
  return actor.roles.flatMap((role) => (role.kind === 'coordinator' ? [role.providerId] : []));
}
