import { parentPort, workerData } from 'node:worker_threads';
import type { Place } from './place.ts';
import { serve } from './serve.ts';

/** What the thread tells its process: whether it serves, or why it cannot. */
export type Told = { role: 'serving' | 'connected' } | { error: string };

const tell = (told: Told): void => parentPort?.postMessage(told);

try {
  const serving = await serve(workerData as Place);
  parentPort?.once('message', () => {
    void Promise.resolve(serving?.close()).finally(() => process.exit(0));
  });
  tell({ role: serving ? 'serving' : 'connected' });
} catch (error) {
  tell({ error: error instanceof Error ? error.message : String(error) });
}
