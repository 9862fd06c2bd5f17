/* Bundles each program with its packages: a process that opens few files begins in half the time of one that opens 1,600. */
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const root = dirname(import.meta.dirname);
const programs = {
  'server/main': 'server/main.ts',
  'server/cli': 'server/cli.ts',
  'server/embedded/host': 'server/embedded/host.ts',
  // Beside the chunks: there the one that starts the thread looks for it.
  'embedded-worker': 'server/embedded/worker.ts',
  'jobs/worker': 'jobs/worker.ts',
};
/** Native code, and what starts threads from files of its own, stay where npm has put them. */
const external = ['lmdb', 'msgpackr-extract', 'pino'];
/** Packages in CommonJS ask for Node's own modules by `require`, which a module does not have by itself. */
const requireForPackages =
  "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";

/** Writes the programs into a directory below the project. `plugins`, `sourcemap`: esbuild's own. */
export async function bundle(directory, { plugins = [], sourcemap = false } = {}) {
  await build({
    absWorkingDir: root,
    entryPoints: Object.entries(programs).map(([out, source]) => ({ in: join(root, source), out })),
    outdir: directory,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    mainFields: ['module', 'main'],
    external,
    banner: { js: requireForPackages },
    plugins,
    sourcemap,
    logLevel: 'warning',
  });
}
