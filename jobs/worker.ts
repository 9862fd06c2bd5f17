import { readConfig } from '../server/config.ts';
import { logger } from '../server/platform/logger.ts';
import { openQueue } from '../server/platform/queue.ts';
import { prepareShutdown } from '../server/platform/shutdown.ts';
import { openGround } from '../server/platform/start.ts';
import { nudgeAfterCommit } from './nudges.ts';
import { startWorking } from './work.ts';

const { onShutdown, shutDown } = prepareShutdown(logger);

try {
  const config = readConfig();
  const ground = await openGround(config);
  onShutdown('database', ground.close);
  const { queue, description } = await openQueue({ ...config, log: logger });
  onShutdown('queue', () => queue.close());
  nudgeAfterCommit(queue);
  const { mail, close } = await startWorking(queue, config);
  onShutdown('worker', close);
  console.log(`Mosaik's worker is ready. Database: ${ground.database}. Queue: ${description}. Mail: ${mail}.`);
} catch (error) {
  logger.debug({ err: error }, 'The worker could not start');
  console.error(error instanceof Error ? error.message : String(error));
  await shutDown('could not start', 1);
}
