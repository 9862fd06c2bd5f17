/**
 * Booking: who holds a place in which run, and who waits for one.
 *
 * Promises: never are more places held than there are; nobody overtakes; nobody sits twice; a request sent twice books once.
 */
export { planRun, publishRun } from './plan-run.ts';
export { copyRun } from './copy-run.ts';
export type { CopyRun } from './copy-run.ts';
export { cancelRun, cancelBookingsOfRun } from './cancel-run.ts';
export { misfitsIn } from './misfits.ts';
export type { Misfit } from './misfits.ts';
export { requestsToAnswer, requestOfLink, assignmentOfLink } from './teaching.ts';
export type { RequestToAnswer, Teaching } from './teaching.ts';
export { postponeRun, rescheduleRun } from './postpone-run.ts';
export { changeCapacity, changeRun } from './change-capacity.ts';
export type { NewCapacity } from './change-capacity.ts';
export { changeSeminar } from './change-seminar.ts';
export { bookPlacesWithin } from './book-places.ts';
export { bookPlaces } from './book-wish.ts';
export { runsBeside, wishesOf } from './wishes.ts';
export type { WishStanding } from './wishes.ts';
export { cameTrueElsewhere } from './wish-came-true.ts';
export { guestWith, pathOfRun, tokenOfClosedRun } from './closed-runs.ts';
export { setInstitutionLimit } from './limits.ts';
export { countGuess, setAdmission } from './admission.ts';
export { admissionInput } from './admission.input.ts';
export type { AdmissionInput } from './admission.input.ts';
export { setPriority } from './priorities.ts';
export { priorityInput } from './priorities.input.ts';
export { priorities } from './priority.rules.ts';
export { contingentsOfRun, keepPlaces, releaseContingent, releaseContingents } from './contingents.ts';
export type { ContingentOfRun } from './contingents.ts';
export { institutionLimitInput, keepPlacesInput } from './contingents.input.ts';
export type { KeepPlaces } from './contingents.input.ts';
export { cancelBooking } from './cancel-booking.ts';
export { acceptOffer, declineOffer } from './answer-offer.ts';
export { approvalOfLink, approveBooking, approverOf, refuseBooking } from './answer-approval.ts';
export type { RequestedApproval } from './answer-approval.ts';
export { expireApproval, expireApprovals } from './expire-approvals.ts';
export { approverToTell } from './approver-to-tell.ts';
export { afterExpiryOf, approvalOutcome, needsApproval } from './approval.rules.ts';
export type { AfterExpiry, ApprovalOutcome } from './approval.rules.ts';
export { tellUnusedPlaces } from './unused-places.ts';
export { lapseOffer, lapseOffers } from './lapse-offers.ts';
export { accessNeedsOfRun, declaredIn, sweepAccessNeeds } from './access-needs.ts';
export type { AccessNeed } from './access-needs.ts';
export { mergeRuns, moveMergedBookings } from './merge-runs.ts';
export { mergePreview, mergeTargets } from './merge-preview.ts';
export type { MergePreview } from './merge-preview.ts';
export { runsToDecide, holdAnyway, askForDecisions } from './decisions.ts';
export type { RunToDecide, PastRun } from './decisions.ts';
export { changeModules } from './change-modules.ts';
export { namePlaces } from './name-places.ts';
export { sendDetailsLinks, sendDetailsLinkAgain, takeDetailsLinkBack } from './details-links.ts';
export { detailsAsked, fillInDetails } from './fill-in-details.ts';
export type { AskedDetails } from './fill-in-details.ts';
export { headCountOf, namesWanted } from './head-count.rules.ts';
export type { HeadCount } from './head-count.rules.ts';
export { mostSends } from './details-links.rules.ts';
export { substituteParticipant } from './substitute-participant.ts';
export { reduceBooking } from './reduce-booking.ts';
export { askForNames } from './ask-for-names.ts';
export { yieldUnnamed } from './yield-unnamed.ts';
export { namesUntil } from './names.rules.ts';
export { splitBooking } from './split-booking.ts';
export { transferBooking } from './transfer-booking.ts';
export { readPeopleList } from './people-list.ts';
export type { PeopleList } from './people-list.ts';
export { substituteUntil } from './deadlines.rules.ts';
export { bookMakeUp, missedModules } from './make-up.ts';
export type { MissedModule } from './make-up.ts';
export { bookingsOfInstitution, giveToInstitution } from './institution-bookings.ts';
export type { BookingWithRun } from './institution-bookings.ts';
export { sitsInWholeRun } from './join-make-ups.ts';
export {
  holderOf,
  bookingOfHolder,
  bookingById,
  bookingsOfRun,
  bookingToTell,
  bookingsSeating,
  queueOfRun,
} from './bookings.ts';
export type { HeldBooking } from './bookings.ts';
export {
  listRuns,
  runDetails,
  placesOfRuns,
  courseOfBooking,
  modulesOfRun,
  hasBegun,
  otherRuns,
  desk,
} from './booking.queries.ts';
export { calendarOfBooking, calendarOfTeaching } from './calendar-entries.ts';
export { sessionsToTeach, sessionToTeach } from './sessions-to-teach.ts';
export type { SessionToTeach, SessionWithParticipants } from './sessions-to-teach.ts';
export { calendarProof, sendCalendarAgain } from './calendar-proof.ts';
export type { CalendarProof, ProvenEntry, CalendarState } from './calendar-proof.ts';
export { takeCalendarAnswer } from './take-calendar-answer.ts';
export { correctAddress } from './correct-address.ts';
export {
  failedMails,
  failedMailToMend,
  sendFailedMailAgain,
  giveUpFailedMail,
  mailsOfBooking,
} from './failed-mails.ts';
export type { FailedMail, BookingMail } from './failed-mails.ts';
export { tellMove, tellAdded, tellSessionCancelled, tellPostponed, tellRescheduled } from './tell-change.ts';
export type { FormerSession, ToldChange } from './tell-change.ts';
export { isReminderStillUseful, remindersOf } from './reminders.rules.ts';
export { previewReminders } from './reminder-preview.ts';
export type { PreviewedReminder, ReminderPreview } from './reminder-preview.ts';
export { daysOffFor } from './days-off.ts';
export { mendReminders, mendTrainerReminders, remindPage, remindTrainersAnew } from './remind-anew.ts';
export { changeReminders, changeSeminarReminders } from './change-reminders.ts';
export { divisible } from './divide-booking.ts';
export { mayCancelUntil, heldIn, isActive, placesToCome, fillWindow } from './booking.rules.ts';
export {
  sitsIn,
  seatedInSession,
  isMakeUp,
  makeUpUnit,
  moduleOfUnit,
  wholeRun,
  placesTakenIn,
  sitsElsewhereIn,
  startOfUnits,
} from './units.rules.ts';
export {
  bookPlacesInput,
  personInput,
  addressInput,
  namePlacesInput,
  ownDetailsInput,
  detailsLinksInput,
  reductionInput,
  splitInput,
  transferInput,
  cancelBookingInput,
  refuseBookingInput,
  planRunInput,
  cancelRunInput,
  capacityInput,
  makeUpPlacesInput,
  moduleCapacitiesInput,
  mostPlaces,
} from './booking.input.ts';
export type { BookPlaces, CancelBooking, NamedPerson, PlanRun } from './booking.input.ts';
export type {
  Booking,
  BookingStatus,
  Booker,
  Participant,
  BookPlacesOutcome,
  PlacesOfRun,
  PlacesOfModule,
  ModuleOfRun,
  RunListing,
  RunDetails,
  RunFilter,
  RunPage,
  QueueEntry,
  WaitingReason,
} from './booking.types.ts';
