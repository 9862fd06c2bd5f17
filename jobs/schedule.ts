import type { ScheduledJob } from '../server/platform/queue.ts';

/** All recurring work. Each line finds what a lost nudge would have left lying. */
export const schedule = (sweepSeconds: number, hasInbox: boolean): readonly ScheduledJob[] => [
  // Events that nobody has told of yet.
  { name: 'relay-events', queue: 'sweeps', everySeconds: sweepSeconds },
  // Mail that is due, or whose sender stood still.
  { name: 'send-due-mail', queue: 'mail', everySeconds: sweepSeconds },
  // Answers of calendars, and mails that came back.
  ...(hasInbox ? [{ name: 'read-inbox', queue: 'sweeps' as const, everySeconds: Math.max(sweepSeconds, 60) }] : []),
  // Offers whose time is over: their places go to whoever waits next.
  { name: 'lapse-offers', queue: 'sweeps', everySeconds: sweepSeconds },
  // Requests for approval whose time is over: as the run says.
  { name: 'expire-approvals', queue: 'sweeps', everySeconds: sweepSeconds },
  // Places that were kept until now: open to everybody, and whoever waits moves up.
  { name: 'release-contingents', queue: 'sweeps', everySeconds: sweepSeconds },
  // Runs below their minimum whose day has come: their coordinators are asked, once.
  { name: 'ask-for-decisions', queue: 'sweeps', everySeconds: Math.max(sweepSeconds, 60) },
  // Places that lie free when nobody moves up any more: the coordinators are told, once.
  { name: 'tell-unused-places', queue: 'sweeps', everySeconds: Math.max(sweepSeconds, 60) },
  // Places without names as the last day for them comes near: their bookers are asked.
  { name: 'ask-for-names', queue: 'sweeps', everySeconds: Math.max(sweepSeconds, 300) },
  // Places without names when that day is over: to those who wait, where the run says so.
  { name: 'yield-unnamed', queue: 'sweeps', everySeconds: Math.max(sweepSeconds, 60) },
  // Runs whose dates some were asked about before others: open to everybody when the time to answer is over.
  { name: 'open-answered-runs', queue: 'sweeps', everySeconds: Math.max(sweepSeconds, 60) },
  // Public runs whose last session is over.
  { name: 'complete-runs', queue: 'sweeps', everySeconds: Math.max(sweepSeconds, 300) },
  // What participants need is forgotten seven days after their run.
  { name: 'forget-access-needs', queue: 'sweeps', everySeconds: Math.max(sweepSeconds, 3_600) },
];
