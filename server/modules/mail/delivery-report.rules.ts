/** Why a mail could not be delivered, in one line without addresses. */
export type ReportedFailure = { reason: string };

const longestReport = 20_000;
const longestReason = 300;

/**
 * The failure in a delivery report (RFC 3464 2.3): the first recipient whose mail failed for good. A mail that is only
 * late or was delivered is none.
 */
export function failureIn(report: string): ReportedFailure | undefined {
  const failed = report
    .slice(0, longestReport)
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/(?:\r?\n){2,}/)
    .map(fieldsOf)
    .find((fields) => fields.get('action') === 'failed' && !/^[24]\./.test(fields.get('status') ?? ''));
  if (!failed) return undefined;
  const said = (failed.get('diagnostic-code') ?? '').replace(/^[\w-]+\s*;/, '');
  const reason = [failed.get('status'), said]
    .join(' ')
    .slice(0, 3 * longestReason)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/<?[^\s<>]+@[^\s<>]+>?/g, '(address)')
    .trim()
    .slice(0, longestReason);
  return { reason };
}

function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.split(/\r?\n/)) {
    const [, name = '', value = ''] = /^([A-Za-z0-9-]+):(.*)$/.exec(line) ?? [];
    const text = value.trim();
    if (name) fields.set(name.toLowerCase(), name.toLowerCase() === 'action' ? text.toLowerCase() : text);
  }
  return fields;
}
