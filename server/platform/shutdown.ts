import { setTimeout as pause } from 'node:timers/promises';

export type Shutdown = {
  /** Says how to close what has just been opened. What was opened last is closed first. */
  onShutdown(name: string, close: () => unknown): void;
  /** Closes everything and ends the process, with the code given (default 0) when all of it closed well. */
  shutDown(reason: string, exitCode?: number): Promise<void>;
};

type ShutdownLog = {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

type Step = { name: string; close: () => unknown };
type Limits = { partWithinMs: number; allWithinMs: number };

const usualLimits: Limits = { partWithinMs: 10_000, allWithinMs: 30_000 };
/** Ctrl-C in a terminal reaches us twice, from the terminal and from npm: that is one wish, not two. */
const sameWishMs = 1000;

/**
 * Ends the process well: on SIGTERM, SIGINT and SIGHUP it closes what was opened, in reverse order, in at most 30 s;
 * a second signal ends it at once. An error that nobody caught is logged and ends the process: after it nothing is sure.
 */
export function prepareShutdown(log: ShutdownLog, limits: Limits = usualLimits): Shutdown {
  const steps: Step[] = [];
  let startedAt: number | undefined;

  const shutDown = async (reason: string, exitCode = 0): Promise<void> => {
    if (startedAt !== undefined) return;
    startedAt = Date.now();
    log.info({ reason }, 'Closing');
    setTimeout(() => force(log, 'not closed in time'), limits.allWithinMs);
    let isClean = true;
    for (const step of steps.toReversed()) isClean = (await closes(step, limits.partWithinMs, log)) && isClean;
    process.exit(isClean ? exitCode : 1);
  };

  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (startedAt !== undefined && Date.now() - startedAt > sameWishMs) force(log, `a second ${signal}`);
      void shutDown(signal);
    });
  }
  process.on('uncaughtException', (error) => {
    log.error({ err: error }, 'Nobody caught this error; the process ends');
    process.exit(1);
  });

  return { onShutdown: (name, close) => void steps.push({ name, close }), shutDown };
}

/** One part that does not close must not keep the next, the database above all, from closing well. */
async function closes(step: Step, withinMs: number, log: ShutdownLog): Promise<boolean> {
  try {
    const closed = Promise.resolve(step.close()).then(() => 'closed');
    if ((await Promise.race([closed, pause(withinMs, 'late')])) === 'closed') return true;
    log.error({ part: step.name, withinMs }, 'A part did not close in time');
  } catch (error) {
    log.error({ part: step.name, err: error }, 'A part could not be closed');
  }
  return false;
}

function force(log: ShutdownLog, reason: string): never {
  log.error({ reason }, 'Ending without closing');
  process.exit(1);
}
