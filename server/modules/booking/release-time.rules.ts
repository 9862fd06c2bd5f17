import { DateTime } from 'luxon';

/** The instant of a civil day and time in a zone; in an hour that the clocks leave out, the one after it. */
export function instantOfRelease(
  { releaseOn, releaseTime }: { releaseOn: string; releaseTime: string },
  timeZone: string,
): Date {
  return DateTime.fromISO(`${releaseOn}T${releaseTime}`, { zone: timeZone }).toJSDate();
}
