import { AppError } from '../../platform/errors.ts';

export const runCancelled = () => new AppError('run-cancelled', 'conflict', 'The run is cancelled.');
export const bookingClosed = () => new AppError('booking-closed', 'conflict', 'Booking for this run has closed.');
export const samePersonTwice = () =>
  new AppError('same-person-twice', 'invalid', 'The same person is named twice in this booking.');
export const fewerPlacesThanParticipants = () =>
  new AppError('fewer-places-than-participants', 'invalid', 'There are fewer places than participants.');
export const modulesNotBookable = () =>
  new AppError('modules-not-bookable', 'invalid', 'This course is booked as a whole.');
export const keyUsedForAnotherRequest = () =>
  new AppError('key-used-for-another-request', 'invalid', 'This key was used for another request.');
export const cancellationClosed = () =>
  new AppError('cancellation-closed', 'conflict', 'It is too late to cancel this booking alone.');
export const bookingNotActive = () =>
  new AppError('booking-not-active', 'conflict', 'This booking is already cancelled.');
