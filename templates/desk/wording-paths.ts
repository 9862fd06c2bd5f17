import { paths } from '../paths.ts';

export const wordingNotices = ['saved', 'was-reset', 'tried'] as const;
export type WordingNotice = (typeof wordingNotices)[number];

/** Which mail, in whose words: `of` is `provider:<slug>` or `seminar:<id>`, `mail` the language of the mail. */
export type WordingAddress = { kind: string; of: string; mail: 'de' | 'en' };

/** Addresses of the desk for the texts of mails. */
export const wordingPaths = {
  texts: (of?: string) => `${paths.desk()}/texts${of === undefined ? '' : `?of=${of}`}`,
  mail: (kind: string) => `${paths.desk()}/texts/${kind}`,
  text: ({ kind, of, mail }: WordingAddress, notice?: WordingNotice) =>
    `${paths.desk()}/texts/${kind}?of=${of}&mail=${mail}${notice ? `&notice=${notice}` : ''}`,
  html: (kind: string) => `${paths.desk()}/texts/${kind}/html`,
};
