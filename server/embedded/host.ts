import { openEmbedded } from './index.ts';

/** Hosts a directory in a process of its own: prints the URI on a line and serves until SIGTERM or SIGINT. */
const [, , directory = ''] = process.argv;

try {
  const embedded = await openEmbedded({ directory });
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void embedded.close().then(() => process.exit(0)));
  process.stdout.write(`${embedded.uri}\n`);
  // What is only watching would not keep the process alive, and its turn may come.
  setInterval(() => {}, 2 ** 30);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
