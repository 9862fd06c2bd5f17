const id = (letter: string) => `65f0c0ffee0000000000${letter}`;
const merged = { id: id('d001'), places: 1, booker: { name: 'Ida Beispiel', email: 'ida.beispiel@example.org' } };
const venue = {
  id: id('e001'),
  name: 'Lernhaus',
  timeZone: 'Europe/Berlin',
  addressLines: ['Beispielweg 1'],
  postalCode: '30159',
  town: 'Hannover',
  accessNotes: 'Aufzug im Hof.',
  howToFind: '',
  openingHours: [{ weekday: 1, from: '08:00', until: '20:00' }],
  closedDays: [{ from: '2027-12-24', until: '2027-12-31' }],
};
const request = {
  id: id('f001'),
  runId: id('a001'),
  trainer: id('1001'),
  sessions: [id('c001')],
  status: 'asked',
  answerBy: '2027-02-01T11:00:00.000Z',
  overdue: false,
};

/** Further examples of the document, of the same small world: planning, trainers, rooms. */
export const planningExamples = {
  mergePreview: { into: id('a002') },
  mergePreviewed: { fits: [merged], rest: [], told: { bookers: 1, participants: 1 }, planSeen: 0 },
  merge: { into: id('a002'), reason: 'Zu wenige Anmeldungen.', planSeen: 0 },
  decision: { decision: 'hold' },
  postponement: { reason: 'Der Raum hat einen Wasserschaden.' },
  newSession: {
    startsAt: '2027-03-11T09:00:00+01:00',
    endsAt: '2027-03-11T16:00:00+01:00',
    timeZone: 'Europe/Berlin',
    location: 'Lernhaus, Raum 2',
  },
  newTeachingRequest: { trainer: id('1001'), answerBy: '2027-02-01T12:00:00+01:00' },
  teachingRequest: request,
  trainers: { items: [{ id: id('1001'), name: 'Cello Muster', external: false, seminars: [id('9001')] }] },
  substitutes: { items: [{ trainer: id('1002'), name: 'Oboe Muster', qualified: true, away: 'no' }] },
  newReplacement: { replaces: id('1001'), trainers: [id('1002')], answerBy: '2027-02-01T12:00:00+01:00' },
  replacementRequest: { ...request, trainer: id('1002'), replaces: id('1001') },
  trainerLinks: { act: 'renew' },
  withdrawnRequest: { ...request, status: 'withdrawn' },
  missedModules: {
    items: [
      {
        participant: { id: id('b101'), name: 'Ida Beispiel' },
        module: id('b201'),
        runs: [{ id: id('a002'), startsAt: '2027-04-01T08:00:00.000Z' }],
      },
    ],
  },
  makeUp: { participant: id('b101'), module: id('b201'), run: id('a002') },
  modulesChange: { modules: [id('b201')] },
  venues: { items: [venue] },
  rooms: {
    items: [
      {
        id: id('e101'),
        name: 'Raum 2',
        venue: { id: venue.id, name: venue.name },
        capacities: [{ seating: 'circle', places: 16 }],
        equipment: ['projector'],
        accessibility: ['step-free'],
        setUpMinutes: 15,
        clearUpMinutes: 15,
      },
    ],
  },
};
