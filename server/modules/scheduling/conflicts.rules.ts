/** A sitting as conflicts see it: when, where, in which run, with whom. */
export type Occupied = {
  id: string;
  runId: string;
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  location: string;
  roomId?: string;
  trainerIds: readonly string[];
};
type Span = { startsAt: Date; endsAt: Date };
export type RoomNeeds = {
  seating?: string | undefined;
  equipment?: readonly string[] | undefined;
  accessibility?: readonly string[] | undefined;
};

/** What is known of a room when a session is to be in it. `most`: people it takes, where somebody has said; `capacities`: by seating. */
export type RoomFacts = {
  venueId: string;
  setUpMinutes: number;
  clearUpMinutes: number;
  most?: number | undefined;
  capacities?: readonly { seating: string; places: number }[];
  equipment: readonly string[];
  accessibility: readonly string[];
};

export type ConflictFacts = {
  /** Sessions of others, and of the same run that stay as they are. */
  others: readonly Occupied[];
  rooms: ReadonlyMap<string, RoomFacts>;
  roomBlocks: readonly (Span & { id: string; roomId: string })[];
  /** Times that trainers have said they cannot (`isHard`), or would rather not. */
  trainersAway: readonly (Span & { id: string; trainerId: string; isHard: boolean })[];
  whyShut: (roomId: string, span: Span) => { kind: 'closed-day' | 'hours'; day: string } | undefined;
  /** Minutes on the road; `undefined` for a place that is no venue. */
  travelMinutes: (from: string | undefined, to: string | undefined) => number;
  isOnline: (location: string) => boolean;
  /** How many people come, what the run needs, and how many of those who booked need what. */
  capacity?: number | undefined;
  needs?: RoomNeeds | undefined;
  declared?: ReadonlyMap<string, number> | undefined;
};

export type ConflictKind =
  | 'room-taken'
  | 'room-set-up'
  | 'room-blocked'
  | 'venue-closed'
  | 'outside-hours'
  | 'trainer-taken'
  | 'trainer-travel'
  | 'trainer-blocked'
  | 'trainer-unavailable'
  | 'room-too-small'
  | 'room-seats-fewer'
  | 'room-lacks-seating'
  | 'room-lacks-equipment'
  | 'room-lacks-access'
  | 'declared-unmet';

/**
 * Why a session cannot (`isHard`) or better would not be so. `session`: which of the planned ones, by its place in the
 * list; `key` says the same of the same conflict until one of the sittings changes.
 */
export type Conflict = {
  kind: ConflictKind;
  isHard: boolean;
  session: number;
  key: string;
  roomId?: string;
  trainerId?: string;
  other?: Occupied;
  /** Minutes that are needed in between. */
  minutes?: number;
  span?: Span;
  day?: string;
  /** The equipment, feature or seating that is missing, or how many people find room; `count`: how many need it. */
  what?: string;
  seating?: string;
  count?: number;
};

const aMinute = 60_000;

/** Everything that speaks against the planned sessions, session by session. */
export function conflictsOf(planned: readonly Occupied[], facts: ConflictFacts): Conflict[] {
  return planned.flatMap((one, session) => {
    // Of two planned ones the later says it: once is enough.
    const others = [...facts.others, ...planned.slice(0, session)];
    const found = [
      ...others.flatMap((other) => [...roomConflicts(one, other, facts), ...trainerConflicts(one, other, facts)]),
      ...closedConflicts(one, facts),
      ...awayConflicts(one, facts),
      ...fitConflicts(one, facts),
    ];
    return found.map((conflict): Conflict => ({ ...conflict, session, key: keyOf(one, conflict) }));
  });
}

/** What a conflict is called: it stays the same as long as this sitting and what is in its way do. */
export function keyOf(one: Occupied, { kind, roomId, trainerId, other, span, day, what }: Found): string {
  // Sessions planned together have no ids yet when the form asks about them.
  const against = other
    ? `${other.runId === one.runId ? 'own' : other.id}-${spanKey(other)}`
    : span
      ? spanKey(span)
      : (day ?? what ?? '');
  return [kind, roomId ?? trainerId ?? '', spanKey(one), against].join(':');
}

/** The key of the same conflict as seen from the other session. */
export function mirroredKey(conflict: Conflict, planned: readonly Occupied[]): string | undefined {
  const one = planned[conflict.session];
  return conflict.other && one && keyOf(conflict.other, { ...conflict, other: one });
}

type Found = Omit<Conflict, 'session' | 'key'>;

/** Two runs need the time to clear up and set up between them; the sessions of one run do not, nor can they overlap. */
function roomConflicts(one: Occupied, other: Occupied, { rooms }: ConflictFacts): Found[] {
  const { roomId } = one;
  const room = roomId === undefined ? undefined : rooms.get(roomId);
  if (roomId === undefined || !room || other.roomId !== roomId || one.runId === other.runId) return [];
  if (overlap(one, other)) return [{ kind: 'room-taken', isHard: true, roomId, other }];
  const minutes = room.setUpMinutes + room.clearUpMinutes;
  return gapBetween(one, other) < minutes * aMinute
    ? [{ kind: 'room-set-up', isHard: true, roomId, other, minutes }]
    : [];
}

