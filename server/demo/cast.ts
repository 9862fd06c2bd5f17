import type { ContactInput } from '../modules/institutions/index.ts';
import type { Institution, Person } from '../modules/people/index.ts';
import type { Role } from '../modules/history/index.ts';

type CastMember = Omit<Person, 'id'>;

/** Everybody here is invented: coordinators are birds, trainers instruments, contacts flowers, participants colours. */
export const networkCoordinator: CastMember = member('Rotkehlchen Beispiel', [{ kind: 'network-coordinator' }]);

export const coordinators: readonly CastMember[] = [
  member('Amsel Beispiel', [coordinatorOf('vhs-hannover'), coordinatorOf('arbeit-und-leben')]),
  member('Drossel Beispiel', [coordinatorOf('kargah'), coordinatorOf('amfn'), coordinatorOf('can-arkadas')]),
  member('Elster Beispiel', [coordinatorOf('vnb'), coordinatorOf('bildungsverein'), coordinatorOf('bteu')]),
];

export const trainers: readonly CastMember[] = [
  member('Cello Muster', [{ kind: 'trainer' }]),
  member('Oboe Muster', [{ kind: 'trainer' }]),
  member('Harfe Muster', [{ kind: 'trainer' }]),
  member('Laute Muster', [{ kind: 'trainer' }]),
  member('Fagott Muster', [{ kind: 'trainer' }]),
  member('Posaune Muster', [{ kind: 'trainer' }]),
];

/** Teaches without an account: hears of it by mail, and finds everything behind a link. */
export const externalTrainer: CastMember = { ...member('Klarinette Muster', [{ kind: 'trainer' }]), external: true };

/** Who acts for the first institution; flowers. */
export const contacts: readonly ContactInput[] = [
  { ...flower('Aster Beispiel'), book: true },
  { ...flower('Lilie Beispiel'), book: true, deputy: true },
  flower('Mohn Beispiel'),
];

/** Who approves what is booked for an office, and who stands in for her. */
export const approvers: readonly ContactInput[] = [
  { ...flower('Dahlie Beispiel'), book: true, approve: true },
  { ...flower('Enzian Beispiel'), approve: true, deputy: true },
];

/** Books for that office. */
export const officeClerk: ContactInput = { ...flower('Ginster Beispiel'), book: true };

/** The secretary, as one may sign in as her. */
export const secretary = { ...flower('Aster Beispiel'), roles: [{ kind: 'contact' as const }] };

/** Who a visitor of the demo may sign in as, in words. */
export const whoSignsIn = [
  `${networkCoordinator.email} (network coordinator)`,
  `${coordinators[0]?.email} (coordinator)`,
  `${trainers[0]?.email} (trainer)`,
  `${secretary.email} (school)`,
].join(', ');

export const institutions: readonly Omit<Institution, 'id'>[] = [
  { name: 'Gesamtschule am Blauen Turm', kind: 'school' },
  { name: 'Grundschule Regenbogenplatz', kind: 'school' },
  { name: 'Bezirksamt Musterhafen', kind: 'administration' },
  { name: 'Bürgerbüro Beispielstadt', kind: 'administration' },
  { name: 'Beratungsstelle Brückenschlag', kind: 'counselling-centre' },
  { name: 'Beratungsstelle Wegweiser', kind: 'counselling-centre' },
  { name: 'Bäckerei Morgenrot GmbH', kind: 'business' },
  { name: 'Nachbarschaftsverein Sonnenwinkel e.V.', kind: 'association' },
];

const colours =
  'Türkis Indigo Ocker Purpur Karmin Azur Violett Smaragd Bernstein Koralle Lavendel Safran Kobalt Zinnober Oliv Beige Magenta Petrol'.split(
    ' ',
  );
const families = ['Probe', 'Muster', 'Beispiel', 'Vorlage'];

/** Participant number `index`: another person for each of the first 72 numbers. */
export function participant(index: number): { name: string; email: string } {
  const name = `${colours[index % colours.length]} ${families[Math.floor(index / colours.length) % families.length]}`;
  return { name, email: addressOf(name) };
}

function member(name: string, roles: Role[]): CastMember {
  const email = addressOf(name);
  return { name, email, address: email, language: 'de', roles };
}

function flower(name: string) {
  return { name, email: addressOf(name) };
}

function coordinatorOf(providerId: string): Role {
  return { kind: 'coordinator', providerId };
}

/** `Türkis Probe` → `tuerkis.probe@example.org` */
function addressOf(name: string): string {
  const plain = name.toLowerCase().replace(/ü/g, 'ue').replace(/ö/g, 'oe').replace(/ä/g, 'ae').replace(/ /g, '.');
  return `${plain}@example.org`;
}
