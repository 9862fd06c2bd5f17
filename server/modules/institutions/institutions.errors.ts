import { AppError } from '../../platform/errors.ts';

export const alreadyContact = () =>
  new AppError('already-contact', 'conflict', 'Somebody with this address is a contact already.');
export const lastBooker = () =>
  new AppError('last-booker', 'conflict', 'At least one contact who may book has to remain.');
export const lastApprover = () =>
  new AppError('last-approver', 'conflict', 'Where bookings need approval, somebody has to remain who may approve.');
export const noBookingLink = () => new AppError('no-booking-link', 'invalid', 'This is not the link of a booking.');
export const belongsElsewhere = () =>
  new AppError('belongs-elsewhere', 'conflict', 'This booking belongs to another institution.');
