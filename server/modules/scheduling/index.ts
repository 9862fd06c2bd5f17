/**
 * Scheduling: the runs of a seminar, their sessions, where they are and who teaches.
 *
 * Promises: a coordinator plans the own provider's runs only; whatever moves is recorded and told.
 */
export { addRun, changeRunSettings, markPublished, markCancelled, runById, runToPlan } from './runs.ts';
export { addSession, removeSession } from './change-plan.ts';
export { changeSession } from './change-session.ts';
export { sessionById, sessionsOfRun } from './sessions.ts';
export { runWithSessions, publicRuns, runsToPlan, sessionsOfTrainer } from './scheduling.queries.ts';
export { isOnline } from './scheduling.rules.ts';
export {
  layOutSeries,
  furtherDays,
  isTooLong,
  notesOf,
  modulesOver,
  shiftedDays,
  seriesLimits,
  seriesPatterns,
  placesInMonth,
  weekdays,
} from './series.rules.ts';
export type { SeriesRule, Series, DayNote, CivilTimes, FreeDays, LeavingOut } from './series.rules.ts';
export { runInput, runSettingsInput, sessionInput, sessionChangeInput } from './scheduling.input.ts';
export type { RunInput, RunSettings, SessionInput, SessionChange } from './scheduling.input.ts';
export type { Run } from './run.ts';
export type { Session } from './sessions.ts';
export type { QueuePolicy, RunStatus } from './run.model.ts';
