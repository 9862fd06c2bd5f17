import type { Request } from 'express';
import type { InstitutionFrame } from '../../templates/institutions/frame.tsx';
import { institutionNotices } from '../../templates/institutions/paths.ts';
import { isContact, isCoordinator } from '../modules/history/index.ts';
import type { Institution } from '../modules/people/index.ts';
import { actorOf } from '../web/request.ts';

/** What every page of an institution says of it and of the visitor. */
export function frameOf(req: Request, institution: Institution): InstitutionFrame {
  const actor = actorOf(req);
  return {
    institution,
    seesInto: isContact(actor, institution.id),
    looksAfter: isCoordinator(actor) || isContact(actor, institution.id, 'book'),
    notice: noticeIn(req),
  };
}

export function noticeIn(req: Request): InstitutionFrame['notice'] {
  return institutionNotices.find((notice) => notice === req.query['notice']);
}
