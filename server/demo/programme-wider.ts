import { places } from './places.ts';
import type { Offer } from './demo.types.ts';

/** What the network offers around the core: ways into work, for pupils, in the neighbourhood, for associations, language. */
export const widerOffers: readonly Offer[] = [
  {
    provider: 'arbeit-und-leben',
    kind: 'qualification',
    language: 'de',
    title: 'Zurück in den Beruf: Qualifizierung mit Praktikum',
    summary:
      'Acht Tage über vier Monate: Stärken klären, Bewerbung, digitale Grundlagen und ein Praktikum in einem Betrieb der Region.',
    runs: [
      { in: 20, repeats: { times: 8, everyDays: 14 }, place: places.south, capacity: 14, taken: 4, trainers: [3] },
      { in: 100, repeats: { times: 8, everyDays: 14 }, place: places.south, capacity: 14, trainers: [3] },
    ],
  },
  {
    provider: 'bteu',
    kind: 'qualification',
    language: 'de',
    title: 'Mit ausländischem Abschluss in den Betrieb',
    summary:
      'Anerkennung, Fachsprache, erste Wochen im Betrieb: Begleitung für Fachkräfte, die ihren Beruf anderswo gelernt haben.',
    runs: [
      { in: 14, repeats: { times: 5, everyDays: 21 }, place: places.north, capacity: 12, taken: 5, trainers: [5] },
      { in: 77, repeats: { times: 5, everyDays: 21 }, place: places.onlineRed, capacity: 12, trainers: [5] },
    ],
  },
  {
    provider: 'bteu',
    kind: 'career-orientation',
    language: 'de',
    title: 'Betriebe von innen: Berufsorientierung für Klassen 8 und 9',
    summary:
      'Drei Werkstätten an einem Tag: Jugendliche probieren aus, Inhaberinnen und Inhaber erzählen, wie sie selbst angefangen haben.',
    runs: [
      { in: 17, from: '08:30', to: '13:30', place: places.linden, capacity: 28, taken: 26, trainers: [5] },
      { in: 59, from: '08:30', to: '13:30', place: places.linden, capacity: 28, trainers: [5] },
    ],
  },
  {
    provider: 'can-arkadas',
    kind: 'career-orientation',
    language: 'de',
    title: 'Was kann ich werden? Werkstatt für Jugendliche und ihre Eltern',
    summary:
      'Ausbildung, Schule oder beides? Jugendliche und Eltern erkunden gemeinsam, welche Wege es gibt, mit Sprachmittlung.',
    runs: [
      { in: 22, from: '16:30', to: '19:00', place: places.north, capacity: 20, taken: 6, trainers: [2] },
      { in: 65, from: '16:30', to: '19:00', place: places.north, capacity: 20, trainers: [2] },
    ],
  },
  {
    provider: 'can-arkadas',
    kind: 'outreach',
    language: 'tr',
    title: 'Mahallede eğitim kahvesi: Bildungscafé im Stadtteil',
    summary:
      'Bir kahve, bir soru, bir sonraki adım. Ein offener Vormittag auf Türkisch über Schule, Kurse und Beratung in der Nähe.',
    runs: [
      { in: 5, from: '10:00', to: '12:00', place: places.linden, capacity: 25, taken: 7, trainers: [2] },
      { in: 31, from: '10:00', to: '12:00', place: places.linden, capacity: 25, taken: 2, trainers: [2] },
      { in: 60, from: '10:00', to: '12:00', place: places.linden, capacity: 25, trainers: [2] },
    ],
  },
  {
    provider: 'kargah',
    kind: 'outreach',
    language: 'fa',
    title: 'Gespräche im Hof: Bildungsberatung auf Persisch',
    summary:
      'Wir kommen ins Viertel. Kurze Gespräche auf Persisch und Deutsch darüber, welcher Kurs als Nächstes passt.',
    runs: [
      { in: 9, from: '15:00', to: '17:00', place: places.linden, capacity: 12, taken: 2, trainers: [1] },
      { in: 37, from: '15:00', to: '17:00', place: places.linden, capacity: 12, trainers: [1] },
    ],
  },
  {
    provider: 'amfn',
    kind: 'association-seminar',
    language: 'de',
    title: 'Vereinsarbeit gut organisiert: Recht, Geld, Ehrenamt',
    summary:
      'Ein Samstag für Vorstände und Aktive in Organisationen von Migrantinnen und Migranten: Satzung, Kasse, Haftung, Aufgaben teilen.',
    runs: [
      {
        in: 12,
        onSaturday: true,
        from: '10:00',
        to: '16:00',
        place: places.hall,
        capacity: 20,
        taken: 19,
        trainers: [3],
      },
      {
        in: 70,
        onSaturday: true,
        from: '10:00',
        to: '16:00',
        place: places.hall,
        capacity: 20,
        taken: 2,
        trainers: [3],
        openedBecause: 'Am Samstag ist Stadtteilfest. Die Hausleitung schließt am Sonntag für uns auf.',
      },
    ],
  },
  {
    provider: 'vnb',
    kind: 'association-seminar',
    language: 'de',
    title: 'Vom Einfall zum Antrag: Fördermittel für kleine Vereine',
    summary:
      'Ein Abend zum Einstieg und ein Samstag am eigenen Antrag. Danach wissen Sie, wen Sie fragen und was hineingehört.',
    runs: [
      { in: 24, from: '18:00', to: '20:30', place: places.onlineRed, capacity: 30, taken: 9, trainers: [3] },
      {
        in: 53,
        onSaturday: true,
        from: '10:00',
        to: '15:00',
        place: places.centre,
        capacity: 16,
        taken: 1,
        trainers: [3],
      },
    ],
  },
  {
    provider: 'vhs-hannover',
    kind: 'language-course',
    language: 'de',
    title: 'Deutsch für den Beruf: schreiben und telefonieren (B1)',
    summary:
      'Acht Abende neben dem Integrationskurs: Mails, Telefonate und Gespräche im Team üben, mit Beispielen von Ihrem Arbeitsplatz.',
    runs: [
      {
        in: 18,
        repeats: { times: 8, everyDays: 7 },
        from: '18:00',
        to: '20:30',
        place: places.centre,
        capacity: 16,
        taken: 5,
        trainers: [0],
      },
      {
        in: 85,
        repeats: { times: 8, everyDays: 7 },
        from: '18:00',
        to: '20:30',
        place: places.onlineBlue,
        capacity: 16,
        trainers: [0],
      },
    ],
  },
  {
    provider: 'bildungsverein',
    kind: 'language-course',
    language: 'de',
    title: 'Deutsch in der Pflege: sicher sprechen bei der Übergabe (B2)',
    summary:
      'Sechs Nachmittage für Pflegekräfte: Übergaben, Dokumentation, Gespräche mit Angehörigen. Mit Lehrenden aus der Pflege.',
    runs: [
      {
        in: 29,
        repeats: { times: 6, everyDays: 7 },
        from: '15:30',
        to: '18:00',
        place: places.north,
        capacity: 14,
        taken: 3,
        trainers: [2],
      },
    ],
  },
];
