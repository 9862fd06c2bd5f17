/**
 * Venues: the houses of the network and their rooms, what is in them, when they are open, and how far apart they are.
 *
 * Promises: a coordinator changes the own provider's houses only; everybody plans in the shared ones.
 */
export { addVenue, changeVenue, venuesFor, venueById, venueToSee, venueToFurnish } from './venues.ts';
export type { Venue } from './venues.ts';
export {
  addRoom,
  changeRoom,
  roomsFor,
  roomsOfVenue,
  roomsByIds,
  roomToSee,
  roomToFurnish,
  mayFurnishRoom,
} from './rooms.ts';
export type { Room } from './rooms.ts';
export { insertRoomBlock, deleteRoomBlock, roomBlockById, roomBlocks } from './room-blocks.ts';
export type { RoomBlock } from './room-blocks.ts';
export { setTravelTimes, travelTimes } from './travel-times.ts';
export type { TravelTimes } from './travel-times.ts';
export { isFor, mayFurnish } from './venues.policy.ts';
export { venueInput, roomInput, needsInput, travelInput } from './venues.input.ts';
export type { VenueInput, RoomInput, Needs, TravelInput } from './venues.input.ts';
export {
  accessFeatures,
  equipmentList,
  seatings,
  locationOf,
  mostIn,
  whyShut,
  longestTravelMinutes,
} from './venues.rules.ts';
export type { AccessFeature, Equipment, Seating } from './venues.rules.ts';
