import { inTransaction } from '../../platform/database.ts';
import { authorise, notFound } from '../../platform/errors.ts';
import { seminarsOf } from '../catalogue/index.ts';
import { isCoordinator, recordEvent, type Actor } from '../history/index.ts';
import { personById, trainers, type Person } from '../people/index.ts';
import { QualificationModel } from './qualification.model.ts';
import { runToPlan } from './runs.ts';
import { sessionsDuring } from './scheduling.queries.ts';
import { sessionById, type Session } from './sessions.ts';
import { trainersTime } from './trainer-times.ts';

/** One who may stand in: qualified as far as anybody has said so, and free at that time. */
export type Substitute = { person: Person; isQualified: boolean; away: 'no' | 'unavailable' | 'blocked' | 'teaches' };

/** Which seminars a trainer may teach. */
export async function qualificationsOf(trainerId: string): Promise<Set<string>> {
  return new Set((await QualificationModel.find({ trainerId }).lean()).map(({ seminarId }) => seminarId));
}

/** Everybody who teaches, by name, each with the seminars they may teach. @throws not-allowed */
export async function trainersToPlan(actor: Actor): Promise<{ person: Person; seminarIds: string[] }[]> {
  authorise(isCoordinator(actor));
  const people = await trainers();
  const rows = await QualificationModel.find({ trainerId: { $in: people.map(({ id }) => id) } }).lean();
  return people.map((person) => ({
    person,
    seminarIds: rows.filter(({ trainerId }) => trainerId === person.id).map(({ seminarId }) => seminarId),
  }));
}

/** Says which of the actor's seminars a trainer may teach; those of other providers stay as they are. @throws not-allowed, not-found */
export function setQualifications(actor: Actor, trainerId: string, seminarIds: readonly string[]): Promise<void> {
  return inTransaction(async () => {
    authorise(isCoordinator(actor));
    if (!(await personById(trainerId))) throw notFound('trainer');
    const own = (await seminarsOf(actor)).map(({ id }) => id);
    const wanted = own.filter((id) => seminarIds.includes(id));
    await QualificationModel.deleteMany({ trainerId, seminarId: { $in: own } });
    await QualificationModel.insertMany(
      wanted.map((seminarId) => ({ _id: `${trainerId}:${seminarId}`, trainerId, seminarId })),
    );
    recordEvent(actor, {
      type: 'qualifications-changed',
      about: { personId: trainerId },
      facts: { seminarIds: wanted },
    });
  });
}

/** Who could teach a session in somebody's place: the qualified first, those who are free before those who are not. @throws not-found */
export async function substitutesFor(actor: Actor, sessionId: string): Promise<Substitute[]> {
  const session = await sessionById(sessionId);
  if (!session) throw notFound('session');
  const { seminarId } = await runToPlan(actor, session.runId);
  const qualified = new Set((await QualificationModel.find({ seminarId }).lean()).map(({ trainerId }) => trainerId));
  const others = (await trainers()).filter(({ id }) => !session.trainerIds.includes(id));
  const away = await awayDuring(
    session,
    others.map(({ id }) => id),
  );
  return others
    .map((person) => ({
      person,
      isQualified: qualified.has(person.id),
      away: away.get(person.id) ?? ('no' as const),
    }))
    .toSorted((one, other) => rankOf(one) - rankOf(other) || one.person.name.localeCompare(other.person.name, 'de'));
}

async function awayDuring(session: Session, trainerIds: readonly string[]): Promise<Map<string, Substitute['away']>> {
  const found = new Map<string, Substitute['away']>();
  for (const { trainerId, isHard } of await trainersTime(trainerIds, session.startsAt, session.endsAt))
    if (isHard || !found.has(trainerId)) found.set(trainerId, isHard ? 'blocked' : 'unavailable');
  for (const other of await sessionsDuring(session)) for (const id of other.trainerIds) found.set(id, 'teaches');
  return found;
}

function rankOf({ isQualified, away }: Substitute): number {
  return (isQualified ? 0 : 10) + ['no', 'unavailable', 'blocked', 'teaches'].indexOf(away);
}
