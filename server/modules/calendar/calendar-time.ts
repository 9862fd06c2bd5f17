import { DateTime, IANAZone } from 'luxon';
import { tzlib_get_ical_block, tzlib_get_offset, tzlib_get_timezones } from 'timezones-ical-library';

/** An event's two ends as ical-generator needs them; without a zone they are written in UTC. */
export type CivilSpan = { start: DateTime; end: DateTime; timeZone?: string };

type ZoneDefinition = { tzid: string; block: string };

const knownZones = new Set<string>(tzlib_get_timezones());
const definitions = new Map<string, ZoneDefinition>();

/**
 * Puts a session's ends into the civil time of its zone. The instant is what counts: where the zone's name cannot
 * carry it (an unknown zone, the hour that a clock change repeats, rules that this server and the VTIMEZONE
 * see differently), the span is given in UTC.
 */
export function civilSpan(startsAt: Date, endsAt: Date, timeZone: string): CivilSpan {
  const zone = namedZone(timeZone);
  const [start, end] = [civilTime(startsAt, zone), civilTime(endsAt, zone)];
  return zone && survivesCalendar(start, zone) && survivesCalendar(end, zone)
    ? { start, end, timeZone: zone }
    : { start: start.toUTC(), end: end.toUTC() };
}

/** The VTIMEZONE of a zone that `civilSpan` gave. */
export function zoneBlock(tzid: string): string {
  return definitionOf(tzid).block;
}

function namedZone(timeZone: string): string | undefined {
  if (!knownZones.has(timeZone)) return undefined;
  const { tzid } = definitionOf(timeZone);
  return tzid === 'Etc/UTC' || !IANAZone.isValidZone(tzid) ? undefined : tzid;
}

/** Under its own TZID: the library answers an alias (Europe/Kiev) with the zone's present name. */
function definitionOf(timeZone: string): ZoneDefinition {
  const known = definitions.get(timeZone);
  if (known) return known;

  const [block = '', label = ''] = tzlib_get_ical_block(timeZone);
  const definition = { tzid: label.replace(/^TZID=/, ''), block };
  definitions.set(timeZone, definition);
  return definition;
}

function civilTime(instant: Date, zone: string | undefined): DateTime {
  return DateTime.fromJSDate(instant, { zone: zone ?? 'utc' });
}

/** A repeated local time has no sure meaning: RFC 5545 3.3.5 says its first pass, some calendars read the second. */
function survivesCalendar(time: DateTime, zone: string): boolean {
  const offset = tzlib_get_offset(zone, time.toFormat('yyyy-MM-dd'), time.toFormat('HH:mm'));
  return time.getPossibleOffsets().length === 1 && offset === time.toFormat('ZZZ');
}
