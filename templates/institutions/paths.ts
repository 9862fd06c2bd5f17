import { paths } from '../paths.ts';

/** What has just been done on a page of an institution. */
export const institutionNotices = [
  'taken-in',
  'invited',
  'contact-changed',
  'contact-removed',
  'billing-set',
  'approval-set',
  'institution-added',
  'institution-changed',
] as const;
export type InstitutionNotice = (typeof institutionNotices)[number];

const of = (id: string) => `${paths.institution()}/${id}`;

/** Every address of an institution's workspace, and of the desk where institutions are looked after. */
export const institutionPaths = {
  home: paths.institution,
  workspace: (id: string, notice?: InstitutionNotice) => said(of(id), notice),
  bookings: (id: string) => `${of(id)}/bookings`,
  booking: (id: string, bookingId: string, notice?: InstitutionNotice) =>
    said(`${of(id)}/bookings/${bookingId}`, notice),
  calendar: (id: string, bookingId: string) => `${of(id)}/bookings/${bookingId}/calendar.ics`,
  confirmation: (id: string, bookingId: string) => `${of(id)}/bookings/${bookingId}/confirmation`,
  people: (id: string) => `${of(id)}/people`,
  contacts: (id: string, notice?: InstitutionNotice) => said(`${of(id)}/contacts`, notice),
  contact: (id: string, personId: string) => `${of(id)}/contacts/${personId}`,
  contactRemoval: (id: string, personId: string) => `${of(id)}/contacts/${personId}/removal`,
  approval: (id: string) => `${of(id)}/approval`,
  billing: (id: string, notice?: InstitutionNotice) => said(`${of(id)}/billing`, notice),
  desk: () => `${paths.desk()}/institutions`,
  deskOne: (id: string) => `${paths.desk()}/institutions/${id}`,
};

function said(path: string, notice: InstitutionNotice | undefined): string {
  return notice ? `${path}?notice=${notice}` : path;
}
