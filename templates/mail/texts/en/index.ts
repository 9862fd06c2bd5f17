import type { MailTexts } from '../../letter.ts';
import { personInvited, signInCode } from './accounts.ts';
import {
  inHouseAsked,
  inHouseConfirm,
  inHouseDeclined,
  inHousePlanned,
  interestClosed,
  interestInvited,
  interestConfirm,
  interestNoted,
} from './demand.ts';
import {
  approvalAsked,
  approvalEnded,
  approvalExpired,
  approvalPending,
  approvalRefused,
  approvalReminder,
} from './approval.ts';
import { runPostponed, runRescheduled, sessionAdded, sessionCancelled } from './changes.ts';
import {
  alreadyBooked,
  bookingCancelled,
  bookingConfirmed,
  modulesChanged,
  promoted,
  runCancelled,
  sessionMoved,
  waitingListJoined,
  waitingListLeft,
} from './bookings.ts';
import { bookingReduced, bookingSplit, detailsAsked, namesLapsed, namesMissing } from './people.ts';
import { calendarCountered, calendarDeclined } from './answers.ts';
import { bookingMoved, decisionDue, runMerged } from './merging.ts';
import { offerDeclined, offerLapsed, offerReminder, placeOffered, placesFreeLate } from './offers.ts';
import { invitation, invitationCancelled, invitationUpdated, trainerAssigned, trainerReleased } from './sessions.ts';
import { followUp, reminder } from './reminders.ts';
import {
  teachingAnswered,
  teachingAsked,
  teachingReminder,
  teachingUnanswered,
  teachingWithdrawn,
  trainerLinksRenewed,
  trainerAbsent,
} from './teaching.ts';
import { frame } from './words.ts';

/** English. */
export const en: MailTexts = {
  frame,
  drafts: {
    'booking-confirmed': bookingConfirmed,
    'waiting-list-joined': waitingListJoined,
    promoted,
    'place-offered': placeOffered,
    'offer-reminder': offerReminder,
    'offer-lapsed': offerLapsed,
    'offer-declined': offerDeclined,
    'places-free-late': placesFreeLate,
    'approval-asked': approvalAsked,
    'approval-reminder': approvalReminder,
    'approval-ended': approvalEnded,
    'approval-pending': approvalPending,
    'approval-refused': approvalRefused,
    'approval-expired': approvalExpired,
    'booking-cancelled': bookingCancelled,
    'waiting-list-left': waitingListLeft,
    'already-booked': alreadyBooked,
    'session-moved': sessionMoved,
    'session-added': sessionAdded,
    'session-cancelled': sessionCancelled,
    'run-postponed': runPostponed,
    'run-rescheduled': runRescheduled,
    'modules-changed': modulesChanged,
    'booking-reduced': bookingReduced,
    'booking-split': bookingSplit,
    'names-missing': namesMissing,
    'details-asked': detailsAsked,
    'names-lapsed': namesLapsed,
    'booking-moved': bookingMoved,
    'run-merged': runMerged,
    'decision-due': decisionDue,
    'run-cancelled': runCancelled,
    invitation,
    'invitation-updated': invitationUpdated,
    'invitation-cancelled': invitationCancelled,
    'calendar-declined': calendarDeclined,
    'calendar-countered': calendarCountered,
    reminder,
    'follow-up': followUp,
    'trainer-assigned': trainerAssigned,
    'trainer-released': trainerReleased,
    'teaching-asked': teachingAsked,
    'teaching-reminder': teachingReminder,
    'teaching-withdrawn': teachingWithdrawn,
    'teaching-answered': teachingAnswered,
    'teaching-unanswered': teachingUnanswered,
    'trainer-links-renewed': trainerLinksRenewed,
    'trainer-absent': trainerAbsent,
    'interest-confirm': interestConfirm,
    'interest-noted': interestNoted,
    'interest-invited': interestInvited,
    'interest-closed': interestClosed,
    'in-house-confirm': inHouseConfirm,
    'in-house-asked': inHouseAsked,
    'in-house-planned': inHousePlanned,
    'in-house-declined': inHouseDeclined,
    'sign-in-code': signInCode,
    'person-invited': personInvited,
  },
};
