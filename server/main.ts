import { readConfig } from './config.ts';
import { logger } from './platform/logger.ts';
import { prepareShutdown } from './platform/shutdown.ts';
import { openGround } from './platform/start.ts';

const { onShutdown, shutDown } = prepareShutdown(logger);

try {
  const config = readConfig();
  const doors = import('./serve.ts');
  const { database, close } = await openGround(config, doors);
  onShutdown('database', close);
  const { serve } = await doors;
  console.log(await serve(config, { database, onShutdown }));
} catch (error) {
  logger.debug({ err: error }, 'Mosaik could not start');
  console.error(error instanceof Error ? error.message : String(error));
  await shutDown('could not start', 1);
}
