import { DateTime } from 'luxon';
import type { ReminderAudience, ReminderMoment, ReminderRule } from '../catalogue/index.ts';

type Sitting = { id: string; startsAt: Date; endsAt: Date; timeZone: string };
/** The public holidays that rules of working days keep clear of, `2027-01-01`. */
export type DaysOff = ReadonlySet<string>;
export type PlannedReminder = {
  ruleId: string;
  sessionId: string;
  audience: ReminderAudience;
  /** A mail after the session, not before it. */
  after: boolean;
  dueAt: Date;
  /** When it would have been due, had that not been a weekend or holiday. */
  movedFrom?: Date;
};

const noDaysOff: DaysOff = new Set();

/**
 * Every reminder of the plan for these sessions, whenever it is due; none before a session that would come once it has
 * begun, and none after it that would come before its end. Rules that meet at one moment remind once.
 */
export function remindersOf(
  plan: readonly ReminderRule[],
  sessions: readonly Sitting[],
  daysOff: DaysOff = noDaysOff,
): PlannedReminder[] {
  const inOrder = sessions.toSorted((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
  const active = plan.filter(({ off }) => !off);
  const planned = inOrder.flatMap((session, index) =>
    active
      .filter((rule) => isOf(rule, index, inOrder.length))
      .map((rule) => reminderOf(rule, session, daysOff))
      .filter((one) => (one.after ? one.dueAt > session.endsAt : one.dueAt < session.startsAt)),
  );
  return planned.length < 2 ? planned : withoutTwins(planned);
}

/** What still lies ahead: a late booker is told by the confirmation, never by mail about the past. */
export function remindersToCome(
  plan: readonly ReminderRule[],
  sessions: readonly Sitting[],
  now: Date,
  daysOff: DaysOff = noDaysOff,
): PlannedReminder[] {
  return remindersOf(plan, sessions, daysOff).filter((reminder) => reminder.dueAt > now);
}

/**
 * A reminder that is late is of use while a good part of its time is left: 2 hours before the session, for a shorter
 * one half of it. One after the session is, for 2 days.
 */
export function isReminderStillUseful(
  { after, dueAt: due }: Pick<PlannedReminder, 'after' | 'dueAt'>,
  { startsAt }: Pick<Sitting, 'startsAt'>,
  now: Date,
): boolean {
  if (after) return now.getTime() - due.getTime() <= 48 * hour;
  const lead = startsAt.getTime() - due.getTime();
  return startsAt.getTime() - now.getTime() >= Math.min(2 * hour, lead / 2);
}

const hour = 3_600_000;

function isOf({ of }: ReminderRule, index: number, length: number): boolean {
  if (of === 'first-session') return index === 0;
  if (of === 'further-sessions') return index > 0;
  return of === 'each-session' || index === length - 1;
}

function reminderOf(rule: ReminderRule, session: Sitting, daysOff: DaysOff): PlannedReminder {
  const { id: ruleId, audience = 'participants', workingDays } = rule;
  const after = 'daysAfter' in rule;
  const usual = dueAt(rule, session);
  const moved = workingDays && !('hoursBefore' in rule) ? onWorkingDay(rule, session, usual, daysOff) : usual;
  return {
    ruleId,
    sessionId: session.id,
    audience,
    after,
    dueAt: moved,
    ...(moved.getTime() !== usual.getTime() && { movedFrom: usual }),
  };
}

function withoutTwins(planned: readonly PlannedReminder[]): PlannedReminder[] {
  const seen = new Set<string>();
  return planned.filter(({ sessionId, audience, dueAt: at }) => {
    const moment = `${sessionId} ${audience} ${at.getTime()}`;
    if (seen.has(moment)) return false;
    seen.add(moment);
    return true;
  });
}

type When = { startsAt: Date; endsAt: Date; timeZone: string };

/**
 * The instant of "so many days before, at HH:MM" on the session's own clock. A time that the clock skips becomes the
 * later one, a time that it shows twice the first. Hours are counted as they pass.
 */
export function dueAt(moment: ReminderMoment, session: When): Date {
  if ('hoursBefore' in moment) return new Date(session.startsAt.getTime() - moment.hoursBefore * hour);
  const question = `${questionOf(moment, session)} ${session.timeZone}`;
  const known = answers.get(question);
  if (known !== undefined) return new Date(known);

  if (answers.size >= mostAnswers) answers.clear();
  const instant = instantOf(dayOf(moment, session), moment.at);
  answers.set(question, instant.getTime());
  return instant;
}

// Everybody who books a run asks the same: the clock changes of a zone are worked out once.
const answers = new Map<string, number>();
const mostAnswers = 10_000;

type DayMoment = Exclude<ReminderMoment, { hoursBefore: number }>;

function questionOf(moment: DayMoment, { startsAt, endsAt }: When): string {
  return 'daysBefore' in moment
    ? `${moment.daysBefore} ${moment.at} ${startsAt.getTime()}`
    : `+${moment.daysAfter} ${moment.at} ${endsAt.getTime()}`;
}

function dayOf(moment: DayMoment, { startsAt, endsAt, timeZone }: When): DateTime {
  return 'daysBefore' in moment
    ? DateTime.fromJSDate(startsAt, { zone: timeZone }).minus({ days: moment.daysBefore })
    : DateTime.fromJSDate(endsAt, { zone: timeZone }).plus({ days: moment.daysAfter });
}

/** Earlier for what comes before the session, later for what comes after it: never nearer to it than was wanted. */
function onWorkingDay(moment: DayMoment, { timeZone }: When, usual: Date, daysOff: DaysOff): Date {
  const step = 'daysBefore' in moment ? -1 : 1;
  const first = DateTime.fromJSDate(usual, { zone: timeZone });
  let day = first;
  while (day.weekday > 5 || daysOff.has(day.toFormat('yyyy-MM-dd'))) day = day.plus({ days: step });
  return day === first ? usual : instantOf(day, moment.at);
}

function instantOf(day: DateTime, at: string): Date {
  const [clockHour = 0, minute = 0] = at.split(':').map(Number);
  const local = DateTime.fromObject(
    { year: day.year, month: day.month, day: day.day, hour: clockHour, minute },
    { zone: day.zone },
  );
  const earliest = local.getPossibleOffsets().toSorted((one, other) => one.toMillis() - other.toMillis())[0] ?? local;
  return earliest.toJSDate();
}
