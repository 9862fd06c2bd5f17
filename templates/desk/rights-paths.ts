import { paths } from '../paths.ts';

/** What has just been done on the page of who may book and for whom places are kept. */
export const rightsNotices = ['admission-set', 'limit-set', 'places-kept', 'places-released'] as const;
export type RightsNotice = (typeof rightsNotices)[number];

const ofRun = (runId: string) => `${paths.desk()}/runs/${runId}`;

/** Addresses of the desk for who may book a run, how much, and for whom places are kept. */
export const rightsPaths = {
  rights: (runId: string, notice?: RightsNotice) => `${ofRun(runId)}/rights${notice ? `?notice=${notice}` : ''}`,
  admission: (runId: string) => `${ofRun(runId)}/admission`,
  limit: (runId: string) => `${ofRun(runId)}/institution-limit`,
  contingents: (runId: string) => `${ofRun(runId)}/contingents`,
  release: (runId: string, contingentId: string) => `${ofRun(runId)}/contingents/${contingentId}/release`,
};
