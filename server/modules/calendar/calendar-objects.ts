import {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  ICalCalendar,
  ICalCalendarMethod,
  ICalEventStatus,
  type ICalAttendeeData,
  type ICalEventData,
} from 'ical-generator';
import { DateTime } from 'luxon';
import {
  calendarUrl,
  escapedLine,
  mailtoAddress,
  oneLine,
  personName,
  plainUid,
  severalLines,
} from './calendar-text.ts';
import { civilSpan, zoneBlock } from './calendar-time.ts';
import type { CalendarPerson, CalendarSession, CoursePlanInput, InvitationInput } from './calendar.types.ts';

/** The invitation of one person to one session (iTIP REQUEST, RFC 5546 3.2.2); also the update, with a higher sequence. */
export function invitation(input: InvitationInput): string {
  return calendarOf(ICalCalendarMethod.REQUEST, [schedulingEvent(input, true)]);
}

/** Takes one session out of one person's calendar (iTIP CANCEL, RFC 5546 3.2.5). */
export function cancellation(input: InvitationInput): string {
  return calendarOf(ICalCalendarMethod.CANCEL, [
    schedulingEvent({ ...input, session: { ...input.session, cancelled: true } }, false),
  ]);
}

/** All sessions of a run for looking up and importing (PUBLISH): no participants; cancelled sessions stay, as CANCELLED. */
export function coursePlan(input: CoursePlanInput): string {
  const events = input.sessions.map((session) => ({
    ...eventOf(session, input.stampedAt),
    ...(input.organiser && { organizer: personOf(input.organiser) }),
  }));
  return calendarOf(ICalCalendarMethod.PUBLISH, events, input.name);
}

/** The zone stands on each event and never on the calendar, or DTSTAMP would be written in local time. */
function calendarOf(method: ICalCalendarMethod, events: ICalEventData[], name?: string): string {
  const calendar = new ICalCalendar({
    prodId: '-//Mosaik//Mosaik//EN',
    method,
    timezone: { name: null, generator: zoneBlock },
    ...(name !== undefined && { name: escapedLine(name) }),
  });
  for (const event of events) calendar.createEvent(event);
  return `${calendar.toString()}\r\n`;
}

function schedulingEvent(
  { session, organiser, attendee, stampedAt }: InvitationInput,
  answerWanted: boolean,
): ICalEventData {
  return {
    ...eventOf(session, stampedAt),
    organizer: personOf(organiser),
    attendees: [attendeeOf(attendee, answerWanted)],
  };
}

function eventOf(session: CalendarSession, stampedAt: Date): ICalEventData {
  if (session.endsAt <= session.startsAt) throw new RangeError('A session ends after it starts.');
  const { start, end, timeZone } = civilSpan(session.startsAt, session.endsAt, session.timeZone);
  const url = calendarUrl(session.url);
  return {
    id: plainUid(session.uid),
    sequence: session.sequence,
    stamp: DateTime.fromJSDate(stampedAt, { zone: 'utc' }),
    start,
    end,
    ...(timeZone && { timezone: timeZone }),
    summary: oneLine(session.title),
    ...(session.description && { description: severalLines(session.description) }),
    ...(session.location && { location: oneLine(session.location) }),
    ...(url && { url }),
    status: session.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  };
}

function attendeeOf(person: CalendarPerson, answerWanted: boolean): ICalAttendeeData {
  return {
    ...personOf(person),
    rsvp: answerWanted,
    role: ICalAttendeeRole.REQ,
    status: ICalAttendeeStatus.NEEDSACTION,
    type: ICalAttendeeType.INDIVIDUAL,
  };
}

function personOf({ name, email }: CalendarPerson): CalendarPerson {
  const address = mailtoAddress(email);
  return { name: personName(name) || address, email: address };
}
