import { paths } from '../paths.ts';

const ofSeminar = (seminarId?: string) => (seminarId === undefined ? '' : `?seminar=${seminarId}`);

/** Addresses of the desk where days are planned: by rule, as a copy, and around holidays. */
export const planningPaths = {
  series: (seminarId?: string) => `${paths.desk()}/runs/new/series${ofSeminar(seminarId)}`,
  copy: (runId: string) => `${paths.desk()}/runs/${runId}/copy`,
  holidays: (notice?: HolidaysNotice) => `${paths.desk()}/holidays${notice ? `?notice=${notice}` : ''}`,
  holidaysPreview: () => `${paths.desk()}/holidays/preview`,
  schoolYears: () => `${paths.desk()}/holidays/school-years`,
  providerLand: (providerId: string) => `${paths.desk()}/holidays/providers/${providerId}/land`,
};

/** What has just been done on the page of holidays. */
export const holidaysNotices = ['school-holidays-saved', 'land-saved'] as const;
export type HolidaysNotice = (typeof holidaysNotices)[number];
