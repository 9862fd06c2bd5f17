import { AppError } from '../../platform/errors.ts';

export const runCancelled = () => new AppError('run-cancelled', 'conflict', 'The run is cancelled.');
export const bookingClosed = () => new AppError('booking-closed', 'conflict', 'Booking for this run has closed.');
export const samePersonTwice = () =>
  new AppError('same-person-twice', 'invalid', 'The same person is named twice in this booking.');
export const fewerPlacesThanParticipants = () =>
  new AppError('fewer-places-than-participants', 'invalid', 'There are fewer places than participants.');
export const alternativeNotThere = () =>
  new AppError('alternative-not-there', 'invalid', 'An alternative is another open run of the same seminar.');
export const modulesNotBookable = () =>
  new AppError('modules-not-bookable', 'invalid', 'This course is booked as a whole.');
export const unknownModule = () => new AppError('unknown-module', 'invalid', 'The seminar has no such module.');
export const moduleBegun = () => new AppError('module-begun', 'conflict', 'A chosen module has already begun.');
export const noModuleLeft = () =>
  new AppError('no-module-left', 'conflict', 'A booking keeps at least one module; cancel it instead.');
export const modulesInUse = (modules: string) =>
  new AppError('modules-in-use', 'conflict', 'Sessions or bookings refer to a module that would disappear.', {
    modules,
  });
export const noModulePlanned = () =>
  new AppError('no-module-planned', 'invalid', 'A course booked by module needs a session of one of its modules.');
export const notMissed = () =>
  new AppError('not-missed', 'conflict', 'Only a module that has begun can be made up, by whoever sat in it.');
export const alreadyMadeUp = () =>
  new AppError('already-made-up', 'conflict', 'There is a place for making up this module already.');
export const noMakeUpPlace = () =>
  new AppError('no-make-up-place', 'conflict', 'There is no place for making up this module in that run.');
export const sitsThereAlready = () =>
  new AppError('sits-there-already', 'conflict', 'This person sits in that run already.');
export const notMergeable = () => new AppError('not-mergeable', 'conflict', 'These two runs cannot be merged.');
export const keyUsedForAnotherRequest = () =>
  new AppError('key-used-for-another-request', 'invalid', 'This key was used for another request.');
export const cancellationClosed = () =>
  new AppError('cancellation-closed', 'conflict', 'It is too late to cancel this booking alone.');
export const peopleFixed = () =>
  new AppError('people-fixed', 'conflict', 'Who sits in this booking can no longer be changed.');
export const substitutionClosed = () =>
  new AppError('substitution-closed', 'conflict', 'It is too late to put somebody else in this place.');
export const detailsClosed = () =>
  new AppError('details-closed', 'conflict', 'The time in which people say themselves who they are is over.');
export const detailsLinkUsed = () => new AppError('details-link-used', 'conflict', 'This link was used already.');
export const detailsLinkWithdrawn = () =>
  new AppError('details-link-withdrawn', 'gone', 'The place of this link is no longer to be filled.');
export const linkSentAlready = () =>
  new AppError('link-sent-already', 'conflict', 'A link was sent to this address already.');
export const linkSentOften = () => new AppError('link-sent-often', 'conflict', 'This link was sent often enough.');
export const placesWithoutPeople = () =>
  new AppError('places-without-people', 'conflict', 'There is no place without a name.');
export const moreLinksThanPlaces = (left: number) =>
  new AppError('more-links-than-places', 'invalid', 'There are more addresses than places without a name.', { left });
export const tooManyLinks = () =>
  new AppError('too-many-links', 'conflict', 'Too many links were sent for this booking.');
export const groupNeedsNames = () =>
  new AppError('group-needs-names', 'invalid', 'This run wants the names of those who come.');
export const groupNeedsCompanion = () =>
  new AppError(
    'group-needs-companion',
    'invalid',
    'A group without names has two places at least, one of them for who comes along.',
  );
export const groupHasNoNames = () =>
  new AppError('group-has-no-names', 'conflict', 'This group comes by the number of heads, without names.');
export const notSomeOfThem = () =>
  new AppError('not-some-of-them', 'invalid', 'Some places of the booking are given back, not none and not all.');
export const notSplittable = () =>
  new AppError('not-splittable', 'conflict', 'Only a booking whose places are confirmed can be split.');
export const notTransferable = () =>
  new AppError('not-transferable', 'conflict', 'This booking cannot be transferred to that run.');
export const noRoomThere = () =>
  new AppError('no-room-there', 'conflict', 'There are not enough free places in that run, or others wait for them.');
export const noPlaceForPerson = () =>
  new AppError('no-place-for-person', 'conflict', 'There is no free place for this person.');
export const bookingNotActive = () =>
  new AppError('booking-not-active', 'conflict', 'This booking is already cancelled.');
export const overInstitutionLimit = (most: number) =>
  new AppError('over-institution-limit', 'invalid', 'One institution may not hold that many places.', { most });
export const institutionRequired = (most: number) =>
  new AppError('institution-required', 'invalid', 'This run counts places by institution: name yours.', { most });
export const contingentTooLarge = (free: number) =>
  new AppError('contingent-too-large', 'conflict', 'There are not enough free places to keep that many.', { free });
export const contingentOver = () =>
  new AppError('contingent-over', 'conflict', 'These places are open to everybody already.');
export const releaseInThePast = () =>
  new AppError('release-in-the-past', 'invalid', 'Places are kept until a time to come, before the run begins.');
export const notAdmitted = () =>
  new AppError('not-admitted', 'invalid', 'This run is for certain institutions, codes or addresses only.');
export const tooManyGuesses = () =>
  new AppError('too-many-guesses', 'too-many', 'Too many codes that were none came from here.');
export const bookingNotWaiting = () =>
  new AppError('booking-not-waiting', 'conflict', 'Only a booking that waits can be given priority.');
export const notOffered = () => new AppError('not-offered', 'conflict', 'There is no open offer for this booking.');
export const offerLapsed = () => new AppError('offer-lapsed', 'gone', 'The time to accept this offer is over.');
export const superiorRequired = () =>
  new AppError('superior-required', 'invalid', 'A superior approves this booking: name somebody with an address.');
export const ownSuperior = () =>
  new AppError('own-superior', 'invalid', 'Nobody approves a booking that they made or take part in.');
export const approvalOver = () =>
  new AppError('approval-over', 'conflict', 'This booking is no longer waiting for approval.');
