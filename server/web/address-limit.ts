import type { RequestHandler } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { AppError } from '../platform/errors.ts';
import { isLoopbackAddress } from './loopback.ts';

/** Far above what a school behind one router, or a stampede for a popular seminar, sends. */
const requestsPerMinute = 6_000;

/**
 * Slows down one address that floods us. Limits against misuse count elsewhere, by mail address and run; this one keeps
 * the process alive. Loopback is exempt: there everybody comes from the proxy, or from this machine itself.
 */
export function limitByAddress(mostPerMinute = requestsPerMinute): RequestHandler {
  const limiter = new RateLimiterMemory({ points: mostPerMinute, duration: 60 });
  return async (req, res, next) => {
    if (req.ip === undefined || isLoopbackAddress(req.ip) || (await isWithin(limiter, req.ip))) {
      next();
      return;
    }
    res.setHeader('Retry-After', '60');
    next(new AppError('too-many-requests', 'too-many', 'Too many requests came from this address.'));
  };
}

async function isWithin(limiter: RateLimiterMemory, address: string): Promise<boolean> {
  try {
    await limiter.consume(address);
    return true;
  } catch {
    // The limiter says no by rejecting; in memory it has nothing else that could fail.
    return false;
  }
}
