import { actorOfPerson } from '../modules/auth/index.ts';
import { bookPlaces } from '../modules/booking/index.ts';
import { anyone, systemActor } from '../modules/history/index.ts';
import { askForApproval, inviteContact } from '../modules/institutions/index.ts';
import { institutionKnownAs } from '../modules/people/index.ts';
import { approvers, institutions, officeClerk, participant } from './cast.ts';
import type { SeededRun } from './demo.types.ts';

const [, , office] = institutions;
const staff = 200;

/** An office has its bookings approved by its head, or the deputy; one of them waits for that. Gives the number of bookings. */
export async function askForApprovals(runs: readonly SeededRun[]): Promise<number> {
  const known = office && (await institutionKnownAs({ name: office.name }));
  const run = runs.find(({ demo }) => demo.in === 27);
  if (!known || !run) return 0;
  for (const contact of approvers) await inviteContact(systemActor, known.id, contact);
  await askForApproval(systemActor, known.id, true);
  const people = [participant(staff), participant(staff + 1)];
  const clerk = await inviteContact(systemActor, known.id, officeClerk);
  const actor = (await actorOfPerson(clerk)) ?? anyone;
  const { name, email } = officeClerk;
  const belongs = { institution: known.name, institutionId: known.id };
  await bookPlaces(actor, { runId: run.id, booker: { name, email }, participants: people, ...belongs });
  return 1;
}
