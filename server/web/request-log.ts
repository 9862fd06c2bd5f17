import type { Request, RequestHandler, Response } from 'express';
import { pinoHttp } from 'pino-http';
import { logger } from '../platform/logger.ts';
import { requestIdOf } from './request.ts';
import type { Failure } from './status.ts';

/** One line a request: its pattern instead of its address, because addresses carry tokens and search words. */
export function requestLog(): RequestHandler {
  return pinoHttp<Request, Response>({
    logger,
    genReqId: requestIdOf,
    quietReqLogger: true,
    quietResLogger: true,
    customAttributeKeys: { reqId: 'requestId' },
    serializers: { req: () => undefined },
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'error' : 'info'),
    customSuccessObject: factsOf,
    customErrorObject: (req, res, _error, given: { responseTime?: number }) => factsOf(req, res, given),
    customSuccessMessage: () => 'A request was answered',
    customErrorMessage: () => 'A request could not be answered',
  });
}

function factsOf(req: Request, res: Response, { responseTime }: { responseTime?: number }) {
  return { method: req.method, route: routeOf(req), status: res.statusCode, responseTime };
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
