/**
 * Scheduling: the runs of a seminar, their sessions, where they are and who teaches.
 *
 * Promises: a coordinator plans the own provider's runs only; whatever moves is recorded and told.
 */
export { addRun, changeRunSettings, markPublished, markCancelled, markCompleted, runById, runToPlan } from './runs.ts';
export { addSession, removeSession, cancelSession, runIdOfSession } from './change-plan.ts';
export { changeSession, changeSessions } from './change-session.ts';
export { markPostponed, markRescheduled } from './postpone.ts';
export type { NewDate } from './postpone.ts';
export { newChangeId, planVersionOf } from './plan-changes.ts';
export type { PlanAct } from './plan-changes.ts';
export { sessionsSetAside, sessionSetAside } from './set-aside.ts';
export type { SetAsideSession } from './set-aside.ts';
export { sessionById, sessionsOfRun, modulesWithSessions } from './sessions.ts';
export {
  runWithSessions,
  isAnyUnderWay,
  publicRuns,
  runsToPlan,
  runsToComplete,
  sessionsOfTrainer,
  runsByIds,
  runsAboutToBegin,
  sessionsDuring,
} from './scheduling.queries.ts';
export { runsWithMinimum, pastRunsOf, markHeld, markDecisionAsked, markMerged } from './decisions.ts';
export { decisionDayOf, needsDecision } from './decisions.rules.ts';
export { freeUntil } from './plan-changes.ts';
export { askTrainer, askForReplacement, reportAbsence, answerRequest, withdrawRequest } from './ask-trainer.ts';
export {
  requestBehind,
  teachingRequestById,
  requestsOfRun,
  openRequestsOf,
  openRequestsByRun,
  isAskedFor,
  absencesIn,
} from './teaching-requests.ts';
export { renewTrainerLinks, revokeTrainerLinks } from './trainer-links.ts';
export { assignmentToken, assignmentBehind } from './assignments.ts';
export type { Assignment } from './assignments.ts';
export type { Absence, TeachingRequest } from './teaching-requests.ts';
export { trainerTimesInput, timesOf, setTimes } from './trainer-times.ts';
export type { TrainerTimes } from './trainer-times.ts';
export { qualificationsOf, setQualifications, substitutesFor, trainersToPlan } from './trainers.ts';
export type { Substitute } from './trainers.ts';
export {
  isOpenTo,
  followApproval,
  limitInstitutions,
  openToEverybody,
  restrictRun,
  setReminders,
  followReminders,
} from './runs.ts';
export { runsWithNamesDeadline } from './names-until.ts';
export { groupWays } from './group-names.rules.ts';
export { afterNamesWays } from './names-until.rules.ts';
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
export { conflictsIn } from './conflicts.ts';
export { overridesOf } from './overrides.ts';
export { blockRoom, unblockRoom, sessionsInRoom, sessionsAsSeenBy } from './room-plan.ts';
export type { RoomSession, Seen } from './room-plan.ts';
export { calendarEntry } from './calendar-entry.ts';
export { feedsOf, openFeed, renewFeed, feedBehind } from './feeds.ts';
export type { FeedSubject, FeedPlan } from './feeds.ts';
export { plannedDuring, taughtDuring, inRoomsDuring } from './calendar.queries.ts';
export type { CalendarEntry } from './calendar.queries.ts';
export { roomsAt } from './room-choice.ts';
export type { RoomChoice } from './room-choice.ts';
export { relocateSessions } from './relocate.ts';
export { keyOf as conflictKeyOf } from './conflicts.rules.ts';
export type { Conflict, ConflictKind, Occupied } from './conflicts.rules.ts';
export { PlanConflicts } from './scheduling.errors.ts';
export {
  runInput,
  runChangesInput,
  dispensable,
  sessionInput,
  sessionChangeInput,
  overrideInput,
  roomBlockInput,
} from './scheduling.input.ts';
export type {
  RunInput,
  RunSettings,
  RunChanges,
  SessionInput,
  SessionChange,
  Override,
  RoomBlockInput,
} from './scheduling.input.ts';
export type { Run } from './run.ts';
export type { Session } from './sessions.ts';
export type { RunStatus } from './run.model.ts';
export {
  afterExpiries,
  queuePolicyInput,
  usualPolicy,
  longestCutOffHours,
  queueOrders,
  promotions,
  afterLapses,
} from './queue-policy.ts';
export type { QueuePolicy } from './queue-policy.ts';
