import { freshDatabase } from './hooks.ts';
import type { Scene } from './programs.ts';
import { startMosaik, type World } from './world.ts';

/** The long form of a drill (`npm run drill -- <name>`); every change runs a tenth of it. */
const isLong = process.env['DRILL'] === 'long';

export type Drill = {
  /** How often, given the count of the long form; a tenth in the short one unless told otherwise. */
  times(long: number, short?: number): number;
  /** In how many of the rounds a negative control must show its fault: 95 of a hundred; half of the few of the short form, which luck alone takes below 95 %. */
  nearlyAll(rounds: number): number;
  /** The next number of the seed, from 0 up to 1. */
  random(): number;
  /** A whole number between the two, both included. */
  between(least: number, most: number): number;
  /** Starts the clock; gives what says how it went, and how long it took. */
  clock(): (counts: string) => void;
};

/**
 * Begins a drill: whatever it leaves to chance follows from one seed, which is printed. `DRILL_SEED` gives it again. The
 * short form plays the same every time, so that a run that fails is about the change; the long form looks for what is new.
 */
export function beginDrill(name: string): Drill {
  const seed = Number(process.env['DRILL_SEED'] ?? (isLong ? Math.floor(Math.random() * 2 ** 31) : 1));
  const random = randomFrom(seed);
  return {
    times: (long, short = Math.ceil(long / 10)) => (isLong ? long : short),
    nearlyAll: (rounds) => Math.ceil(rounds * (isLong ? 0.95 : 0.5)),
    random,
    between: (least, most) => least + Math.floor(random() * (most - least + 1)),
    clock: () => {
      const since = Date.now();
      return (counts) => {
        const seconds = ((Date.now() - since) / 1_000).toFixed(1);
        process.stdout.write(`    drill ${name}, seed ${seed}: ${counts}; ${seconds} s\n`);
      };
    },
  };
}

/** Real processes over an empty database, for all tests of a block: started before the first, ended after the last. */
export function aTown(wanted: () => Parameters<typeof startMosaik>[0]): () => World {
  let world: World | undefined;
  before(async () => {
    await freshDatabase();
    world = await startMosaik(wanted());
  }).timeout(400_000);
  after(() => world?.stop());
  return () => {
    if (!world) throw new Error('The processes are not started yet.');
    return world;
  };
}

/** The setting of a process in which some of Mosaik's files are replaced by those of a scene. */
export function inScene(scene: Scene): NodeJS.ProcessEnv {
  return { DRILL_SCENE: scene };
}

/** Mulberry32: small, and the same on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
