/** A session as a mail tells it: when, on which zone's clock, and where; online with the link people join by. */
export type MailSession = {
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  location: string;
  onlineUrl?: string;
  module?: string;
};

/** What every mail about a seminar knows. All links are absolute, made from BASE_URL by the caller. */
type SeminarFacts = {
  recipientName: string;
  seminarTitle: string;
  providerName: string;
  /** Where questions go; without it the mail invites none. */
  providerEmail?: string;
};

type BookedFacts = SeminarFacts & {
  /** In the order of time, at least one. */
  sessions: MailSession[];
  participants: string[];
  places: number;
  /** A group that comes by the number of heads; `participants` then come along with it. */
  group?: { name: string; heads: number };
  manageUrl: string;
  cancelUntil?: Date;
  calendarAttached: boolean;
  /** For those who book late: days until the first session, when the usual reminders are already past. */
  alreadyNear?: number;
  /** Of a group that was divided: how many places it still waits for, and where that is told. */
  rest?: { places: number; url: string };
  /** Of several runs that were named this one came true: the others ended at the same moment. */
  othersEnded?: true;
};

/** New dates that may not suit: until when one may cancel whatever the deadline says, and where; else who booked may. */
export type FreeCancellation = { until: Date; manageUrl?: string; bookerName?: string };

/** `link` opens the page on which one withdraws or answers. */
type InterestFacts = SeminarFacts & { places: number; link: string };

/** What an institution asked for; `link` opens the page on which it follows what comes of it. */
type InHouseFacts = {
  recipientName: string;
  topic: string;
  institution: string;
  providerName: string;
  providerEmail?: string;
  link: string;
};

type OneSessionFacts = SeminarFacts & {
  session: MailSession;
  detailsUrl?: string;
  freeCancellation?: FreeCancellation;
};

/** Of a session to come or just over: to who sits in it, to whoever booked (`booked`), or to who `teaches`. */
type RemindedFacts = OneSessionFacts & {
  booked?: { places: number; participants: string[]; manageUrl: string };
  /** `expected`: how many places are held. */
  teaches?: { expected: number };
};

/** To the booker: a session of the run changed, came or went. */
type SessionNewsFacts = SeminarFacts & {
  session: MailSession;
  participants: string[];
  manageUrl: string;
  cancelUntil?: Date;
};

/** Places are held until somebody answers. `waitsOn`: what becomes of a booking whose booker does not. */
type OfferFacts = SeminarFacts & {
  sessions: MailSession[];
  places: number;
  until: Date;
  waitsOn: boolean;
  offerUrl: string;
  manageUrl: string;
};

/** What becomes of a booking that nobody approves in time: it ends, waits at the end of the list, or is confirmed. */
type AfterExpiry = 'out' | 'end' | 'confirm';

/** To whoever is asked to approve a booking. */
type ApprovalFacts = SeminarFacts & {
  sessions: MailSession[];
  places: number;
  bookerName: string;
  participants: string[];
  institution?: string;
};
type ApprovalAskedFacts = ApprovalFacts & {
  until: Date;
  afterExpiry: AfterExpiry;
  asDeputy: boolean;
  approvalUrl: string;
};

/** That a booking was not approved. To the booker with a link, else with the name of whoever booked. */
type NotApprovedFacts = SeminarFacts & {
  sessions: MailSession[];
  places: number;
  manageUrl?: string;
  bookerName?: string;
  catalogueUrl: string;
};

/** Sessions that somebody is asked to teach. */
type TeachingFacts = SeminarFacts & { sessions: MailSession[] };