function trainerConflicts(one: Occupied, other: Occupied, facts: ConflictFacts): Found[] {
  const shared = one.trainerIds.filter((id) => other.trainerIds.includes(id));
  if (shared.length === 0) return [];
  if (overlap(one, other)) {
    const taken = one.runId === other.runId ? [] : shared;
    return taken.map((trainerId) => ({ kind: 'trainer-taken', isHard: true, trainerId, other }));
  }
  const minutes = minutesBetween(one, other, facts);
  return gapBetween(one, other) < minutes * aMinute
    ? shared.map((trainerId) => ({ kind: 'trainer-travel', isHard: true, trainerId, other, minutes }))
    : [];
}

/** Nobody travels to a screen, nor between two sessions at the same place. */
function minutesBetween(one: Occupied, other: Occupied, { rooms, travelMinutes, isOnline }: ConflictFacts): number {
  if (isOnline(one.location) || isOnline(other.location)) return 0;
  const [from, to] = [one, other].map(({ roomId }) => (roomId === undefined ? undefined : rooms.get(roomId)?.venueId));
  return from === to && (from !== undefined || one.location === other.location) ? 0 : travelMinutes(from, to);
}

function closedConflicts(one: Occupied, { roomBlocks, whyShut }: ConflictFacts): Found[] {
  const { roomId } = one;
  if (roomId === undefined) return [];
  const blocked = roomBlocks
    .filter((block) => block.roomId === roomId && overlap(one, block))
    .map(({ startsAt, endsAt }): Found => ({ kind: 'room-blocked', isHard: true, roomId, span: { startsAt, endsAt } }));
  const shut = whyShut(roomId, one);
  if (!shut) return blocked;
  const kind = shut.kind === 'closed-day' ? 'venue-closed' : 'outside-hours';
  return [...blocked, { kind, isHard: true, roomId, day: shut.day }];
}

function awayConflicts(one: Occupied, { trainersAway }: ConflictFacts): Found[] {
  return trainersAway
    .filter(({ trainerId, ...span }) => one.trainerIds.includes(trainerId) && overlap(one, span))
    .map(({ trainerId, isHard, startsAt, endsAt }) => ({
      kind: isHard ? 'trainer-blocked' : 'trainer-unavailable',
      isHard,
      trainerId,
      span: { startsAt, endsAt },
    }));
}

/** What the room is too small for, or lacks: a warning, for whoever plans may know more of the room than its entry. */
function fitConflicts({ roomId }: Occupied, { rooms, capacity = 0, needs, declared }: ConflictFacts): Found[] {
  const room = roomId === undefined ? undefined : rooms.get(roomId);
  if (roomId === undefined || !room) return [];
  const lacks = (have: readonly string[], wanted: readonly string[] = []) =>
    wanted.filter((one) => !have.includes(one));
  const unmet = [...(declared ?? [])].filter(([what]) => !room.accessibility.includes(what));
  return [
    ...seatConflicts(roomId, room, { capacity, seating: needs?.seating }),
    ...lacks(room.equipment, needs?.equipment).map((what) => soft('room-lacks-equipment', roomId, what)),
    ...lacks(room.accessibility, needs?.accessibility).map((what) => soft('room-lacks-access', roomId, what)),
    ...unmet.map(([what, count]) => ({ ...soft('declared-unmet', roomId, what), count })),
  ];
}

/** Seated as the run wants it, or however it goes; a room of which nobody said how many it takes fits. */
function seatConflicts(
  roomId: string,
  { most = Number.POSITIVE_INFINITY, capacities = [] }: RoomFacts,
  { capacity, seating }: { capacity: number; seating: string | undefined },
): Found[] {
  const tooSmall: Found[] =
    capacity > most ? [{ kind: 'room-too-small', isHard: false, roomId, what: String(most), count: capacity }] : [];
  if (seating === undefined || capacities.length === 0) return tooSmall;
  const seated = capacities.find((one) => one.seating === seating);
  if (!seated) return [...tooSmall, soft('room-lacks-seating', roomId, seating)];
  if (capacity <= seated.places) return [];
  return [{ kind: 'room-seats-fewer', isHard: false, roomId, seating, what: String(seated.places), count: capacity }];
}

function soft(kind: ConflictKind, roomId: string, what: string): Found {
  return { kind, isHard: false, roomId, what };
}

function overlap(one: Span, other: Span): boolean {
  return one.startsAt < other.endsAt && other.startsAt < one.endsAt;
}

/** Milliseconds between the end of the one and the start of the other. */
function gapBetween(one: Span, other: Span): number {
  return Math.max(one.startsAt.getTime() - other.endsAt.getTime(), other.startsAt.getTime() - one.endsAt.getTime());
}

function spanKey({ startsAt, endsAt }: Span): string {
  return `${startsAt.getTime().toString(36)}-${endsAt.getTime().toString(36)}`;
}
