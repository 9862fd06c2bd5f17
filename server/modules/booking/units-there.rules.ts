import { isByModule, isMakeUp, moduleOfUnit, startOfUnits, wholeRun } from './units.rules.ts';

type There = {
  run: { startsAt: Date };
  ledger: { units: readonly { unit: string }[] };
  sessions: readonly { moduleId?: string; startsAt: Date }[];
  at: Date;
};

/** The units of another run of the same seminar that are the same as these; nothing when it lacks one, or it has begun. */
export function unitsThere(units: readonly string[], { run, ledger, sessions, at }: There): string[] | undefined {
  const isPlanned = (unit: string) =>
    unit === wholeRun || sessions.some(({ moduleId }) => moduleId === moduleOfUnit(unit));
  const makesUp = units.some(isMakeUp);
  const planned = ledger.units.map(({ unit }) => unit).filter((unit) => isMakeUp(unit) === makesUp && isPlanned(unit));
  const wanted = makesUp ? [...units] : sameUnits(units, planned, isByModule(ledger.units));
  const isThere = wanted.length > 0 && wanted.every((unit) => planned.includes(unit));
  return isThere && startOfUnits(wanted, sessions, run.startsAt) > at ? wanted : undefined;
}

/** The whole is all modules; single modules are not to be had where only the whole is. */
function sameUnits(units: readonly string[], planned: readonly string[], byModule: boolean): string[] {
  if (units.includes(wholeRun)) return byModule ? [...planned] : [wholeRun];
  return byModule ? [...units] : [];
}
