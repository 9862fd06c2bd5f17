import { paths } from '../paths.ts';

/** Where the code is typed. */
export function codePath(next?: string): string {
  const path = `${paths.signIn()}/code`;
  return next === undefined ? path : `${path}?${new URLSearchParams({ next })}`;
}
