import { AppError } from '../../platform/errors.ts';

/** More than a booking ever holds, with room for headings and blank rows. */
export const mostRows = 200;
export const tooManyRows = () =>
  new AppError('list-too-long', 'invalid', 'The list has too many rows.', { most: mostRows });
export const listUnreadable = () => new AppError('list-unreadable', 'invalid', 'The list cannot be read.');
