import { AppError } from './errors.ts';

/**
 * The text of a file whose encoding nobody told: UTF-8 when it is, UTF-16 when a byte order mark says so, and otherwise
 * Windows-1252, the Latin-1 of offices. @throws file-unreadable for what is no text at all
 */
export function textOfFile(bytes: Uint8Array): string {
  const text = decoded(bytes);
  // No table and no calendar holds control characters but tabs and line ends: this is a picture, a PDF or a spreadsheet.
  if (/[^\P{Cc}\t\n\v\f\r]/u.test(text)) throw new AppError('file-unreadable', 'invalid', 'The file is no text.');
  return text.replace(/^\uFEFF/, '');
}

function decoded(bytes: Uint8Array): string {
  const mark = bytes.length > 1 ? `${bytes[0]} ${bytes[1]}` : '';
  if (mark === '255 254') return new TextDecoder('utf-16le').decode(bytes);
  if (mark === '254 255') return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Bytes that are no UTF-8: every byte is a letter of Windows-1252.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
