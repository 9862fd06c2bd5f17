import type { RunStatus } from '../../server/modules/scheduling/index.ts';
import type { CalendarAt, CalendarViewName } from './paths.ts';

/** A session in a calendar. `href`: where more of it stands; `change`: where it is moved, for those who may. */
export type Shown = {
  id: string;
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  location: string;
  /** Nothing where one may know no more than that something is there. */
  title?: string | undefined;
  language?: string | undefined;
  status?: RunStatus;
  isOverridden?: boolean;
  href?: string;
  change?: string;
};

/** `isOutside`: of the month before or behind. */
export type CalendarDay = { on: string; at: Date; isOutside: boolean; isToday: boolean; entries: Shown[] };
export type CalendarRow = { id: string; name: string; under?: string; days: CalendarDay[] };

export type CalendarView = {
  view: CalendarViewName;
  /** A day of what is shown, as `2026-03-03`. */
  on: string;
  before: string;
  after: string;
  views: readonly CalendarViewName[];
  address: (at: Partial<CalendarAt>) => string;
  timeZone: string;
  days: CalendarDay[];
  /** Of the rooms or the trainers, where those are shown. */
  rows?: CalendarRow[];
};
