import { paths } from '../paths.ts';

/** The addresses of the decision desk. */
export const decisionPaths = {
  decisions: (held = false) => `${paths.desk()}/decisions${held ? '?held=yes' : ''}`,
  holding: (runId: string) => `${paths.desk()}/runs/${runId}/holding`,
  merge: (runId: string) => `${paths.desk()}/runs/${runId}/merge`,
};
