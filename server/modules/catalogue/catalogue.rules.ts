export const seminarKinds = [
  'qualification',
  'career-orientation',
  'day-seminar',
  'modular-course',
  'outreach',
  'association-seminar',
  'language-course',
] as const;
export type SeminarKind = (typeof seminarKinds)[number];

/** Whether a course is booked as a whole, or each of its modules for itself. */
export const bookingModes = ['whole', 'by-module'] as const;
export type BookingMode = (typeof bookingModes)[number];

/** A reminder `daysBefore` the session, at `at` (HH:MM) on the session's own clock; for the first session or each further one. */
export type ReminderRule = { id: string; of: 'first-session' | 'further-sessions'; daysBefore: number; at: string };

/** Design, section 6: 7 days and 1 day before the first session, 1 day before each further one. */
export const defaultReminderPlan: readonly ReminderRule[] = [
  { id: 'first-7', of: 'first-session', daysBefore: 7, at: '09:00' },
  { id: 'first-1', of: 'first-session', daysBefore: 1, at: '09:00' },
  { id: 'further-1', of: 'further-sessions', daysBefore: 1, at: '09:00' },
];

/** `text` as it is searched for: lower case, without accents, so that "koln" finds "Köln". */
export function searchable(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/ß/g, 'ss');
}
