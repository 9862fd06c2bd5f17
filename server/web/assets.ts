import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router } from 'express';
import { projectRoot } from '../platform/root.ts';

const kern = join(projectRoot, 'node_modules/@kern-ux/native/dist');
const own = join(projectRoot, 'templates/assets');
const calendar = join(projectRoot, 'node_modules/fullcalendar');
const temporal = join(projectRoot, 'node_modules/temporal-polyfill');
const kernPrefix = `/assets/kern-${hashOf(join(kern, 'kern.min.css'))}`;
const ownPrefix = `/assets/own-${hashOf(join(own, 'mosaik.css'), join(own, 'calendar.js'))}`;
const calendarPrefix = `/assets/calendar-${hashOf(join(calendar, 'package.json'), join(temporal, 'package.json'))}`;

/** The style sheets of every page, in order. A changed file has another address, so each may be kept for ever. */
export const stylesheets: readonly string[] = [`${kernPrefix}/kern.min.css`, `${ownPrefix}/mosaik.css`];

/** The small script of the calendar page, and what it fetches once somebody wants to drag. */
export const calendarFiles = {
  script: `${ownPrefix}/calendar.js`,
  scripts: ['temporal/global.js', 'all/global.js', 'themes/classic/global.js', 'locales/de/global.js'].map(
    (file) => `${calendarPrefix}/${file}`,
  ),
  styles: ['skeleton.css', 'themes/classic/theme.css', 'themes/classic/palette.css'].map(
    (file) => `${calendarPrefix}/${file}`,
  ),
} as const;

const served = new Set<string>([
  ...stylesheets,
  calendarFiles.script,
  ...calendarFiles.scripts,
  ...calendarFiles.styles,
]);

/** The files that pages name, and nothing else of what lies beside them: KERN's fonts weigh ten times what the page does. */
export function assets(): Router {
  const files = { index: false, redirect: false, dotfiles: 'ignore', immutable: true, maxAge: '1y' } as const;
  const router = Router();
  const below = (prefix: string) => prefix.replace('/assets', '');
  router.use((req, _res, next) => next(served.has(`/assets${req.path}`) ? undefined : 'router'));
  router.use(below(kernPrefix), express.static(kern, files));
  router.use(below(ownPrefix), express.static(own, files));
  router.use(`${below(calendarPrefix)}/temporal`, express.static(temporal, files));
  router.use(below(calendarPrefix), express.static(calendar, files));
  return router;
}

function hashOf(...files: string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}
