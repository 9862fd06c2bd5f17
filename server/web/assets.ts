import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router } from 'express';
import { projectRoot } from '../platform/root.ts';

const kern = join(projectRoot, 'node_modules/@kern-ux/native/dist');
const own = join(projectRoot, 'templates/assets');
const kernPrefix = `/assets/kern-${hashOf(join(kern, 'kern.min.css'))}`;
const ownPrefix = `/assets/own-${hashOf(join(own, 'mosaik.css'))}`;

/** The style sheets of every page, in order. A changed file has another address, so each may be kept for ever. */
export const stylesheets: readonly string[] = [`${kernPrefix}/kern.min.css`, `${ownPrefix}/mosaik.css`];

/** Style sheets, and nothing else of what lies beside them: KERN's fonts weigh ten times what the page does. */
export function assets(): Router {
  const files = { index: false, redirect: false, dotfiles: 'ignore', immutable: true, maxAge: '1y' } as const;
  const router = Router();
  router.use(['/kern-:hash', '/own-:hash'], (req, _res, next) =>
    next(req.path.endsWith('.css') ? undefined : 'router'),
  );
  router.use(kernPrefix.replace('/assets', ''), express.static(kern, files));
  router.use(ownPrefix.replace('/assets', ''), express.static(own, files));
  return router;
}

function hashOf(...files: string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}
