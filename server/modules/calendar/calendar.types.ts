/** One sitting of a run as a calendar knows it. Instants are instants; `timeZone` is the IANA zone people read them in. */
export type CalendarSession = {
  uid: string;
  sequence: number;
  title: string;
  description?: string;
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  /** One line of text, made by the caller: room, house, street; or a word such as "online". */
  location?: string;
  /** Where the session is held or described; only `https:` and `mailto:` links reach the calendar. */
  url?: string;
  cancelled?: boolean;
};

/** Somebody named in an invitation. */
export type CalendarPerson = { name: string; email: string };

/** What an invitation or its cancellation is made of. `stampedAt` is the moment of this sending (DTSTAMP). */
export type InvitationInput = {
  session: CalendarSession;
  organiser: CalendarPerson;
  attendee: CalendarPerson;
  stampedAt: Date;
};

/** What a course plan is made of. With an organiser the plan is complete by RFC 5546 3.2.1; it never names participants. */
export type CoursePlanInput = {
  name: string;
  sessions: CalendarSession[];
  stampedAt: Date;
  organiser?: CalendarPerson;
};
