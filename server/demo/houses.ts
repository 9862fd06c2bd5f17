import { systemActor } from '../modules/history/index.ts';
import { addRoom, addVenue, type RoomInput, type VenueInput } from '../modules/venues/index.ts';
import { places } from './places.ts';

type House = VenueInput & { rooms: readonly (RoomInput & { place?: string })[] };

const weekdays = (from: string, until: string, days = [1, 2, 3, 4, 5]) =>
  days.map((weekday) => ({ weekday, from, until }));

/** The houses of the demo, all invented. `place`: how the programme names the room. */
const houses: readonly House[] = [
  {
    name: 'Lernhaus Mitte',
    addressLines: ['Beispielstraße 12'],
    postalCode: '30159',
    town: 'Hannover',
    howToFind: 'Fünf Minuten zu Fuß vom Hauptbahnhof, gegenüber dem Brunnen.',
    accessNotes: 'Stufenloser Eingang im Hof, bitte klingeln. Aufzug zu allen Etagen.',
    openingHours: weekdays('08:00', '21:00', [1, 2, 3, 4, 5, 6]),
    rooms: [
      {
        name: 'Raum 2.10',
        place: places.centre,
        capacities: [
          { seating: 'tables', places: 16 },
          { seating: 'circle', places: 20 },
        ],
        equipment: ['projector', 'screen', 'flipchart', 'pin-boards', 'moderation-kit', 'internet'],
        accessibility: ['step-free', 'lift', 'accessible-toilet'],
        setUpMinutes: 15,
        clearUpMinutes: 15,
      },
      {
        name: 'Saal im Erdgeschoss',
        place: places.hall,
        capacities: [
          { seating: 'rows', places: 80 },
          { seating: 'tables', places: 40 },
        ],
        equipment: ['projector', 'screen', 'loudspeakers', 'microphone', 'internet'],
        accessibility: ['step-free', 'accessible-toilet', 'induction-loop', 'accessible-parking'],
        setUpMinutes: 30,
        clearUpMinutes: 30,
      },
      {
        name: 'Raum 1.04',
        capacities: [{ seating: 'tables', places: 18 }],
        equipment: ['whiteboard', 'flipchart', 'internet'],
        accessibility: ['step-free', 'lift', 'accessible-toilet'],
        setUpMinutes: 15,
        clearUpMinutes: 15,
      },
    ],
  },
  {
    name: 'Stadtteilhaus Nord',
    addressLines: ['Musterweg 3'],
    postalCode: '30165',
    town: 'Hannover',
    rooms: [
      {
        name: 'Raum 4',
        place: places.north,
        capacities: [{ seating: 'circle', places: 24 }],
        equipment: ['flipchart', 'pin-boards', 'kitchen'],
        setUpMinutes: 15,
        clearUpMinutes: 15,
      },
    ],
  },
  {
    name: 'Treffpunkt Linden',
    addressLines: ['Probegasse 7'],
    postalCode: '30449',
    town: 'Hannover',
    rooms: [
      {
        name: 'Werkraum',
        place: places.linden,
        capacities: [{ seating: 'tables', places: 28 }],
        equipment: ['whiteboard', 'kitchen'],
        accessibility: ['step-free', 'accessible-toilet'],
      },
    ],
  },
  {
    name: 'Bürgerhaus Süd',
    addressLines: ['Vorlagenplatz 1'],
    postalCode: '30171',
    town: 'Hannover',
    rooms: [
      {
        name: 'Raum Maschsee',
        place: places.south,
        capacities: [{ seating: 'u-shape', places: 20 }],
        equipment: ['projector', 'screen', 'flipchart', 'internet'],
        accessibility: ['step-free', 'lift', 'accessible-toilet', 'induction-loop'],
      },
    ],
  },
];

/** Adds the houses and rooms; gives the rooms by the name the programme has for them, and those it has none for. */
export async function addHouses(): Promise<{ byPlace: Map<string, string>; spare: string[] }> {
  const byPlace = new Map<string, string>();
  const spare: string[] = [];
  for (const { rooms, ...venue } of houses) {
    const venueId = await addVenue(systemActor, venue);
    for (const { place, ...room } of rooms) {
      const roomId = await addRoom(systemActor, venueId, room);
      if (place === undefined) spare.push(roomId);
      else byPlace.set(place, roomId);
    }
  }
  return { byPlace, spare };
}
