import { recordEvent, type Actor } from '../history/index.ts';
import { limitInstitutions, runToPlan, type Run } from '../scheduling/index.ts';
import { institutionRequired, overInstitutionLimit, runCancelled } from './booking.errors.ts';
import { countForLimit, noteOrganisations } from './held-by-institutions.ts';
import { inLaneOf } from './lane.ts';

type Asked = { places: number; institution?: string; institutionId?: string };

/** Whoever books where institutions are counted says for which. @throws institution-required, over-institution-limit */
export function refuseOverLimit({ perInstitution }: Run, { places, institution, institutionId }: Asked): void {
  if (perInstitution === undefined) return;
  if (!institution && !institutionId) throw institutionRequired(perInstitution);
  if (places > perInstitution) throw overInstitutionLimit(perInstitution);
}

/**
 * Says how many places of a run one institution may hold, or with `undefined` as many as it likes. Nobody who has places
 * loses them; who waits moves up where a limit is raised. @throws not-found, run-cancelled
 */
export async function setInstitutionLimit(
  actor: Actor,
  { runId, perInstitution }: { runId: string; perInstitution?: number | undefined },
): Promise<void> {
  await runToPlan(actor, runId);
  await inLaneOf(runId, async ({ run, ledger }) => {
    if (run.status === 'cancelled') throw runCancelled();
    if (run.perInstitution === perInstitution) return () => undefined;
    await limitInstitutions(run, perInstitution);
    await noteOrganisations(runId);
    const facts = { before: run.perInstitution ?? null, after: perInstitution ?? null };
    if (perInstitution === undefined) delete run.perInstitution;
    else run.perInstitution = perInstitution;
    delete ledger.limit;
    await countForLimit(ledger, run);
    const about = { runId, seminarId: run.seminarId, providerId: run.providerId };
    recordEvent(actor, { type: 'institution-limit-set', about, facts });
    return () => undefined;
  });
}
