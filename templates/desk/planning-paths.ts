import { paths } from '../paths.ts';

/** For whom a run is planned first: an institution that asked for it, or those who wait for a date. */
export type PlannedFor = { kind: 'in-house' | 'interest'; id: string };

function queryOf(seminarId: string | undefined, plannedFor: PlannedFor | undefined): string {
  if (seminarId === undefined) return '';
  return `?seminar=${seminarId}${plannedFor ? `&${plannedFor.kind}=${plannedFor.id}` : ''}`;
}

/** Addresses of the desk where days are planned: by rule, as a copy, and around holidays. */
export const planningPaths = {
  series: (seminarId?: string, plannedFor?: PlannedFor) =>
    `${paths.desk()}/runs/new/series${queryOf(seminarId, plannedFor)}`,
  copy: (runId: string) => `${paths.desk()}/runs/${runId}/copy`,
  holidays: (notice?: HolidaysNotice) => `${paths.desk()}/holidays${notice ? `?notice=${notice}` : ''}`,
  holidaysPreview: () => `${paths.desk()}/holidays/preview`,
  schoolYears: () => `${paths.desk()}/holidays/school-years`,
  providerLand: (providerId: string) => `${paths.desk()}/holidays/providers/${providerId}/land`,
};

/** What has just been done on the page of holidays. */
export const holidaysNotices = ['school-holidays-saved', 'land-saved'] as const;
export type HolidaysNotice = (typeof holidaysNotices)[number];
