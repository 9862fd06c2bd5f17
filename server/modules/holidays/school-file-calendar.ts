import ICAL from 'ical.js';
import { AppError } from '../../platform/errors.ts';
import { dayAfter } from './days.rules.ts';
import { lineOf, type FileRow } from './school-file.types.ts';

/** The entries of an iCal file. A day-long entry ends before its DTEND (RFC 5545 3.6.1). @throws file-unreadable */
export function rowsOfCalendar(text: string): FileRow[] {
  return entriesOf(text).map((entry, index) => {
    try {
      return rowOf(index + 1, entry);
    } catch {
      // One entry that the library cannot read must not hide the others; the report names it.
      return { number: index + 1, text: lineOf(entry.toString()), name: '', refusal: 'unreadable' };
    }
  });
}

function entriesOf(text: string): ICAL.Component[] {
  try {
    return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');
  } catch (error) {
    throw new AppError('file-unreadable', 'invalid', `The calendar cannot be read: ${String(error)}`);
  }
}

function rowOf(number: number, entry: ICAL.Component): FileRow {
  const event = new ICAL.Event(entry);
  const name = lineOf(event.summary ?? '');
  if (!entry.hasProperty('dtstart')) return { number, text: name, name, refusal: 'no-day' };
  const { startDate, endDate } = event;
  const [firstOn, end] = [dayOf(startDate), dayOf(endDate ?? startDate)];
  const row = { number, text: `${name} · ${firstOn} · ${end}`, name };
  if (event.isRecurring()) return { ...row, refusal: 'recurring' };
  return { ...row, firstOn, lastOn: endsAtMidnight(endDate) && end > firstOn ? dayAfter(end, -1) : end };
}

function endsAtMidnight(end: ICAL.Time | null): boolean {
  return end !== null && (end.isDate || (end.hour === 0 && end.minute === 0));
}

function dayOf({ year, month, day }: ICAL.Time): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}`;
}
