/* Loaded with --import before Mosaik: puts the files of the scene `DRILL_SCENE` in the place of Mosaik's own. */
import { register } from 'node:module';

register('./replace-hooks.mjs', import.meta.url, { data: { scene: process.env['DRILL_SCENE'] } });
