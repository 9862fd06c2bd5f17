import { Router, type Request } from 'express';
import type { CalendarDay, CalendarView, Shown } from '../../templates/calendar/calendar.types.ts';
import { calendarViews, deskCalendar, type CalendarAt } from '../../templates/calendar/paths.ts';
import { DeskCalendar } from '../../templates/desk/calendar.tsx';
import { deskPaths } from '../../templates/desk/paths.ts';
import { startingWith } from '../../templates/form.ts';
import { trainers } from '../modules/people/index.ts';
import { inRoomsDuring, plannedDuring, type CalendarEntry } from '../modules/scheduling/index.ts';
import { roomsFor } from '../modules/venues/index.ts';
import { now } from '../platform/clock.ts';
import { calendarFiles } from '../web/assets.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { calendarSpanIn, eachDay, ofDay, turned, type CalendarSpan } from './calendar-days.ts';
import { providersOf } from './desk-door.ts';
import { networkZone } from './desk-times.ts';

/** What is planned, by month, week or list, and who is where, by room or trainer. */
export function deskCalendarPages(): Router {
  const pages = Router();

  pages.get(deskCalendar(), async (req, res) => {
    const span = calendarSpanIn(req.query);
    const provider = typeof req.query['provider'] === 'string' ? req.query['provider'] : '';
    const providers = await providersOf(actorOf(req));
    const address = (at: Partial<CalendarAt>) =>
      deskCalendar({ view: span.view, on: span.on, ...(provider && { provider }), ...at });
    const calendar = { ...calendarView(span, address), ...(await shownIn(req, span, provider)) };
    render(res, DeskCalendar, { calendar, providers, filter: startingWith({ provider }), files: calendarFiles });
  });

  return pages;
}

/** The frame of a calendar page: which days, and where its links lead. */
export function calendarView(
  span: CalendarSpan,
  address: CalendarView['address'],
  views: CalendarView['views'] = calendarViews,
): Omit<CalendarView, 'days' | 'rows'> {
  return { view: span.view, on: span.on, views, address, timeZone: networkZone, ...turned(span) };
}

/** The days of a span with what touches each of them. */
export function daysOf(span: CalendarSpan, shown: readonly Shown[]): CalendarDay[] {
  const month = span.on.slice(0, 7);
  const today = now();
  return eachDay(span).map((day) => ({
    on: day.on,
    at: day.from,
    isOutside: span.view === 'month' && !day.on.startsWith(month),
    isToday: day.from <= today && today < day.until,
    entries: ofDay(shown, day),
  }));
}

async function shownIn(
  req: Request,
  span: CalendarSpan,
  provider: string,
): Promise<Pick<CalendarView, 'days' | 'rows'>> {
  const dates = { from: span.from.toJSDate(), to: span.to.toJSDate() };
  if (span.view === 'rooms') return { days: daysOf(span, []), rows: await roomRows(req, span, dates) };
  const entries = (await plannedDuring(actorOf(req), { ...dates, ...(provider && { provider }) })).map(shownAt(now()));
  if (span.view === 'trainers') return { days: daysOf(span, []), rows: await trainerRows(span, entries) };
  return { days: daysOf(span, entries) };
}

async function roomRows(req: Request, span: CalendarSpan, dates: { from: Date; to: Date }) {
  const rooms = await roomsFor(actorOf(req));
  const sessions = await inRoomsDuring(
    actorOf(req),
    rooms.map(({ id }) => id),
    dates,
  );
  return rooms.map(({ id, name, venue }) => ({
    id,
    name,
    under: venue.name,
    days: daysOf(
      span,
      sessions
        .filter(({ roomId }) => roomId === id)
        .map(({ title, isOwn, ...session }) => ({
          ...session,
          title: title?.text,
          language: title?.language,
          ...(isOwn && { href: deskPaths.run(session.runId), change: deskPaths.session(session.id) }),
        })),
    ),
  }));
}

async function trainerRows(span: CalendarSpan, entries: readonly (Shown & { trainerIds: string[] })[]) {
  const teaching = new Set(entries.flatMap(({ trainerIds }) => trainerIds));
  return (await trainers())
    .filter(({ id }) => teaching.has(id))
    .map(({ id, name }) => ({
      id,
      name,
      days: daysOf(
        span,
        entries.filter(({ trainerIds }) => trainerIds.includes(id)),
      ),
    }));
}

function shownAt(at: Date): (entry: CalendarEntry) => Shown & { trainerIds: string[] } {
  return (entry) => {
    // The calendar's clock is the network's: what stands on another one is moved by its form.
    const isMovable =
      entry.endsAt > at && (entry.status === 'draft' || entry.status === 'published') && entry.timeZone === networkZone;
    const href = deskPaths.run(entry.runId);
    return Object.assign(entry, { href }, isMovable && { change: deskPaths.sessionMove(entry.id) });
  };
}
