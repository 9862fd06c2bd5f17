import type { Provider } from '../modules/people/index.ts';

/** The partner organisations of the model network. Their names are real, the addresses are reserved ones. */
export const network: readonly Provider[] = [
  {
    id: 'vhs-hannover',
    name: 'Ada-und-Theodor-Lessing-Volkshochschule Hannover',
    shortName: 'VHS Hannover',
    about: 'Die kommunale Einrichtung der Erwachsenenbildung der Landeshauptstadt Hannover.',
    email: 'vhs-hannover@example.org',
    land: 'NI',
  },
  {
    id: 'amfn',
    name: 'AMFN',
    shortName: 'AMFN',
    about: 'Ein Zusammenschluss von Organisationen der Migrantinnen, Migranten und Geflüchteten in Niedersachsen.',
    email: 'amfn@example.org',
    land: 'NI',
  },
  {
    id: 'can-arkadas',
    name: 'Can Arkadaş e.V.',
    shortName: 'Can Arkadaş',
    about: 'Ein Verein in Hannover mit interkulturellen Angeboten für Familien, Jugendliche und ältere Menschen.',
    email: 'can-arkadas@example.org',
    land: 'NI',
  },
  {
    id: 'arbeit-und-leben',
    name: 'Arbeit und Leben Niedersachsen Mitte',
    shortName: 'Arbeit und Leben',
    about: 'Eine Einrichtung der politischen und beruflichen Erwachsenenbildung.',
    email: 'arbeit-und-leben@example.org',
    land: 'NI',
  },
  {
    id: 'bildungsverein',
    name: 'Bildungsverein für Soziales Lernen',
    shortName: 'Bildungsverein',
    about: 'Eine gemeinnützige Einrichtung der Erwachsenenbildung in Hannover.',
    email: 'bildungsverein@example.org',
    land: 'NI',
  },
  {
    id: 'bteu',
    name: 'BTEU',
    shortName: 'BTEU',
    about: 'Ein Verband von Unternehmerinnen und Unternehmern, der Betriebe und Bildung zusammenbringt.',
    email: 'bteu@example.org',
    land: 'NI',
  },
  {
    id: 'kargah',
    name: 'kargah e.V.',
    shortName: 'kargah',
    about: 'Ein Verein für interkulturelle Kommunikation, Migrations- und Flüchtlingsarbeit in Hannover.',
    email: 'kargah@example.org',
    land: 'NI',
  },
  {
    id: 'vnb',
    name: 'VNB',
    shortName: 'VNB',
    about: 'Der Verein Niedersächsischer Bildungsinitiativen, eine landesweite Einrichtung der Erwachsenenbildung.',
    email: 'vnb@example.org',
    land: 'NI',
  },
];
