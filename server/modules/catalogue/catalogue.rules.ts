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

/** Who has to approve a booking before it is confirmed, whatever the institution says. */
export const approvals = ['never', 'superior'] as const;
export type Approval = (typeof approvals)[number];

/** `text` as it is searched for: lower case, without accents, so that "koln" finds "Köln". */
export function searchable(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/ß/g, 'ss');
}