/** What each kind of mail is a function of: plain data, nothing to look up. */
export type MailFacts = {
  'booking-confirmed': BookedFacts;
  'waiting-list-joined': SeminarFacts & {
    sessions: MailSession[];
    position: number;
    places: number;
    /** How free places are given out; each policy has its sentence. */
    policy: 'strict' | 'fill' | 'split';
    /** The other runs that were named, in their order, and the position in each. */
    alternatives?: { session: MailSession; position: number; url: string }[];
    manageUrl: string;
  };
  promoted: BookedFacts;
  'place-offered': OfferFacts;
  'offer-reminder': OfferFacts;
  'offer-lapsed': SeminarFacts & { sessions: MailSession[]; places: number; waitsOn: boolean; manageUrl: string };
  'offer-declined': SeminarFacts & { sessions: MailSession[]; places: number; catalogueUrl: string };
  /** To a coordinator: places became free when nobody moves up any more. */
  'places-free-late': {
    recipientName: string;
    seminarTitle: string;
    session: MailSession;
    free: number;
    waiting: number;
    link: string;
  };
  'approval-asked': ApprovalAskedFacts;
  'approval-reminder': ApprovalAskedFacts;
  'approval-ended': ApprovalFacts & {
    outcome: 'approved' | 'refused' | 'expired' | 'cancelled';
    afterExpiry: AfterExpiry;
    /** Whoever reads it has answered. */
    byYou: boolean;
    reason?: string;
    approvalUrl: string;
  };
  /** To the booker. `approvers`: those named with the booking; none where an institution has its own. */
  'approval-pending': SeminarFacts & {
    sessions: MailSession[];
    places: number;
    until: Date;
    afterExpiry: AfterExpiry;
    approvers: string[];
    manageUrl: string;
  };
  'approval-refused': NotApprovedFacts & { reason?: string };
  'approval-expired': NotApprovedFacts & { afterExpiry: AfterExpiry };
  'booking-cancelled': SeminarFacts & {
    sessions: MailSession[];
    places: number;
    /** `whole-run`: it made a module up for somebody who sits in the whole run now. */
    cancelledBy: 'booker' | 'coordinator' | 'whole-run';
    reason?: string;
    catalogueUrl?: string;
  };
  'waiting-list-left': SeminarFacts & {
    sessions: MailSession[];
    places: number;
    leftBy: 'booker' | 'coordinator';
    reason?: string;
    catalogueUrl?: string;
  };
  /** To somebody who was named again in another booking: their place stands, and no second one was taken. */
  'already-booked': SeminarFacts & {
    sessions: MailSession[];
    status: 'confirmed' | 'waiting';
    /** Only for whoever made the booking that stands. */
    manageUrl?: string;
  };
  /** `offeredUntil`: to whoever has no booking yet, but may accept one until then. */
  'session-moved': SessionNewsFacts & { before: MailSession; offeredUntil?: Date };
  'session-added': SessionNewsFacts;
  'session-cancelled': SessionNewsFacts & { reason?: string };
  /** `waiting`: whoever reads it has no place yet. `freed`: the sessions that have no date now. */
  'run-postponed': SeminarFacts & {
    freed: MailSession[];
    places: number;
    waiting: boolean;
    reason?: string;
    manageUrl: string;
  };
  'run-rescheduled': SeminarFacts & {
    sessions: MailSession[];
    places: number;
    waiting: boolean;
    manageUrl: string;
    cancelUntil?: Date;
  };
  /** The booking is in another run now: the two were merged, or (`transfer`) somebody asked for it. */
  'booking-moved': SeminarFacts & {
    before: MailSession[];
    sessions: MailSession[];
    participants: string[];
    places: number;
    /** It waited before, and is confirmed now. */
    waited: boolean;
    /** `stays`: how many places of the booking stayed in the former run. */
    transfer?: { stays?: number; staysUrl?: string };
    reason?: string;
    manageUrl: string;
    cancelUntil?: Date;
  };
  /** The run was merged into another one in which there was no room for this booking. */
  'run-merged': SeminarFacts & {
    sessions: MailSession[];
    places: number;
    reason?: string;
    /** Other runs with free places, the next one first. */
    others: { session: MailSession; places: number; url: string }[];
    catalogueUrl: string;
  };
  /** To the coordinators of a run below its minimum, on the day it wants a decision. */
  'decision-due': {
    recipientName: string;
    seminarTitle: string;
    session: MailSession;
    held: number;
    waiting: number;
    minimum: number;
    link: string;
  };
  /** Some modules of a booking were given up; the rest stands, or goes on waiting. */
  'modules-changed': SeminarFacts & {
    sessions: MailSession[];
    dropped: string[];
    places: number;
    waits: boolean;
    manageUrl: string;
    cancelUntil?: Date;
  };
  /** Some places were given back: `left` names those who sat in them, `places` is what stays, or is still waited for. */
  'booking-reduced': SeminarFacts & {
    sessions: MailSession[];
    left: string[];
    gaveBack: number;
    places: number;
    participants: string[];
    waits: boolean;
    manageUrl: string;
    cancelUntil?: Date;
  };
  /** Some places of a booking are a booking of their own now. `takenBy`: to whom they went, told to who had them before. */
  'booking-split': SeminarFacts & {
    sessions: MailSession[];
    /** How many places went, and who sits in the booking that this mail is about. */
    went: number;
    places: number;
    participants: string[];
    takenBy?: string;
    manageUrl: string;
    cancelUntil?: Date;
  };
  /** Places have no name yet. `thenWaits`: what becomes of them after `until`. */
  'names-missing': SeminarFacts & {
    sessions: MailSession[];
    unnamed: number;
    places: number;
    until: Date;
    thenWaits: boolean;
    namesUrl: string;
  };
  /** The time for names is over: the places went to those who wait, and this booking waits behind them. */
  'names-lapsed': SeminarFacts & { sessions: MailSession[]; places: number; position: number; manageUrl: string };
  /** To whom a place was given that has no name yet. `waits`: the booking has no places yet. `again`: sent before. */
  'details-asked': SeminarFacts & {
    sessions: MailSession[];
    bookerName: string;
    institution?: string;
    waits: boolean;
    again: boolean;
    until: Date;
    link: string;
  };
  'run-cancelled': SeminarFacts & {
    sessions: MailSession[];
    places: number;
    reason?: string;
    catalogueUrl?: string;
  };
  invitation: OneSessionFacts & {
    bookerName?: string;
    /** Which session of how many; left out for a single one. */
    part?: { number: number; of: number };
    /** It came into a plan that was known already. */
    added?: boolean;
    /** Sent once more, because it was asked for. */
    again?: boolean;
  };
  /** `teaches`: it goes to who leads the session. */
  'invitation-updated': OneSessionFacts & { before: MailSession; teaches?: boolean };
  'invitation-cancelled': OneSessionFacts & {
    because:
      | 'session-cancelled'
      | 'run-cancelled'
      | 'run-postponed'
      | 'run-merged'
      | 'booking-cancelled'
      | 'replaced'
      | 'transferred';
    reason?: string;
  };
  reminder: RemindedFacts & { days: number };
  /** After a session. */
  'follow-up': RemindedFacts;
  /** To the booker: a calendar declined. `participantName`: whose, where it is not the booker's own. */
  'calendar-declined': SeminarFacts & {
    session: MailSession;
    participantName?: string;
    maySubstitute: boolean;
    manageUrl: string;
    cancelUntil?: Date;
  };
  /** To a participant whose calendar proposed another time. */
  'calendar-countered': OneSessionFacts;
  'trainer-assigned': OneSessionFacts & { participantCount?: number };
  'trainer-released': OneSessionFacts & { reason?: string };
  /** `answerBy` on the clock of `timeZone`. `isReplacement`: others are asked as well, and the first gets it. */
  'teaching-asked': TeachingFacts & { answerBy: Date; timeZone: string; link: string; isReplacement?: boolean };
  'teaching-reminder': TeachingFacts & { answerBy: Date; timeZone: string; link: string; isReplacement?: boolean };
  'teaching-withdrawn': TeachingFacts & { link: string };
  'teaching-answered': TeachingFacts & { trainerName: string; accepted: boolean; link: string };
  'teaching-unanswered': TeachingFacts & { trainerName: string; link: string };
  'trainer-links-renewed': TeachingFacts & { link: string };
  'trainer-absent': SeminarFacts & { session: MailSession; trainerName: string; link: string };
  'interest-confirm': InterestFacts;
  'interest-noted': InterestFacts;
  'interest-invited': InterestFacts & { sessions: MailSession[]; answerBy: Date };
  'interest-closed': InterestFacts;
  'in-house-confirm': InHouseFacts;
  /** To whoever plans for the provider that was asked. */
  'in-house-asked': {
    recipientName: string;
    topic: string;
    institution: string;
    groupSize: number;
    periods: string;
    place: string;
    link: string;
  };
  /** `bookingUrl`: where the places of the closed run are booked. */
  'in-house-planned': InHouseFacts & { sessions: MailSession[]; bookingUrl: string };
  'in-house-declined': InHouseFacts & { reason: string };
  'sign-in-code': { recipientName: string; code: string; minutesValid: number; link: string };
  'person-invited': {
    recipientName: string;
    /** What the access is for: leading sessions, planning for one provider (`providerName`) or the whole network, or booking for an institution. */
    access: 'trainer' | 'provider' | 'network' | 'institution';
    providerName?: string;
    institutionName?: string;
    invitedBy?: string;
    link: string;
    hoursValid?: number;
  };
};

export type MailKind = keyof MailFacts;
export type MailLanguage = 'de' | 'en';
