/**
 * A Leitweg-ID: up to twelve digits, up to thirty letters or digits that may be left out, and two check digits
 * (KoSIT, "Leitweg-ID: Formatspezifikation" 2.0.2, section 3). Capitals, without blanks.
 */
const form = /^(\d{2,12})(-[0-9A-Z]{1,30})?-(\d{2})$/;

/** As it is kept: blanks that were pasted along are gone, letters are capitals. */
export function tidyLeitwegId(text: string): string {
  return text.replace(/\s/g, '').toUpperCase();
}

/** Whether form and check digits are right: without hyphens, A as 10 to Z as 35, it leaves 1 (ISO/IEC 7064, MOD 97-10). */
export function isLeitwegId(text: string): boolean {
  if (!form.test(text)) return false;
  const digits = text.replaceAll('-', '').replace(/[A-Z]/g, (letter) => String(Number.parseInt(letter, 36)));
  return BigInt(digits) % 97n === 1n;
}
