import type { Response } from 'express';

/** A mail's own look needs its inline styles; nothing in it may run, load, send or navigate. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data: cid:; sandbox; frame-ancestors 'self'";

/** An answer that shows the HTML of a mail, in a frame of our own pages only. */
export function sealed(res: Response): Response {
  res.setHeader('Content-Security-Policy', policy);
  res.setHeader('X-Frame-Options', 'SAMEORIGIN');
  return res.type('html');
}
