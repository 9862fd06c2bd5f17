import type { Request } from 'express';
import { postedFields } from '../web/malformed.ts';
import { formField } from '../web/forms.ts';

type Values = Readonly<Record<string, string>>;
type RowAct = { act: 'add' | 'remove' | 'up'; index: number };

/** What the form looks like after the button that was pressed, when it was one that adds, removes or moves a row of `list`. */
export function withRowsChanged(req: Request, list: string, copied: readonly string[] = []): Values | undefined {
  const asked = rowActIn(req, list);
  if (!asked) return undefined;
  const values = Object.fromEntries(Object.entries(postedFields(req)).filter(([name]) => !name.startsWith('_')));
  if (asked.act === 'up') return withRowUp(values, list, asked.index);
  return asked.act === 'add' ? withRow(values, list, copied) : withoutRow(values, list, asked.index);
}

/** One row more, which begins with the `copied` fields of the last one: sessions of a course resemble each other. */
export function withRow(values: Values, list: string, copied: readonly string[]): Values {
  const last = lastRow(values, list);
  const row = Object.entries(values).flatMap(([name, value]) => {
    const field = fieldIn(name, list);
    return field?.row === last && copied.some((copy) => field.rest.startsWith(`.${copy}`))
      ? [[`${list}[${last + 1}]${field.rest}`, value] as const]
      : [];
  });
  return { ...values, [`${list}[${last + 1}].`]: '', ...Object.fromEntries(row) };
}

/** One row less; those below move up. */
export function withoutRow(values: Values, list: string, index: number): Values {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const field = fieldIn(name, list);
      if (!field || field.row < index) return [[name, value]];
      return field.row === index ? [] : [[`${list}[${field.row - 1}]${field.rest}`, value]];
    }),
  );
}

/** A row changes places with the one above it. */
export function withRowUp(values: Values, list: string, index: number): Values {
  const moved = new Map([
    [index, index - 1],
    [index - 1, index],
  ]);
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const field = index > 0 ? fieldIn(name, list) : undefined;
      return [field ? `${list}[${moved.get(field.row) ?? field.row}]${field.rest}` : name, value];
    }),
  );
}

function rowActIn(req: Request, list: string): RowAct | undefined {
  const asked = formField(req, '_do') ?? '';
  if (asked === `add-${list}`) return { act: 'add', index: 0 };
  const [, act, index] = new RegExp(`^(remove|up)-${list}-(\\d{1,3})$`).exec(asked) ?? [];
  return index === undefined ? undefined : { act: act === 'up' ? 'up' : 'remove', index: Number(index) };
}

function fieldIn(name: string, list: string): { row: number; rest: string } | undefined {
  const [, row, rest] = new RegExp(`^${list}\\[(\\d{1,3})\\](.*)$`).exec(name) ?? [];
  return row !== undefined && rest !== undefined ? { row: Number(row), rest } : undefined;
}

function lastRow(values: Values, list: string): number {
  return Math.max(-1, ...Object.keys(values).map((name) => fieldIn(name, list)?.row ?? -1));
}
