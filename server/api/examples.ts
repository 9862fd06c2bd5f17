/** The same small world in every example of the document: invented people at example.org. */
const ids = {
  seminar: '65f0c0ffee0000000000b001',
  run: '65f0c0ffee0000000000a001',
  session: '65f0c0ffee0000000000c001',
  booking: '65f0c0ffee0000000000d001',
};
const token = 'bk_65f0c0ffee0000000000d001_example';
const sitting = {
  startsAt: '2027-03-04T08:00:00.000Z',
  endsAt: '2027-03-04T15:00:00.000Z',
  timeZone: 'Europe/Berlin',
  location: 'Lernhaus, Raum 2',
};
const booker = { name: 'Ida Beispiel', email: 'ida.beispiel@example.org', language: 'de' };
const runSummary = {
  id: ids.run,
  seminarId: ids.seminar,
  title: 'Mehrsprachige Elterngespräche',
  kind: 'day-seminar',
  provider: 'vhs',
  ...sitting,
  capacity: 16,
  placesLeft: 3,
  waiting: 0,
  status: 'published',
  url: `https://mosaik.example.org/runs/${ids.run}`,
};

export const examples = {
  runsPage: { items: [runSummary], next: null },
  run: {
    ...runSummary,
    summary: 'Gespräche mit Eltern führen, wenn die gemeinsame Sprache fehlt.',
    description: '',
    language: 'de',
    minimum: 6,
    sessions: [{ id: ids.session, runId: ids.run, ...sitting }],
    booking: 'whole',
    modules: [],
    policy: { order: 'strict', promotion: 'confirm', cutOffHours: 0, cancellationHours: 48 },
  },
  newSeminar: {
    title: 'Mehrsprachige Elterngespräche',
    summary: 'Gespräche mit Eltern führen, wenn die gemeinsame Sprache fehlt.',
    kind: 'day-seminar',
    language: 'de',
    provider: 'vhs',
  },
  createdSeminar: { id: ids.seminar },
  newRun: {
    seminarId: ids.seminar,
    capacity: 16,
    minimum: 6,
    sessions: [{ ...sitting, startsAt: '2027-03-04T09:00:00+01:00', endsAt: '2027-03-04T16:00:00+01:00' }],
    published: true,
  },
  plannedRun: { id: ids.run, sessions: [{ id: ids.session }] },
  runChange: { capacity: 20 },
  runCancellation: { reason: 'Die Trainerin ist erkrankt.' },
  sessionChange: { location: 'Lernhaus, Raum 5' },
  session: { id: ids.session, runId: ids.run, ...sitting, location: 'Lernhaus, Raum 5', trainers: [] },
  newBooking: {
    booker,
    participants: [{ name: 'Ida Beispiel', email: 'ida.beispiel@example.org' }],
    institution: 'Schule am Beispielweg',
  },
  bookedPlaces: {
    id: ids.booking,
    token,
    status: 'confirmed',
    places: 1,
    manageUrl: `https://mosaik.example.org/bookings/${token}`,
  },
  bookingCancellation: { reason: 'Leider verhindert.' },
  booking: {
    id: ids.booking,
    token,
    status: 'confirmed',
    places: 1,
    booker,
    participants: [{ name: 'Ida Beispiel', email: 'ida.beispiel@example.org' }],
    institution: 'Schule am Beispielweg',
    createdAt: '2027-01-11T10:15:00.000Z',
    cancelUntil: '2027-03-02T08:00:00.000Z',
    mayCancel: true,
    run: runSummary,
    manageUrl: `https://mosaik.example.org/bookings/${token}`,
  },
  queue: {
    items: [
      {
        id: ids.booking,
        number: 1,
        status: 'waiting',
        places: 1,
        position: 1,
        reason: 'no-place-free',
        booker,
        institution: 'Schule am Beispielweg',
        createdAt: '2027-01-11T10:15:00.000Z',
      },
    ],
  },
};
