/** Who may book a run that is not for everybody: any one of these is enough. */
export type Admission = {
  institutions: readonly { name: string; key: string }[];
  codes: readonly string[];
  /** Of mail addresses, with everything below them. */
  domains: readonly string[];
};

type Asking = { organisation: string; address: string; code?: string | undefined };

/** Whether somebody has a right to book: by institution, by code, or by the domain of the booker's address. */
export function isAdmitted(admission: Admission, { organisation, address, code }: Asking): boolean {
  return (
    admission.institutions.some(({ key }) => key === organisation) ||
    hasCode(admission, code) ||
    admission.domains.some((domain) => isWithin(address, domain))
  );
}

/** Codes are told on the telephone: case and blanks do not matter. */
export function hasCode({ codes }: Pick<Admission, 'codes'>, code: string | undefined): boolean {
  return code !== undefined && codes.some((one) => normalisedCode(one) === normalisedCode(code));
}

export function normalisedCode(code: string): string {
  return code
    .normalize('NFKC')
    .replace(/[\s-]+/g, '')
    .toUpperCase();
}

function isWithin(address: string, domain: string): boolean {
  const own = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return own === domain || own.endsWith(`.${domain}`);
}
