import { paths } from '../paths.ts';

const said = (saved: boolean | undefined) => (saved ? '?saved' : '');

/** Addresses of the desk for reminder plans. */
export const reminderPaths = {
  ofRun: (runId: string, saved?: boolean) => `${paths.desk()}/runs/${runId}/reminders${said(saved)}`,
  ofSeminar: (seminarId: string, saved?: boolean) => `${paths.desk()}/seminars/${seminarId}/reminders${said(saved)}`,
};
