import { readConfig } from './config.ts';
import { logger } from './platform/logger.ts';
import { prepareShutdown } from './platform/shutdown.ts';
import { openGround } from './platform/start.ts';

const { onShutdown, shutDown } = prepareShutdown(logger);

try {
  const config = readConfig();
  const demo = import('./demo/index.ts'); // With it come all modules and their models.
  const { database, close } = await openGround(config, demo);
  onShutdown('database', close);
  const { seedWhereNew } = await demo;
  // The pages load while the demo is seeded, which mostly waits for the database.
  const [{ serve }] = await Promise.all([import('./serve.ts'), config.demo && seedWhereNew()]);
  console.log(await serve(config, { database, onShutdown }));
} catch (error) {
  logger.debug({ err: error }, 'Mosaik could not start');
  console.error(error instanceof Error ? error.message : String(error));
  await shutDown('could not start', 1);
}
