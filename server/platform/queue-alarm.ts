/** Node runs a timer longer than this at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Calls `ring` after so many milliseconds, however many, unless it is called off first. Gives the calling off. */
export function alarmIn(ms: number, ring: () => void): () => void {
  let timer: NodeJS.Timeout;
  const arm = (leftMs: number): void => {
    const stepMs = Math.min(Math.max(leftMs, 0), longestTimerMs);
    timer = setTimeout(() => (stepMs < leftMs ? arm(leftMs - stepMs) : ring()), stepMs);
  };

  arm(ms);
  return () => clearTimeout(timer);
}

/** Waits for the promise, but no longer than so many milliseconds. `late` when it took longer; a rejection comes through. */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
