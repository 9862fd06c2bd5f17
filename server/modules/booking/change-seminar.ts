import { inTransaction } from '../../platform/database.ts';
import { changeSeminar as changeCatalogueEntry, seminarById, type SeminarInput } from '../catalogue/index.ts';
import type { Actor } from '../history/index.ts';
import { followApproval, modulesWithSessions } from '../scheduling/index.ts';
import { modulesInUse } from './booking.errors.ts';
import { BookingModel } from './booking.model.ts';
import { makeUpUnit } from './units.rules.ts';

/**
 * Changes a seminar of the catalogue. A module keeps its place there for as long as a session or a booking is of it.
 * @throws not-found, not-allowed, unknown-provider, modules-in-use
 */
export function changeSeminar(actor: Actor, seminarId: string, input: SeminarInput): Promise<void> {
  return inTransaction(async () => {
    const before = await seminarById(seminarId);
    // The change comes first: whoever may not make it learns nothing of the runs.
    await changeCatalogueEntry(actor, seminarId, input);
    const after = await seminarById(seminarId);
    if (after && after.approval !== before?.approval) await followApproval(after);
    const kept = new Set(after?.modules.map(({ id }) => id));
    const gone = (before?.modules ?? []).filter(({ id }) => !kept.has(id));
    if (gone.length === 0) return;

    const used = await modulesWithSessions(gone.map(({ id }) => id));
    const missed: string[] = [];
    for (const { id, title } of gone) if (used.has(id) || (await isBooked(id))) missed.push(title);
    if (missed.length > 0) throw modulesInUse(missed.join(', '));
  });
}

async function isBooked(moduleId: string): Promise<boolean> {
  return (await BookingModel.exists({ units: { $in: [moduleId, makeUpUnit(moduleId)] } })) !== null;
}
