import { places } from './places.ts';
import type { Offer } from './demo.types.ts';

/** Day seminars and modular courses on intercultural competence: the core of the network. */
export const coreOffers: readonly Offer[] = [
  {
    provider: 'vhs-hannover',
    kind: 'day-seminar',
    language: 'de',
    title: 'Interkulturelle Kompetenz im Amt: ein Grundlagentag',
    summary:
      'Was wir für selbstverständlich halten, ist es für andere oft nicht. Ein Tag für alle, die in der Verwaltung mit Menschen sprechen.',
    description:
      'Sie lernen, Missverständnisse früh zu erkennen, üben schwierige Gespräche am Schalter und nehmen drei Dinge mit, die Sie am nächsten Morgen ausprobieren können. Vorkenntnisse brauchen Sie nicht.',
    runs: [
      { in: -9, place: places.centre, capacity: 14, taken: 12, trainers: [0] },
      {
        in: 6,
        place: places.centre,
        capacity: 14,
        taken: 14,
        waiting: [1, 4, 1],
        trainers: [0],
        needs: { seating: 'circle', equipment: ['flipchart', 'moderation-kit'], accessibility: ['step-free'] },
      },
      { in: 27, place: places.onlineRed, capacity: 20, taken: 6, trainers: [1] },
      { in: 48, place: places.office, capacity: 14, taken: 12, trainers: [0] },
      {
        in: 83,
        place: places.north,
        capacity: 14,
        taken: 2,
        trainers: [1],
        needs: { seating: 'tables', equipment: ['projector'], accessibility: ['step-free'] },
      },
      { in: 118, place: places.centre, capacity: 14, trainers: [0], state: 'draft' },
    ],
  },
  {
    provider: 'vhs-hannover',
    kind: 'modular-course',
    language: 'de',
    title: 'Interkulturelle Kompetenz für Verwaltungen: Kurs in vier Modulen',
    summary:
      'Drei Monate, sechs Tage, eine feste Gruppe: von der eigenen Haltung bis zur Öffnung des ganzen Amtes. Für Beschäftigte mit Publikumsverkehr und für Leitungen.',
    description:
      'Zwischen den Tagen probieren Sie das Gelernte an Ihrem Arbeitsplatz aus und bringen Ihre Erfahrungen in die Gruppe zurück. Der Kurs wird als Ganzes gebucht.',
    modules: [
      { title: 'Kultur und eigene Haltung', content: 'Eigene Prägungen, Zuschreibungen, Perspektivwechsel.' },
      { title: 'Verständlich sprechen und schreiben', content: 'Einfache Sprache, Gespräche mit Sprachmittlung.' },
      { title: 'Konflikte und Diskriminierung', content: 'Erkennen, ansprechen, Beschwerden ernst nehmen.' },
      { title: 'Das eigene Amt öffnen', content: 'Ein Vorhaben planen und im Kollegium verankern.' },
    ],
    runs: [
      {
        in: { beforeClockChange: 45 },
        repeats: { times: 6, everyDays: 18, modules: [0, 1, 1, 2, 2, 3] },
        place: places.hall,
        capacity: 16,
        taken: 9,
        trainers: [0, 2],
      },
      {
        in: 23,
        repeats: { times: 6, everyDays: 16, modules: [0, 1, 1, 2, 2, 3] },
        place: places.centre,
        makeUpPlaces: 2,
        capacity: 12,
        taken: 6,
        trainers: [2],
      },
    ],
  },
  {
    provider: 'arbeit-und-leben',
    kind: 'day-seminar',
    language: 'de',
    title: 'Verständlich schreiben: Briefe und Bescheide, die ankommen',
    summary:
      'Rechtssicher und trotzdem verständlich: Sie überarbeiten eigene Schreiben, bis sie auch Menschen verstehen, die noch Deutsch lernen.',
    description: 'Bitte bringen Sie zwei Schreiben aus Ihrem Alltag mit, ohne Namen und Aktenzeichen.',
    runs: [
      { in: 2, place: places.south, capacity: 12, taken: 11, trainers: [3] },
      { in: 19, place: places.onlineBlue, capacity: 18, taken: 5, trainers: [3] },
      { in: 55, place: places.south, capacity: 12, taken: 3, trainers: [3] },
      { in: 97, place: places.office, capacity: 12, trainers: [3] },
    ],
  },
  {
    provider: 'kargah',
    kind: 'day-seminar',
    language: 'de',
    title: 'Beraten zu dritt: Gespräche mit Dolmetscherinnen und Dolmetschern',
    summary:
      'Wer schaut wen an, wer fragt nach, und was gehört nicht in das Gespräch? Übungen für Beratungsstellen und Sozialdienste.',
    runs: [
      { in: 8, from: '09:30', to: '15:30', place: places.linden, capacity: 10, taken: 10, waiting: [2], trainers: [1] },
      { in: 33, from: '09:30', to: '15:30', place: places.linden, capacity: 10, taken: 4, trainers: [1] },
      { in: 75, from: '09:30', to: '15:30', place: places.onlineRed, capacity: 15, trainers: [4] },
    ],
  },
  {
    provider: 'bildungsverein',
    kind: 'day-seminar',
    language: 'de',
    title: 'Elterngespräche in vielfältigen Schulen',
    summary:
      'Eltern gewinnen, statt sie vorzuladen: Gesprächsführung für Lehrkräfte, Schulsozialarbeit und Ganztag. Mit vielen Beispielen aus Hannover.',
    runs: [
      { in: 11, from: '13:30', to: '17:30', place: places.north, capacity: 15, taken: 13, trainers: [2] },
      { in: 25, from: '13:30', to: '17:30', place: places.onlineBlue, capacity: 20, taken: 8, trainers: [2] },
      { in: 62, from: '13:30', to: '17:30', place: places.north, capacity: 15, trainers: [6] },
      { in: 90, from: '13:30', to: '17:30', place: places.north, capacity: 15, trainers: [5] },
    ],
  },
  {
    provider: 'bildungsverein',
    kind: 'modular-course',
    language: 'de',
    title: 'Vielfalt im Kollegium: Modulreihe für Schulen',
    summary:
      'Drei Nachmittage für Schulteams, die mehrsprachige Klassen unterrichten und als Kollegium eine gemeinsame Linie suchen.',
    modules: [
      {
        title: 'Mehrsprachigkeit als Schatz',
        content: 'Sprachen sichtbar machen und im Unterricht nutzen.',
        teachingUnits: 4,
      },
      {
        title: 'Wenn Werte aufeinandertreffen',
        content: 'Fälle aus dem Schulalltag, gemeinsam beraten.',
        teachingUnits: 4,
      },
      {
        title: 'Unsere Schule in zwei Jahren',
        content: 'Ein Plan, den das Kollegium trägt.',
        teachingUnits: 4,
      },
    ],
    booking: 'by-module',
    runs: [
      {
        in: 16,
        repeats: { times: 3, everyDays: 14, modules: [0, 1, 2] },
        from: '14:00',
        to: '17:00',
        place: places.centre,
        capacity: 18,
        taken: 15,
        trainers: [5],
      },
      {
        in: 72,
        repeats: { times: 3, everyDays: 14, modules: [0, 1, 2] },
        from: '14:00',
        to: '17:00',
        place: places.onlineRed,
        capacity: 18,
        taken: 3,
        trainers: [5],
      },
    ],
  },
  {
    provider: 'vnb',
    kind: 'day-seminar',
    language: 'de',
    title: 'Rassismus erkennen und handeln in Bildung und Beratung',
    summary:
      'Was tun, wenn ein Satz fällt, der verletzt? Ein Tag, um hinzusehen, die eigene Rolle zu klären und handlungsfähig zu bleiben.',
    runs: [
      { in: 13, place: places.hall, capacity: 16, taken: 7, minimum: 9, trainers: [4] },
      { in: 41, place: places.hall, capacity: 16, taken: 4, trainers: [4], state: 'cancelled' },
      { in: 68, place: places.onlineBlue, capacity: 16, trainers: [4] },
    ],
  },
  {
    provider: 'vhs-hannover',
    kind: 'day-seminar',
    language: 'en',
    title: 'Intercultural communication at the front desk',
    summary:
      'For staff who serve the public in English: plain words, calm voices, and what to do when two sets of manners meet. Held in English.',
    runs: [
      { in: 15, place: places.centre, capacity: 12, taken: 5, trainers: [1] },
      { in: 44, place: places.onlineRed, capacity: 16, taken: 15, trainers: [1] },
      { in: 104, place: places.centre, capacity: 12, trainers: [1] },
    ],
  },
  {
    provider: 'kargah',
    kind: 'day-seminar',
    language: 'de',
    title: 'Aufenthaltsrecht für die Beratung: ein Überblick',
    summary:
      'Die wichtigsten Aufenthaltstitel, ihre Folgen für Arbeit und Bildung, und wann Fachberatung nötig ist. Für Beratungsstellen und Schulen.',
    runs: [
      { in: 10, place: places.onlineBlue, capacity: 25, taken: 17, trainers: [4] },
      { in: 38, place: places.linden, capacity: 12, taken: 6, trainers: [4] },
      { in: 80, place: places.linden, capacity: 12, trainers: [4] },
    ],
  },
];
