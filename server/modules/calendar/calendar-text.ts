const LINE_BREAKS = /\r\n|[\r\n\u0085\u2028\u2029]/g;
const CONTROLS = /\p{Cc}/gu;
const CONTROLS_BUT_LINE_FEED = /(?!\n)\p{Cc}/gu;
const MAX_UID_LENGTH = 255;

/** One line of text: line breaks and control characters become spaces, half characters become U+FFFD. */
export function oneLine(text: string): string {
  return wellFormed(text).replace(LINE_BREAKS, ' ').replace(CONTROLS, ' ').replace(/ {2,}/g, ' ').trim();
}

/** A name for a CN parameter. Some readers take `\n` there for a line break and then miss the value, so no backslash stays. */
export function personName(name: string): string {
  return oneLine(name).replaceAll('\\', '/');
}

/** Text of several lines: every kind of line break becomes a line feed, other control characters go. */
export function severalLines(text: string): string {
  return wellFormed(text).replace(LINE_BREAKS, '\n').replace(CONTROLS_BUT_LINE_FEED, ' ').trim();
}

/** One line for a property that ical-generator writes as it is: cleaned, and escaped by RFC 5545 3.3.11. */
export function escapedLine(text: string): string {
  return oneLine(text).replace(/[\\;,]/g, (character) => `\\${character}`);
}

/** A UID of plain ASCII; characters that would need escaping become hyphens. */
export function plainUid(uid: string): string {
  return uid.replace(/[^A-Za-z0-9@._+-]/g, '-').slice(0, MAX_UID_LENGTH);
}

/** An addr-spec as it may stand in a `mailto:` URI (RFC 6068 2): everything special is percent-encoded. */
export function mailtoAddress(email: string): string {
  return oneLine(email).replace(/[^A-Za-z0-9.@!$'*+^_`{|}~-]/gu, encodeURIComponent);
}

/**
 * A link that may stand in a calendar, or nothing: only `https:` and `mailto:` pass.
 * Comma and semicolon are percent-encoded because ical-generator would put backslashes before them, which a URI must not have.
 */
export function calendarUrl(link: string | undefined): string | undefined {
  if (link === undefined || !URL.canParse(link)) return undefined;
  const url = new URL(link);
  if (url.protocol !== 'https:' && url.protocol !== 'mailto:') return undefined;
  return url.href.replace(/[^!-~]|[,;\\]/gu, (character) => `%${hexOf(character)}`);
}

function hexOf(character: string): string {
  return Buffer.from(character, 'utf8')
    .toString('hex')
    .toUpperCase()
    .replace(/..(?=.)/g, '$&%');
}

function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
