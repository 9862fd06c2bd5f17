/**
 * The archive: all data in one file, as they were at one moment, and back into an empty database, whichever engine.
 *
 * Promises: an archive is whole or refused; nobody works with half of one.
 */
export { exportDatabase, type Exported } from './export.ts';
export { importDatabase, type Imported } from './import.ts';
export { refuseHalfLoaded } from './half-loaded.ts';
export { counted } from './progress.ts';
