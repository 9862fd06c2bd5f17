import type { Request } from 'express';
import { isLoopbackHost } from './security.ts';

/** Whether an IP address is this machine's own, also in the form IPv6 sockets give it (`::ffff:127.0.0.1`). */
export function isLoopbackAddress(address: string | undefined): boolean {
  return address === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(address ?? '');
}

/**
 * Whether the visitor sits at this machine. The socket says so, not a header; a request that a proxy handed on, or that
 * came by a name which DNS could point here, does not count.
 */
export function isAtThisMachine(req: Request): boolean {
  const isHandedOn = ['x-forwarded-for', 'x-forwarded-host', 'forwarded', 'via'].some((name) => name in req.headers);
  return isLoopbackAddress(req.socket.remoteAddress) && !isHandedOn && isLoopbackHost(hostnameOf(req));
}

function hostnameOf(req: Request): string {
  const url = `http://${req.headers.host ?? ''}`;
  return URL.canParse(url) ? new URL(url).hostname : '';
}
