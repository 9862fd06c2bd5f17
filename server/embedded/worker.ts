import { parentPort, workerData } from 'node:worker_threads';
import { Member, type Role } from './member.ts';
import { preparePlace } from './place.ts';

/** What the thread tells its process: that everything is loaded, what it does, or why it cannot. */
export type Told = { is: 'loaded' | Role } | { error: string };

/** What its process asks: it may be ended at will until it was told to begin, and never after. */
export type Asked = 'begin' | 'close';

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const tell = (told: Told): void => parentPort?.postMessage(told);

const member = new Member(preparePlace(String(workerData)), (role) => tell({ is: role }));

parentPort?.on('message', (asked: Asked) => {
  if (asked === 'begin')
    member.begin().catch((error: unknown) => tell({ error: error instanceof Error ? error.message : String(error) }));
  else void member.close().finally(() => process.exit(0));
});
tell({ is: 'loaded' });
