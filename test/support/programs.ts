import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Plugin } from 'esbuild';
import { bundle } from '../../scripts/bundle.mjs';
import { projectRoot } from '../../server/platform/root.ts';
import scenes from '../drills/scenes.json' with { type: 'json' };

export type Program = 'server/main' | 'server/cli' | 'server/embedded/host' | 'jobs/worker';
export type Scene = keyof typeof scenes;

/** Below node_modules, where the packages that stay outside are found. */
const bundles = join(projectRoot, 'node_modules', '.cache', 'mosaik-tests', String(process.pid));
const bundled = new Map<string, Promise<string>>();

/**
 * The file to start a program by, bundled from the sources as they are now, once a run: it begins in a fraction of the
 * time that compiling file by file takes. In a scene, some of Mosaik's files are replaced by others.
 */
export async function fileOf(program: Program, scene?: string): Promise<string> {
  const name = scene ?? 'as-it-is';
  const ready = bundled.get(name) ?? bundleFor(name, scene);
  bundled.set(name, ready);
  return join(await ready, `${program}.js`);
}

async function bundleFor(name: string, scene: string | undefined): Promise<string> {
  const directory = join(bundles, name);
  if (bundled.size === 0) process.once('exit', () => rmSync(bundles, { recursive: true, force: true }));
  await bundle(directory, scene === undefined ? {} : { plugins: [replacing(scene)] });
  return directory;
}

/** What stands in for a file may still import the file itself. */
function replacing(scene: string): Plugin {
  if (!isScene(scene)) throw new Error(`There is no scene "${scene}".`);
  const instead = new Map<string, string>(Object.entries(scenes[scene].instead));
  return {
    name: scene,
    setup: ({ onResolve }) =>
      onResolve({ filter: /^\./ }, ({ path, importer, resolveDir }) => {
        const from = relative(projectRoot, importer);
        const other = from.startsWith('test/drills/')
          ? undefined
          : instead.get(relative(projectRoot, join(resolveDir, path)));
        return other === undefined ? undefined : { path: join(projectRoot, other) };
      }),
  };
}

function isScene(name: string): name is Scene {
  return Object.hasOwn(scenes, name);
}
