import { paths } from '../paths.ts';

/** How a calendar may be looked at; `rooms` and `trainers` show who is where, a row each. */
export const calendarViews = ['month', 'week', 'list', 'rooms', 'trainers'] as const;
export type CalendarViewName = (typeof calendarViews)[number];

export type CalendarAt = { view: CalendarViewName; on: string; provider?: string | undefined };

export function deskCalendar(at?: Partial<CalendarAt>): string {
  return withQuery(`${paths.desk()}/calendar`, at);
}

export function trainerCalendar(at?: Partial<CalendarAt>): string {
  return withQuery(`${paths.trainer()}/calendar`, at);
}

/** Where calendar programs ask for a feed. */
export function feedAddress(token: string): string {
  return `/calendars/${token}.ics`;
}

export const subscriptionPaths = {
  desk: () => `${paths.desk()}/calendar/subscriptions`,
  trainer: () => `${trainerCalendar()}/subscription`,
};

function withQuery(path: string, at: Partial<CalendarAt> = {}): string {
  const given = Object.entries(at).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
}
