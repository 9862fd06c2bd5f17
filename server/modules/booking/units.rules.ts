/** The one unit of a run that is booked as a whole. */
export const wholeRun = 'run';
const makeUpPrefix = 'make-up:';

type Sitting = { moduleId?: string; startsAt: Date };
type Person = { sitsElsewhere?: true; elsewhere?: readonly string[] };

/** The unit in which places for a missed module are counted, apart from the run's own. */
export function makeUpUnit(moduleId: string): string {
  return makeUpPrefix + moduleId;
}

export function isMakeUp(unit: string): boolean {
  return unit.startsWith(makeUpPrefix);
}

/** The module whose sessions belong to a unit; none where the whole run is one. */
export function moduleOfUnit(unit: string): string | undefined {
  if (unit === wholeRun) return undefined;
  return isMakeUp(unit) ? unit.slice(makeUpPrefix.length) : unit;
}

/** Whether a run with these units is booked module by module. */
export function isByModule(units: readonly { unit: string }[]): boolean {
  return units.some(({ unit }) => unit !== wholeRun && !isMakeUp(unit));
}

/** Whether whoever books these units sits in a session. One that belongs to no module is for everybody but those who make one up. */
export function sitsIn(units: readonly string[], { moduleId }: { moduleId?: string }): boolean {
  if (units.includes(wholeRun)) return true;
  if (moduleId === undefined) return units.some((unit) => !isMakeUp(unit));
  return units.some((unit) => moduleOfUnit(unit) === moduleId);
}

/** The sessions of these units, in the order given. */
export function sessionsOfUnits<Session extends Sitting>(
  units: readonly string[],
  sessions: readonly Session[],
): Session[] {
  return sessions.filter((session) => sitsIn(units, session));
}

/** When the first session of these units begins; of the run, where they have none any more. */
export function startOfUnits(units: readonly string[], sessions: readonly Sitting[], otherwise: Date): Date {
  const first = sessionsOfUnits(units, sessions)[0];
  return first?.startsAt ?? otherwise;
}

/** Whether this person takes no place in `unit`, because another booking has one for them. */
export function sitsElsewhereIn({ sitsElsewhere, elsewhere = [] }: Person, unit: string): boolean {
  return sitsElsewhere === true || elsewhere.includes(unit);
}

/** The participants of a booking who sit in a session through it. */
export function seatedInSession<One extends Person>(
  { units, participants }: { units: readonly string[]; participants: readonly One[] },
  session: { moduleId?: string },
): One[] {
  const wanted = units.filter((unit) => sitsIn([unit], session));
  return participants.filter((one) => wanted.some((unit) => !sitsElsewhereIn(one, unit)));
}

/** How many places a booking takes in one of its units: as many as asked for, without those who sit there already. */
export function placesTakenIn(
  { places, participants }: { places: number; participants: readonly Person[] },
  unit: string,
): number {
  return places - participants.filter((one) => sitsElsewhereIn(one, unit)).length;
}
