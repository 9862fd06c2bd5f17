import { isOnline } from '../server/modules/scheduling/index.ts';
import type { Translate } from './texts/texts.ts';

/** Where a session is, for everybody: the link of an online room is for those who sit in the run. */
export function placeInPublic(location: string, t: Translate): string {
  return isOnline(location) ? t('public.online') : location;
}
