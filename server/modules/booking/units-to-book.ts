import { seminarById } from '../catalogue/index.ts';
import { moduleBegun, modulesNotBookable, unknownModule } from './booking.errors.ts';
import type { OpenRun } from './lane.ts';
import { isByModule, isMakeUp, startOfUnits, wholeRun } from './units.rules.ts';

/**
 * The units that a booking takes. By module: those that are named by id or title, or without a name all that have not
 * begun. As a whole: whoever names modules names all of them. @throws unknown-module, module-begun, modules-not-bookable
 */
export async function unitsToBook(open: OpenRun, modules: readonly string[] = []): Promise<string[]> {
  const byModule = isByModule(open.ledger.units);
  if (modules.length === 0) return byModule ? unitsToBeHad(open) : [wholeRun];

  const seminar = await seminarById(open.run.seminarId);
  const named = modules.map(
    (wanted) => seminar?.modules.find(({ id, title }) => id === wanted || title === wanted)?.id,
  );
  if (!byModule) {
    if (!seminar?.modules.every(({ id }) => named.includes(id))) throw modulesNotBookable();
    return [wholeRun];
  }
  const planned = unitsWithSessions(open);
  const units = [...new Set(named)].map((id) => {
    if (id === undefined || !planned.includes(id)) throw unknownModule();
    return id;
  });
  if (!units.every((unit) => hasNotBegun(open, unit))) throw moduleBegun();
  return planned.filter((unit) => units.includes(unit));
}

/** The modules of the run that somebody may still book, in the order of its ledger. */
function unitsToBeHad(open: OpenRun): string[] {
  const units = unitsWithSessions(open).filter((unit) => hasNotBegun(open, unit));
  if (units.length === 0) throw moduleBegun();
  return units;
}

function unitsWithSessions({ ledger, sessions }: OpenRun): string[] {
  const modules = new Set(sessions.map(({ moduleId }) => moduleId));
  return ledger.units.map(({ unit }) => unit).filter((unit) => !isMakeUp(unit) && modules.has(unit));
}

function hasNotBegun({ run, sessions, at }: OpenRun, unit: string): boolean {
  return (
    startOfUnits(
      [unit],
      sessions.filter(({ moduleId }) => moduleId === unit),
      run.startsAt,
    ) > at
  );
}
