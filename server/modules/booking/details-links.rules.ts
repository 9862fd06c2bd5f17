import { substituteUntil } from './deadlines.rules.ts';
import { namesUntil } from './names.rules.ts';

type Ended = { ended?: 'used' | 'withdrawn' };
type Places<Link> = { places: number; participants: readonly unknown[]; detailsLinks?: Link[] };
type Deadlines = Parameters<typeof substituteUntil>[0] & Parameters<typeof namesUntil>[0];

/** At most so often is the same link sent. */
export const mostSends = 5;

/**
 * The links that still open a place: one for each place without a name. Where there are fewer places than links, those
 * sent first keep theirs. Places without a name only become fewer, so that no link comes back.
 */
export function openLinks<Link extends Ended>({ places, participants, detailsLinks = [] }: Places<Link>): Link[] {
  return detailsLinks.filter(({ ended }) => !ended).slice(0, places - participants.length);
}

/** Until when people may say themselves who they are: as long as names are expected and people may be swapped. */
export function detailsUntil(run: Deadlines): Date {
  return new Date(Math.min(substituteUntil(run).getTime(), (namesUntil(run) ?? run.startsAt).getTime()));
}

/** How many links a booking may have sent in all, so that it is no way to write to everybody. */
export function mostLinks(places: number): number {
  return 2 * places + 10;
}

/** A link that has ended keeps no address. */
export function endedLink<Link extends Ended & { email: string }>(link: Link, ended: 'used' | 'withdrawn'): Link {
  return link.ended ? link : { ...link, email: '', ended };
}
