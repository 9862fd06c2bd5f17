import { parentPort, workerData } from 'node:worker_threads';
import { preparePlace } from './place.ts';
import { serve } from './serve.ts';

/** What the thread tells its process: whether it serves, or why it cannot. */
export type Told = { role: 'serving' | 'connected' } | { error: string };

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const tell = (told: Told): void => parentPort?.postMessage(told);

try {
  const serving = await serve(preparePlace(String(workerData)));
  parentPort?.once('message', () => {
    void Promise.resolve(serving?.close()).finally(() => process.exit(0));
  });
  tell({ role: serving ? 'serving' : 'connected' });
} catch (error) {
  tell({ error: error instanceof Error ? error.message : String(error) });
}
