import { rm } from 'node:fs/promises';
import { benchBooking } from './booking.ts';
import { benchCalendar } from './calendar.ts';
import { benchCatalogue } from './catalogue.ts';
import { benchConflicts } from './conflicts.ts';
import { benchDatabase } from './database.ts';
import { benchDelay } from './delay.ts';
import { benchMemory } from './memory.ts';
import { benchSettling } from './settling.ts';
import { benchRush, benchStampede } from './stampede.ts';
import { openStage, type Row, type Stage } from './stage.ts';

/** All measurements in one run, on the engine of `MONGODB_URI` or the embedded one; a table of ratios at the end. */
const benches: Record<string, (stage: Stage) => Promise<Row[]>> = {
  booking: benchBooking,
  stampede: benchStampede,
  rush: benchRush,
  settling: benchSettling,
  catalogue: benchCatalogue,
  calendar: benchCalendar,
  conflicts: benchConflicts,
  database: benchDatabase,
  delay: benchDelay,
  memory: benchMemory,
};
const wanted = process.argv.slice(2);

const stage = await openStage();
const rows: Row[] = [];
try {
  for (const [name, bench] of Object.entries(benches))
    if (wanted.length === 0 || wanted.includes(name)) rows.push(...(await bench(stage)));
} finally {
  await stage.close();
  await rm(stage.directory, { recursive: true, force: true });
}

console.log(
  `\nEngine: ${stage.engine}. Node ${process.version}, ${stage.cores} cores. Ratios are medians of pairs in this run.\n`,
);
console.table(
  rows.map(({ what, product, baseline, ratio, bar }) => ({
    what,
    Mosaik: product,
    baseline,
    ratio: ratio === undefined ? '' : ratio.toFixed(2),
    bar,
  })),
);
const missed = rows.filter(({ reached }) => !reached);
console.log(
  missed.length === 0 ? 'Every bar is reached.' : `Not reached: ${missed.map(({ what }) => what).join('; ')}`,
);
process.exit(missed.length === 0 ? 0 : 1);
