import { DateTime } from 'luxon';
import type { ReminderRule } from '../catalogue/index.ts';

type Sitting = { id: string; startsAt: Date; timeZone: string };
export type PlannedReminder = { ruleId: string; sessionId: string; daysBefore: number; dueAt: Date };

/** Every reminder of the plan for these sessions, whenever it is due; none after its session has begun. */
export function remindersOf(plan: readonly ReminderRule[], sessions: readonly Sitting[]): PlannedReminder[] {
  return sessions
    .toSorted((one, other) => one.startsAt.getTime() - other.startsAt.getTime())
    .flatMap((session, index) =>
      plan
        .filter((rule) => rule.of === (index === 0 ? 'first-session' : 'further-sessions'))
        .map((rule) => ({
          ruleId: rule.id,
          sessionId: session.id,
          daysBefore: rule.daysBefore,
          dueAt: dueAt(rule, session),
        }))
        .filter((reminder) => reminder.dueAt < session.startsAt),
    );
}

/** What still lies ahead: a late booker is told by the confirmation, never by mail about the past. */
export function remindersToCome(
  plan: readonly ReminderRule[],
  sessions: readonly Sitting[],
  now: Date,
): PlannedReminder[] {
  return remindersOf(plan, sessions).filter((reminder) => reminder.dueAt > now);
}

/**
 * The instant of "so many days before, at HH:MM" on the session's own clock. A time that the clock skips becomes the
 * later one, a time that it shows twice the first.
 */
export function dueAt(rule: Pick<ReminderRule, 'daysBefore' | 'at'>, session: Omit<Sitting, 'id'>): Date {
  const question = `${rule.daysBefore} ${rule.at} ${session.startsAt.getTime()} ${session.timeZone}`;
  const known = answers.get(question);
  if (known !== undefined) return new Date(known);

  if (answers.size >= mostAnswers) answers.clear();
  const instant = instantOf(rule, session);
  answers.set(question, instant.getTime());
  return instant;
}

// Everybody who books a run asks the same: the clock changes of a zone are worked out once.
const answers = new Map<string, number>();
const mostAnswers = 10_000;

function instantOf(
  { daysBefore, at }: Pick<ReminderRule, 'daysBefore' | 'at'>,
  { startsAt, timeZone }: Omit<Sitting, 'id'>,
): Date {
  const day = DateTime.fromJSDate(startsAt, { zone: timeZone }).minus({ days: daysBefore });
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const local = DateTime.fromObject(
    { year: day.year, month: day.month, day: day.day, hour, minute },
    { zone: timeZone },
  );
  const earliest = local.getPossibleOffsets().toSorted((one, other) => one.toMillis() - other.toMillis())[0] ?? local;
  return earliest.toJSDate();
}
