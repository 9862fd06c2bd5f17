/** Whom a reminder is for. */
export const reminderAudiences = ['participants', 'bookers', 'trainers'] as const;
export type ReminderAudience = (typeof reminderAudiences)[number];

/** Of which sessions: once for the run, or of each; always those in which somebody sits or teaches. */
export const reminderOccasions = ['first-session', 'further-sessions', 'each-session', 'last-session'] as const;
export type ReminderOccasion = (typeof reminderOccasions)[number];

/**
 * When: so many calendar days before the session begins or after it ends, at `at` (HH:MM) on the session's own clock; or
 * so many hours before it begins, which are hours also while the clock changes.
 */
export type ReminderMoment =
  { daysBefore: number; at: string } | { hoursBefore: number } | { daysAfter: number; at: string };

/** One rule of a reminder plan. `workingDays`: what falls on a weekend or public holiday goes to the working day before it, or after. */
export type ReminderRule = ReminderMoment & {
  id: string;
  of: ReminderOccasion;
  /** The participants, when it does not say. */
  audience?: ReminderAudience;
  workingDays?: true;
  /** Kept, but nobody is reminded by it. */
  off?: true;
};

/** Design, section 6: 7 days and 1 day before the first session, 1 day before each further one. */
export const defaultReminderPlan: readonly ReminderRule[] = [
  { id: 'first-7', of: 'first-session', daysBefore: 7, at: '09:00' },
  { id: 'first-1', of: 'first-session', daysBefore: 1, at: '09:00' },
  { id: 'further-1', of: 'further-sessions', daysBefore: 1, at: '09:00' },
];

/** Whether both remind the same people of the same sessions at the same time, whatever they are called. */
export function isSameRule({ id: _one, off: _on, ...one }: ReminderRule, other: ReminderRule): boolean {
  const { id: _other, off: _off, ...rest } = other;
  return factsOf(one) === factsOf(rest);
}

function factsOf({ audience = 'participants', ...rule }: Omit<ReminderRule, 'id' | 'off'>): string {
  return JSON.stringify(Object.entries({ audience, ...rule }).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
