/**
 * Calendar: iCalendar text from plain data.
 *
 * Promises: the instant that goes in is the instant a calendar reads, whatever the server's own time zone;
 * no text that goes in becomes a property of its own; an invitation names its recipient and nobody else.
 * The only caller of ical-generator. What a calendar answers is read here too, from text that anybody may have written.
 */
export { cancellation, coursePlan, invitation } from './calendar-objects.ts';
export { contentFingerprint, sessionUid } from './calendar-identity.ts';
export type { CalendarPerson, CalendarSession, InvitationInput } from './calendar.types.ts';
export { readReply } from './calendar-replies.ts';
export type { CalendarReply } from './calendar-replies.ts';
