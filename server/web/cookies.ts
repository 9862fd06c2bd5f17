import type { Request } from 'express';

/** The value of a cookie as it was sent, without unpacking; nothing when it is not there. */
export function readCookie(req: Request, name: string): string | undefined {
  const start = `${name}=`;
  const pair = req.headers.cookie?.split(';').find((part) => part.trimStart().startsWith(start));
  return pair?.trim().slice(start.length);
}
