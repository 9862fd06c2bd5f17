import { paths } from '../paths.ts';

/** What has just been done, said on the page that follows. */
export const notices = [
  'seminar-created',
  'seminar-changed',
  'run-planned',
  'run-published',
  'run-cancelled',
  'run-settings-changed',
  'capacity-raised',
  'capacity-lowered',
  'capacity-over-full',
  'capacity-same',
  'session-changed',
  'session-added',
  'session-removed',
  'booking-cancelled',
  'make-up-booked',
  'make-up-places-changed',
  'mail-held',
  'mail-released',
  'mail-again',
  'mail-settled',
  'mail-corrected',
  'calendar-again',
  'calendar-on-its-way',
  'links-revoked',
  'links-renewed',
  'request-withdrawn',
] as const;
export type Notice = (typeof notices)[number];

/** Every address of the coordinator's desk. */
export const deskPaths = {
  overview: paths.desk,
  seminars: (notice?: Notice) => said(`${paths.desk()}/seminars`, notice),
  newSeminar: () => `${paths.desk()}/seminars/new`,
  seminar: (seminarId: string) => `${paths.desk()}/seminars/${seminarId}/edit`,
  newRun: (seminarId?: string) => `${paths.desk()}/runs/new${seminarId ? `?seminar=${seminarId}` : ''}`,
  run: (runId: string, notice?: Notice) => said(`${paths.desk()}/runs/${runId}`, notice),
  publication: (runId: string) => `${paths.desk()}/runs/${runId}/publication`,
  makeUpPlaces: (runId: string) => `${paths.desk()}/runs/${runId}/make-up-places`,
  capacity: (runId: string) => `${paths.desk()}/runs/${runId}/capacity`,
  settings: (runId: string) => `${paths.desk()}/runs/${runId}/settings`,
  cancellation: (runId: string) => `${paths.desk()}/runs/${runId}/cancellation`,
  newSession: (runId: string) => `${paths.desk()}/runs/${runId}/sessions/new`,
  allSessions: (runId: string) => `${paths.desk()}/runs/${runId}/sessions`,
  session: (sessionId: string) => `${paths.desk()}/sessions/${sessionId}/edit`,
  sessionMove: (sessionId: string) => `${paths.desk()}/sessions/${sessionId}/move`,
  runTrainers: (runId: string, notice?: Notice) => said(`${paths.desk()}/runs/${runId}/trainers`, notice),
  trainerLinks: (runId: string, trainerId: string) => `${paths.desk()}/runs/${runId}/trainers/${trainerId}/links`,
  requestWithdrawal: (runId: string, requestId: string) =>
    `${paths.desk()}/runs/${runId}/requests/${requestId}/withdrawal`,
  substitute: (sessionId: string, trainerId: string) =>
    `${paths.desk()}/sessions/${sessionId}/replacement/${trainerId}`,
  trainers: () => `${paths.desk()}/trainers`,
  trainer: (trainerId: string) => `${paths.desk()}/trainers/${trainerId}`,
  trainerTimes: (trainerId: string) => `${paths.desk()}/trainers/${trainerId}/times`,
  sessionCancellation: (sessionId: string) => `${paths.desk()}/sessions/${sessionId}/cancellation`,
  postponement: (runId: string) => `${paths.desk()}/runs/${runId}/postponement`,
  newDates: (runId: string) => `${paths.desk()}/runs/${runId}/new-dates`,
  change: (runId: string, changeId: string) => `${paths.desk()}/runs/${runId}/changes/${changeId}`,
  sessionRemoval: (sessionId: string) => `${paths.desk()}/sessions/${sessionId}/removal`,
  mail: (notice?: Notice) => said(`${paths.desk()}/mail`, notice),
  mailHold: () => `${paths.desk()}/mail/hold`,
  mailRelease: () => `${paths.desk()}/mail/release`,
  mailAgain: (messageId: string) => `${paths.desk()}/mail/${messageId}/again`,
  mailAddress: (messageId: string) => `${paths.desk()}/mail/${messageId}/address`,
  mailSettled: (messageId: string) => `${paths.desk()}/mail/${messageId}/settled`,
  bookingMails: (bookingId: string, notice?: Notice) => said(`${paths.desk()}/bookings/${bookingId}/mails`, notice),
  calendarAgain: (bookingId: string, participantId: string) =>
    `${paths.desk()}/bookings/${bookingId}/mails/${participantId}/again`,
  bookingDecisions: (bookingId: string, done?: 'priority-set') =>
    `${paths.desk()}/bookings/${bookingId}/decisions${done ? `?said=${done}` : ''}`,
  priority: (bookingId: string) => `${paths.desk()}/bookings/${bookingId}/priority`,
  makeUp: (bookingId: string) => `${paths.desk()}/bookings/${bookingId}/make-up`,
  bookingCancellation: (bookingId: string) => `${paths.desk()}/bookings/${bookingId}/cancellation`,
};

function said(path: string, notice: Notice | undefined): string {
  return notice ? `${path}?notice=${notice}` : path;
}
