/** Sessions at and around clock changes: what they are, their zone, and their two instants. */
export const SPANS = [
  span('an ordinary morning', 'Europe/Berlin', '2026-06-10T07:00Z', '2026-06-10T10:00Z'),
  span('the night summer time begins', 'Europe/Berlin', '2026-03-29T00:30Z', '2026-03-29T01:30Z'),
  span('from summer time into winter time', 'Europe/Berlin', '2026-10-24T21:00Z', '2026-10-25T02:00Z'),
  span('the first pass through the repeated hour', 'Europe/Berlin', '2026-10-25T00:15Z', '2026-10-25T00:45Z'),
  span('the second pass through the repeated hour', 'Europe/Berlin', '2026-10-25T01:15Z', '2026-10-25T01:45Z'),
  span('out of the repeated hour', 'Europe/Berlin', '2026-10-25T00:59:59Z', '2026-10-25T03:00Z'),
  span('2027, summer time begins', 'Europe/Berlin', '2027-03-28T00:00Z', '2027-03-28T02:00Z'),
  span('2027, winter time begins', 'Europe/Berlin', '2027-10-31T00:00Z', '2027-10-31T03:00Z'),
  span('a leap day', 'Europe/Berlin', '2028-02-29T08:00Z', '2028-02-29T12:00Z'),
  span('New York, winter time begins', 'America/New_York', '2026-11-01T05:30Z', '2026-11-01T06:30Z'),
  span('a zone of quarter hours', 'Asia/Kathmandu', '2026-05-05T03:15Z', '2026-05-05T05:15Z'),
  span('half an hour of summer time', 'Australia/Lord_Howe', '2026-04-04T14:45Z', '2026-04-04T15:15Z'),
  span('a zone by its former name', 'Europe/Kiev', '2026-07-01T06:00Z', '2026-07-01T08:00Z'),
  span('a zone whose rules differ between sources', 'America/Vancouver', '2026-12-15T17:00Z', '2026-12-15T19:00Z'),
  span('UTC', 'UTC', '2026-07-01T06:00Z', '2026-07-01T08:00Z'),
  span('no zone that exists', 'Europe/Nowhere\r\nX:1', '2026-07-01T06:00Z', '2026-07-01T08:00Z'),
];

function span(what: string, timeZone: string, startsAt: string, endsAt: string) {
  return { what, timeZone, startsAt, endsAt };
}
