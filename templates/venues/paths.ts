import { paths } from '../paths.ts';

/** What has just been done, said on the page that follows. */
export const venueNotices = [
  'venue-added',
  'venue-changed',
  'room-added',
  'room-changed',
  'room-blocked',
  'room-blocked-over',
  'room-unblocked',
  'travel-saved',
] as const;
export type VenueNotice = (typeof venueNotices)[number];

/** Every address of the desk that is about houses and rooms. */
export const venuePaths = {
  venues: (notice?: VenueNotice) => said(`${paths.desk()}/venues`, notice),
  newVenue: () => `${paths.desk()}/venues/new`,
  venue: (venueId: string, notice?: VenueNotice) => said(`${paths.desk()}/venues/${venueId}`, notice),
  venueEdit: (venueId: string) => `${paths.desk()}/venues/${venueId}/edit`,
  newRoom: (venueId: string) => `${paths.desk()}/venues/${venueId}/rooms/new`,
  room: (roomId: string, notice?: VenueNotice) => said(`${paths.desk()}/rooms/${roomId}`, notice),
  roomEdit: (roomId: string) => `${paths.desk()}/rooms/${roomId}/edit`,
  roomBlocks: (roomId: string) => `${paths.desk()}/rooms/${roomId}/blocks`,
  roomBlockRemoval: (blockId: string) => `${paths.desk()}/room-blocks/${blockId}/removal`,
  freeRooms: (sessionId?: string) => `${paths.desk()}/free-rooms${sessionId ? `?session=${sessionId}` : ''}`,
  runNeeds: (runId: string) => `${paths.desk()}/runs/${runId}/needs`,
  travel: () => `${paths.desk()}/travel`,
};

function said(path: string, notice: VenueNotice | undefined): string {
  return notice ? `${path}?notice=${notice}` : path;
}
