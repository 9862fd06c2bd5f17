import { z } from 'zod';
import { accessFeatures, equipmentList, seatings, type Room, type Venue } from '../modules/venues/index.ts';

const id = z.string().regex(/^[0-9a-f]{24}$/);
const venue = z
  .strictObject({
    id,
    provider: z.string().optional().meta({ description: 'Slug of whose house it is; without one, the network’s.' }),
    name: z.string(),
    addressLines: z.array(z.string()),
    postalCode: z.string(),
    town: z.string(),
    timeZone: z.string().meta({ description: 'IANA name: its hours are read on this clock.' }),
    accessNotes: z.string(),
    howToFind: z.string(),
    openingHours: z.array(z.strictObject({ weekday: z.int().min(1).max(7), from: z.string(), until: z.string() })),
    closedDays: z.array(z.strictObject({ from: z.string(), until: z.string() })),
  })
  .meta({ id: 'Venue', description: 'A house in which sessions are.' });
export const venuesAnswer = z.strictObject({ items: z.array(venue) }).meta({ id: 'Venues' });

const room = z
  .strictObject({
    id,
    name: z.string(),
    venue: z.strictObject({ id, name: z.string() }),
    capacities: z.array(z.strictObject({ seating: z.enum(seatings), places: z.int().min(1) })),
    equipment: z.array(z.enum(equipmentList)),
    accessibility: z.array(z.enum(accessFeatures)),
    setUpMinutes: z.int().min(0),
    clearUpMinutes: z.int().min(0),
  })
  .meta({ id: 'Room', description: 'A room, as `roomId` of a session names it.' });
export const roomsAnswer = z.strictObject({ items: z.array(room) }).meta({ id: 'Rooms' });

export function answerOfVenue({ id: venueId, providerId, ...house }: Venue): z.infer<typeof venue> {
  const { name, addressLines, postalCode, town, timeZone, accessNotes, howToFind, openingHours, closedDays } = house;
  return {
    id: venueId,
    ...(providerId !== undefined && { provider: providerId }),
    name,
    addressLines,
    postalCode,
    town,
    timeZone,
    accessNotes,
    howToFind,
    openingHours: openingHours.map(({ weekday, from, until }) => ({ weekday, from, until })),
    closedDays: closedDays.map(({ from, until }) => ({ from, until })),
  };
}

export function answerOfRoom({ id: roomId, name, venue: house, ...furnished }: Room): z.infer<typeof room> {
  const { capacities, equipment, accessibility, setUpMinutes, clearUpMinutes } = furnished;
  return {
    id: roomId,
    name,
    venue: { id: house.id, name: house.name },
    capacities: capacities.map(({ seating, places }) => ({ seating, places })),
    equipment,
    accessibility,
    setUpMinutes,
    clearUpMinutes,
  };
}
