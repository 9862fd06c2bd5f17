import { Router, type Request } from 'express';
import { paths } from '../../templates/paths.ts';
import { guestWith } from '../modules/booking/index.ts';
import type { Actor } from '../modules/history/index.ts';
import { AppError } from '../platform/errors.ts';
import { readCookie } from '../web/cookies.ts';
import { actorOf } from '../web/request.ts';
import { personal } from '../web/security.ts';

const cookie = 'mosaik-guest';
const days = 7;

/** The link of a closed run: the browser keeps it for the pages of that run alone, so that they need no other address. */
export function guests({ baseUrl }: { baseUrl: string }): Router {
  const pages = Router();

  pages.get('/closed/:token', personal, async (req, res) => {
    const { token } = req.params;
    const { runId } = await guestWith(token);
    const secure = baseUrl.startsWith('https://');
    res.cookie(cookie, token, {
      httpOnly: true,
      sameSite: 'lax',
      secure,
      path: paths.run(runId),
      maxAge: days * 86_400_000,
    });
    res.redirect(303, paths.run(runId));
  });

  return pages;
}

/** Who asks for a run: whoever signed in, the guest whose link this browser keeps, both in one, or anyone. */
export async function visitorOf(req: Request, runId: string): Promise<Actor> {
  const actor = actorOf(req);
  const token = readCookie(req, cookie);
  if (token === undefined) return actor;
  try {
    const guest = await guestWith(token);
    if (guest.runId !== runId) return actor;
    return actor.kind === 'person' ? { ...actor, guestOf: runId } : guest;
  } catch (error) {
    // A link that opens nothing any more makes nobody less than anyone.
    if (error instanceof AppError) return actor;
    throw error;
  }
}
