import { Router } from 'express';
import { feedAddress } from '../../templates/calendar/paths.ts';
import { coursePlan } from '../modules/calendar/index.ts';
import { feedBehind } from '../modules/scheduling/index.ts';
import { fingerprintOf } from '../platform/secrets.ts';
import { idIn } from './desk-door.ts';

const mostKept = 200;
const kept = new Map<string, string>();

/** Calendars to subscribe to, by an address that is its own key: no cookie, and 304 as long as nothing changed. */
export function feeds(): Router {
  const pages = Router();

  pages.get(feedAddress(':token'), async (req, res) => {
    const plan = await feedBehind(idIn(req, 'token'));
    const etag = `"${fingerprintOf(JSON.stringify(plan)).slice(0, 32)}"`;
    res.set({ ETag: etag, 'Cache-Control': 'private, no-cache' });
    if (req.headers['if-none-match']?.includes(etag)) res.status(304).end();
    else res.type('text/calendar').send(written(etag, () => coursePlan(plan)));
  });

  return pages;
}

/** Writing a feed takes longest: it is done once for a plan, whoever asks. */
function written(etag: string, write: () => string): string {
  const known = kept.get(etag);
  if (known !== undefined) return known;
  if (kept.size >= mostKept) kept.clear();
  const text = write();
  kept.set(etag, text);
  return text;
}
