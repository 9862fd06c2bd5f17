/**
 * Reports: what the data as a whole say. Reads other modules' collections, and never writes.
 *
 * Promises: a broken promise 1, 2, 3, 4 or 9 does not stay hidden, nor a request or interest that was not kept.
 */
export { verifyPromises } from './verify.ts';
export type { Verification } from './verify.ts';
export type { BrokenPromise } from './verify.rules.ts';
