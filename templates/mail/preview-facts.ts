import type { MailFacts, MailSession } from './facts.ts';

const BASICS: MailSession = {
  startsAt: new Date('2026-10-20T07:00:00Z'),
  endsAt: new Date('2026-10-20T14:30:00Z'),
  timeZone: 'Europe/Berlin',
  location: 'Seminarraum 2, Haus am Beispielplatz, Beispielplatz 1, Hannover',
};
const ONLINE: MailSession = {
  startsAt: new Date('2026-11-03T08:00:00Z'),
  endsAt: new Date('2026-11-03T11:00:00Z'),
  timeZone: 'Europe/Berlin',
  location: 'Online',
  onlineUrl: 'https://meet.example.org/grundlagen',
};
const COURSE: MailSession[] = [
  { ...BASICS, module: 'Modul 1: Wahrnehmen und verstehen' },
  { ...ONLINE, module: 'Modul 2: Gespräche führen' },
];
const SEMINAR = {
  recipientName: 'Mina Muster',
  seminarTitle: 'Interkulturelle Kompetenz in der Beratung',
  providerName: 'Beispielverein für Bildung e.V.',
  providerEmail: 'kurse@example.org',
};
const MANAGE_URL = 'https://mosaik.example.org/bookings/665f0a-example-token';
const CATALOGUE_URL = 'https://mosaik.example.org/runs';
const DETAILS_URL = 'https://mosaik.example.org/runs/665f0a0000000000000000aa';

/** One example for each kind of mail, with every part that the kind can have. */
export const previewFacts: MailFacts = {
  'booking-confirmed': {
    ...SEMINAR,
    sessions: COURSE,
    participants: ['Mina Muster', 'Paul Probe'],
    places: 3,
    manageUrl: MANAGE_URL,
    cancelUntil: new Date('2026-10-13T16:00:00Z'),
    calendarAttached: true,
    alreadyNear: 1,
  },
  'waiting-list-joined': {
    ...SEMINAR,
    sessions: [BASICS],
    position: 4,
    places: 2,
    policy: 'strict',
    manageUrl: MANAGE_URL,
  },
  promoted: {
    ...SEMINAR,
    sessions: [BASICS],
    participants: ['Mina Muster'],
    places: 1,
    manageUrl: MANAGE_URL,
    cancelUntil: new Date('2026-10-13T16:00:00Z'),
    calendarAttached: true,
    alreadyNear: 3,
  },
  'booking-cancelled': {
    ...SEMINAR,
    sessions: COURSE,
    places: 2,
    cancelledBy: 'coordinator',
    reason: 'Sie haben uns am Telefon darum gebeten.',
    catalogueUrl: CATALOGUE_URL,
  },
  'waiting-list-left': {
    ...SEMINAR,
    sessions: [BASICS],
    places: 1,
    leftBy: 'booker',
    reason: 'Eigener Wunsch',
    catalogueUrl: CATALOGUE_URL,
  },
  'already-booked': { ...SEMINAR, sessions: [BASICS], status: 'confirmed', manageUrl: MANAGE_URL },
  'session-moved': {
    ...SEMINAR,
    before: BASICS,
    session: { ...ONLINE, module: 'Modul 2: Gespräche führen' },
    participants: ['Mina Muster', 'Paul Probe'],
    manageUrl: MANAGE_URL,
    cancelUntil: new Date('2026-10-13T16:00:00Z'),
  },
  'session-added': {
    ...SEMINAR,
    session: { ...ONLINE, module: 'Modul 2: Gespräche führen' },
    participants: ['Mina Muster', 'Paul Probe'],
    manageUrl: MANAGE_URL,
    cancelUntil: new Date('2026-10-13T16:00:00Z'),
  },
  'session-cancelled': {
    ...SEMINAR,
    session: BASICS,
    participants: ['Mina Muster', 'Paul Probe'],
    reason: 'Die Seminarleitung ist erkrankt.',
    manageUrl: MANAGE_URL,
    cancelUntil: new Date('2026-10-13T16:00:00Z'),
  },
  'run-postponed': {
    ...SEMINAR,
    freed: COURSE,
    places: 2,
    waiting: false,
    reason: 'Die Seminarleitung ist erkrankt.',
    manageUrl: MANAGE_URL,
  },
  'run-rescheduled': {
    ...SEMINAR,
    sessions: COURSE,
    places: 2,
    waiting: false,
    manageUrl: MANAGE_URL,
    cancelUntil: new Date('2026-10-13T16:00:00Z'),
  },
  'modules-changed': {
    ...SEMINAR,
    sessions: COURSE,
    dropped: ['Modul 3: Konflikte'],
    places: 2,
    waits: false,
    manageUrl: MANAGE_URL,
    cancelUntil: new Date('2026-10-13T16:00:00Z'),
  },
  'run-cancelled': {
    ...SEMINAR,
    sessions: COURSE,
    places: 2,
    reason: 'Die Seminarleitung ist erkrankt.',
    catalogueUrl: CATALOGUE_URL,
  },
  invitation: {
    ...SEMINAR,
    session: ONLINE,
    bookerName: 'Paula Probe',
    part: { number: 2, of: 6 },
    detailsUrl: DETAILS_URL,
  },
  'invitation-updated': {
    ...SEMINAR,
    before: BASICS,
    session: ONLINE,
    detailsUrl: DETAILS_URL,
    freeCancellation: { until: new Date('2026-10-13T16:00:00Z'), bookerName: 'Paula Probe' },
  },
  'invitation-cancelled': {
    ...SEMINAR,
    session: BASICS,
    because: 'session-cancelled',
    reason: 'Die Seminarleitung ist erkrankt.',
    detailsUrl: DETAILS_URL,
  },
  reminder: { ...SEMINAR, session: ONLINE, days: 1, detailsUrl: DETAILS_URL },
  'trainer-assigned': { ...SEMINAR, session: BASICS, participantCount: 12, detailsUrl: DETAILS_URL },
  'trainer-released': {
    ...SEMINAR,
    session: BASICS,
    reason: 'Eine Kollegin übernimmt den Termin.',
    detailsUrl: DETAILS_URL,
  },
  'sign-in-code': {
    recipientName: 'Mina Muster',
    code: '482915',
    minutesValid: 10,
    link: 'https://mosaik.example.org/sign-in',
  },
  'person-invited': {
    recipientName: 'Paula Probe',
    access: 'provider',
    providerName: 'Beispielverein für Bildung e.V.',
    invitedBy: 'Mina Muster',
    link: 'https://mosaik.example.org/sign-in/invitation-example-token',
    hoursValid: 72,
  },
};
