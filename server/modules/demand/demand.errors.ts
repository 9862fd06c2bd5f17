import { AppError } from '../../platform/errors.ts';

export const askedTooOften = () =>
  new AppError('asked-too-often', 'too-many', 'Too many requests came with this address today.');
export const collectingAlready = () =>
  new AppError('collecting-already', 'conflict', 'Interest in this seminar is collected already.');
export const settledAlready = () => new AppError('settled-already', 'conflict', 'This has been settled already.');
export const invitationOver = () => new AppError('invitation-over', 'gone', 'The time to answer is over.');
