import { onCommit } from '../../../server/platform/database.ts';

/** Everything is committed and the queue has not heard of it yet: the worst moment to be killed. */
export function nudgeAfterCommit(): void {
  onCommit(() => process.kill(process.pid, 'SIGKILL'));
}
