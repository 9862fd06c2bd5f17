import { civilOf, instantOf, offsetAt } from './civil-time.ts';
import { type Evaluate, type Operator, fail, partsOf } from './expression-operator.ts';
import { textFor } from './value-expressions.ts';
import { isNullish, isNumeric, toNumber, typeNameOf } from './values.ts';

const MS: Record<string, number> = { hour: 3_600_000, minute: 60_000, second: 1000, millisecond: 1 };
const DAYS: Record<string, number> = { week: 7, day: 1 };
const MONTHS: Record<string, number> = { year: 12, quarter: 3, month: 1 };

/** The operators on dates, in a time zone: what a day or a month is, its clocks say. */
export const DATE_OPERATORS: Record<string, Operator> = {
  $dateToString: (operand, compile) => {
    const [date, ...others] = partsOf('$dateToString', operand, ['date'], ['format', 'timezone', 'onNull']);
    const at = compile(date);
    const [format, zone, onNull] = others.map((each) => (each === undefined ? undefined : compile(each)));
    return (scope) => {
      const value = at(scope);
      if (isNullish(value)) return onNull?.(scope) ?? null;
      const [pattern, timezone] = [format ? format(scope) : undefined, zone ? zone(scope) : 'UTC'];
      if (isNullish(timezone) || (format && isNullish(pattern))) return null;
      return written(instantFor('$dateToString', value), textFor('$dateToString', timezone), pattern);
    };
  },
  $dateTrunc: onDate(['date', 'unit'], ([instant, unit], zone) => truncated(instant, unit, zone)),
  $dateAdd: onDate(['startDate', 'unit', 'amount'], ([instant, unit, amount], zone) =>
    moved(instant, unit, amount, zone),
  ),
  $dateSubtract: onDate(['startDate', 'unit', 'amount'], ([instant, unit, amount], zone) =>
    moved(instant, unit, -amount, zone),
  ),
};

function onDate(
  needed: string[],
  apply: (given: [instant: number, unit: string, amount: number], zone: string) => number,
): Operator {
  return (operand, compile, name) => {
    const parts: Evaluate[] = partsOf(name, operand, needed, ['timezone']).map((each) =>
      compile(each === undefined ? 'UTC' : each),
    );
    return (scope) => {
      const values = parts.map((part) => part(scope));
      if (values.some(isNullish)) return null;
      const [date, unit, ...others] = values;
      const amount = needed.includes('amount') ? amountFor(name, others.shift()) : 0;
      const given: [number, string, number] = [instantFor(name, date), textFor(name, unit), amount];
      return new Date(apply(given, textFor(name, others[0])));
    };
  };
}

const instantFor = (name: string, value: unknown): number =>
  value instanceof Date ? value.getTime() : fail(16006, `can't convert from ${typeNameOf(value)} to Date in ${name}`);

function amountFor(name: string, value: unknown): number {
  const amount = isNumeric(value) ? toNumber(value) : NaN;
  return Number.isInteger(amount) ? amount : fail(5166405, `${name} expects integer amount of time units`);
}

/** "$dateAdd … day, week, month, quarter, year" count by the calendar of the zone, smaller units by the instant. */
function moved(instant: number, unit: string, amount: number, zone: string): number {
  const length = MS[unit];
  if (length) return instant + amount * length;
  const civil = civilOf(instant, zone);
  const days = DAYS[unit];
  if (days) civil.setUTCDate(civil.getUTCDate() + amount * days);
  else addMonths(civil, amount * (MONTHS[unit] ?? unknownUnit(unit)));
  return instantOf(civil, zone);
}

/** The last day of a month that has no such day. */
function addMonths(civil: Date, months: number): void {
  const day = civil.getUTCDate();
  civil.setUTCDate(1);
  civil.setUTCMonth(civil.getUTCMonth() + months);
  const last = new Date(Date.UTC(civil.getUTCFullYear(), civil.getUTCMonth() + 1, 0)).getUTCDate();
  civil.setUTCDate(Math.min(day, last));
}

const unknownUnit = (unit: string): never => fail(9, `unknown time unit value: ${unit}`);

function truncated(instant: number, unit: string, zone: string): number {
  const length = MS[unit];
  const offset = offsetAt(instant, zone);
  if (length) return instant - ((((instant + offset) % length) + length) % length);
  const civil = civilOf(instant, zone);
  civil.setUTCHours(0, 0, 0, 0);
  // "startOfWeek … defaults to Sunday."
  if (unit === 'week') civil.setUTCDate(civil.getUTCDate() - civil.getUTCDay());
  else if (unit !== 'day') {
    const months = MONTHS[unit] ?? unknownUnit(unit);
    civil.setUTCMonth(civil.getUTCMonth() - (civil.getUTCMonth() % months), 1);
  }
  return instantOf(civil, zone);
}

const ISO = '%Y-%m-%dT%H:%M:%S.%L';
const two = (number: number): string => String(number).padStart(2, '0');

const FORMATS: Record<string, (civil: Date, offset: number) => string> = {
  Y: (civil) => String(civil.getUTCFullYear()).padStart(4, '0'),
  m: (civil) => two(civil.getUTCMonth() + 1),
  d: (civil) => two(civil.getUTCDate()),
  H: (civil) => two(civil.getUTCHours()),
  M: (civil) => two(civil.getUTCMinutes()),
  S: (civil) => two(civil.getUTCSeconds()),
  L: (civil) => String(civil.getUTCMilliseconds()).padStart(3, '0'),
  u: (civil) => String(civil.getUTCDay() || 7),
  z: (_, offset) => {
    const minutes = Math.abs(offset) / 60_000;
    return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(Math.floor(minutes % 60))}`;
  },
  '%': () => '%',
};

function written(instant: number, zone: string, format: unknown): string {
  const pattern = format === undefined ? ISO + (zone === 'UTC' ? 'Z' : '') : textFor('$dateToString', format);
  return pattern.replaceAll(/%(.?)/gs, (_, letter: string) => {
    const write = FORMATS[letter] ?? fail(18536, `Invalid format character '%${letter}' in format string`);
    return write(civilOf(instant, zone), offsetAt(instant, zone));
  });
}
