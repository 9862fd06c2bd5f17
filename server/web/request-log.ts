import type { Request, RequestHandler } from 'express';
import { pinoHttp } from 'pino-http';
import { logger } from '../platform/logger.ts';
import { requestIdOf } from './request.ts';
import type { Failure } from './status.ts';

/** One line a request: its pattern instead of its address, because addresses carry tokens and search words. */
export function requestLog(): RequestHandler {
  const log = pinoHttp<Request>({
    logger,
    genReqId: requestIdOf,
    serializers: { req: () => undefined, res: () => undefined, err: () => undefined },
    customProps: (req, res) => ({
      requestId: requestIdOf(req),
      method: req.method,
      route: routeOf(req),
      status: res.statusCode,
    }),
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'error' : 'info'),
  });
  return log;
}

/** Logs what nobody foresaw, once, where it is caught last. */
export function logUnexpected(error: unknown, req: Request, failure: Failure): void {
  const facts = { requestId: requestIdOf(req), method: req.method, route: routeOf(req), code: failure.code };
  if (failure.refusal) logger.warn(facts, 'A request was refused');
  else logger.error({ ...facts, err: error }, 'A request failed unexpectedly');
}

/** `/bookings/:token`; a request that no route matched says nothing of its address. */
function routeOf(req: Request): string {
  const pattern: unknown = req.route?.path;
  return typeof pattern === 'string' ? pattern : '(none)';
}
