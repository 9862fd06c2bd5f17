type Part = { head: string; body: string };

/**
 * The content types of a message as an indented tree. Reads the source itself, since a mail parser would flatten it.
 * Boundaries are left out; parameters stay where they matter to a mail program (method, name, and a charset beside them).
 */
export function mimeTree(source: Buffer): string[] {
  return linesOf(partOf(source.toString('latin1')), 0);
}

function linesOf(part: Part, depth: number): string[] {
  const type = headerOf(part.head, 'content-type');
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  const line = '  '.repeat(depth) + shortType(type);
  return [line, ...(boundary ? childrenOf(part.body, boundary).flatMap((child) => linesOf(child, depth + 1)) : [])];
}

function childrenOf(body: string, boundary: string): Part[] {
  return `\r\n${body}`
    .split(`\r\n--${boundary}`)
    .slice(1)
    .filter((piece) => !piece.startsWith('--'))
    .map((piece) => partOf(piece.replace(/^\r\n/, '')));
}

function partOf(source: string): Part {
  const end = source.indexOf('\r\n\r\n');
  return { head: source.slice(0, end), body: source.slice(end + 4) };
}

function headerOf(head: string, name: string): string {
  const unfolded = head.replace(/\r\n[ \t]+/g, ' ');
  return new RegExp(`^${name}: *(.*)$`, 'im').exec(unfolded)?.[1]?.trim() ?? '';
}

function shortType(type: string): string {
  const [kind = '', ...parameters] = type.split(/; */);
  return /method=|name=/i.test(type) ? [kind, ...parameters].join('; ') : kind;
}
