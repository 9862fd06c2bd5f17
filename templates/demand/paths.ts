import { paths } from '../paths.ts';

/** Addresses of what people ask for: seminars without a date, and seminars for their own people. */
export const demandPaths = {
  interest: (seminarId: string) => `${paths.seminar(seminarId)}/interest`,
  interestNoted: (seminarId: string) => `${paths.seminar(seminarId)}/interest/noted`,
  ownInterest: (token: string) => `/interest/${token}`,
  interestConfirmation: (token: string) => `/interest/${token}/confirmation`,
  acceptance: (token: string) => `/interest/${token}/acceptance`,
  interestWithdrawal: (token: string) => `/interest/${token}/withdrawal`,
  newInHouse: (seminarId?: string) => `/in-house/new${seminarId === undefined ? '' : `?seminar=${seminarId}`}`,
  inHouseAsked: () => '/in-house/asked',
  inHouse: (token: string) => `/in-house/${token}`,
  inHouseConfirmation: (token: string) => `/in-house/${token}/confirmation`,
  inHouseWithdrawal: (token: string) => `/in-house/${token}/withdrawal`,
  desk: (notice?: DemandNotice) => `${paths.desk()}/demand${notice ? `?notice=${notice}` : ''}`,
  deskInHouse: (id: string) => `${paths.desk()}/demand/in-house/${id}`,
  decline: (id: string) => `${paths.desk()}/demand/in-house/${id}/decline`,
  deskList: (id: string) => `${paths.desk()}/demand/lists/${id}`,
  closeList: (id: string) => `${paths.desk()}/demand/lists/${id}/close`,
};

/** What has just been done on the desk's page of demand. */
export const demandNotices = ['declined', 'collecting', 'list-closed'] as const;
export type DemandNotice = (typeof demandNotices)[number];
