import { MalformedRequest, refuseDangerousKey } from './malformed.ts';

const mostItems = 200;
type Node = { [key: string]: Node | string };

/**
 * Lists without the rows in which every field was left empty: what was typed in row 3 comes back in row 1, and mistakes
 * are found by the row they are shown in.
 */
export function withoutEmptyRows(fields: Record<string, string>): Record<string, string> {
  const rows = new Map<string, number[]>();
  for (const [name, value] of Object.entries(fields)) {
    const row = rowOf(name);
    if (!row || value.trim() === '') continue;
    const known = rows.get(row.list) ?? [];
    if (!known.includes(row.index))
      rows.set(
        row.list,
        [...known, row.index].toSorted((one, other) => one - other),
      );
  }
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const row = rowOf(name);
      if (!row) return [[name, value]];
      const index = rows.get(row.list)?.indexOf(row.index) ?? -1;
      return index < 0 ? [] : [[`${row.list}[${index}]${row.rest}`, value]];
    }),
  );
}

/**
 * `{'booker.name': 'Ada', 'participants[0].name': 'Bo'}` → nested objects and lists. Empty fields are left
 * out. @throws MalformedRequest
 */
export function nested(fields: Record<string, string>): unknown {
  const root: Node = Object.create(null);
  for (const [name, value] of Object.entries(fields)) {
    if (value.trim() !== '') place(root, partsOf(name), value);
  }
  return listsIn(root);
}

function rowOf(name: string): { list: string; index: number; rest: string } | undefined {
  const [, list, index, rest] = /^([^[\]]+)\[(\d{1,3})\](.*)$/.exec(name) ?? [];
  return list !== undefined && index !== undefined ? { list, index: Number(index), rest: rest ?? '' } : undefined;
}

function partsOf(name: string): string[] {
  const parts = name.replace(/\[(\d{1,3})\]/g, '.$1').split('.');
  if (parts.length > 6 || parts.some((part) => part === '')) throw new MalformedRequest('A field has an unknown name.');
  parts.forEach(refuseDangerousKey);
  return parts;
}

function place(root: Node, parts: readonly string[], value: string): void {
  const last = parts.at(-1) ?? '';
  const parent = parts.slice(0, -1).reduce<Node>((node, part) => {
    const child = (node[part] ??= Object.create(null));
    if (typeof child === 'string') throw new MalformedRequest('A field is both one and several.');
    return child;
  }, root);
  if (typeof parent[last] === 'object') throw new MalformedRequest('A field is both one and several.');
  parent[last] = value;
}

function listsIn(node: Node | string): unknown {
  if (typeof node === 'string') return node;
  const keys = Object.keys(node);
  const isList = keys.length > 0 && keys.every((key) => /^\d+$/.test(key) && Number(key) < mostItems);
  return isList
    ? keys.toSorted((one, other) => Number(one) - Number(other)).map((key) => listsIn(node[key] ?? ''))
    : Object.fromEntries(keys.map((key) => [key, listsIn(node[key] ?? '')]));
}
