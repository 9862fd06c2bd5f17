import { paths } from '../../templates/paths.ts';
import { contactRolesOf, isCoordinator, isTrainer, type Actor } from '../modules/history/index.ts';

const here = 'http://mosaik.invalid';

/** The page somebody wanted to see, if it is one of ours: never an address that leads elsewhere, nor back to the sign-in. */
export function localPath(wanted: unknown): string | undefined {
  if (typeof wanted !== 'string' || !/^\/(?![/\\])[^\s\\\p{Cc}]*$/u.test(wanted) || wanted.length > 500)
    return undefined;
  const url = URL.canParse(wanted, here) ? new URL(wanted, here) : undefined;
  if (url?.origin !== here || /^\/(\/|sign-(in|out)(\/|$))/.test(url.pathname)) return undefined;
  return url.pathname + url.search;
}

/** Where somebody who signed in works. */
export function homeOf(actor: Actor): string {
  if (isCoordinator(actor)) return paths.desk();
  if (isTrainer(actor)) return paths.trainer();
  return contactRolesOf(actor).length > 0 ? paths.institution() : paths.catalogue();
}
