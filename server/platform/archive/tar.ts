/** One member of a tar archive (POSIX ustar): what its header says. */
export type Member = { name: string; size: number; modifiedAt: Date };

export const blockSize = 512;
const longestName = 100;
const mode = '0000600';
const nobody = '0000000';
/** Eleven octal digits. What is larger has its size in binary, as GNU tar and libarchive write and read it. */
const largestOctal = 8 ** 11;

/** @throws RangeError for a name that has no room */
export function headerOf({ name, size, modifiedAt }: Member): Buffer {
  if (Buffer.byteLength(name) > longestName) throw new RangeError(`The name ${name} is too long for a tar archive.`);
  const header = Buffer.alloc(blockSize);
  header.write(name, 0);
  header.write(`${mode}\0${nobody}\0${nobody}\0`, 100, 'latin1');
  writeSize(header, size);
  header.write(`${octal(Math.floor(modifiedAt.getTime() / 1000), 11)}\0`, 136, 'latin1');
  header.write('        0', 148, 'latin1');
  header.write('ustar\x0000', 257, 'latin1');
  header.write(`${octal(sumOf(header), 6)}\0 `, 148, 'latin1');
  return header;
}

/** The member a header names; undefined for whatever `headerOf` would not have written. */
export function memberIn(header: Buffer): Member | undefined {
  const end = header.indexOf(0);
  const name = header.toString('utf8', 0, Math.min(end === -1 ? longestName : end, longestName));
  const size = header[124] === 0x80 ? Number(header.readBigUInt64BE(128)) : readOctal(header, 124, 11);
  const modifiedAt = new Date(readOctal(header, 136, 11) * 1000);
  if (name === '' || !Number.isSafeInteger(size) || Number.isNaN(modifiedAt.getTime())) return undefined;
  const member = { name, size, modifiedAt };
  return headerOf(member).equals(header) ? member : undefined;
}

/** How many bytes follow a member's data up to the next block. */
export function paddingAfter(size: number): number {
  return (blockSize - (size % blockSize)) % blockSize;
}

function writeSize(header: Buffer, size: number): void {
  if (size < largestOctal) {
    header.write(`${octal(size, 11)}\0`, 124, 'latin1');
    return;
  }
  header[124] = 0x80;
  header.writeBigUInt64BE(BigInt(size), 128);
}

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');

const readOctal = (header: Buffer, at: number, digits: number): number =>
  Number.parseInt(header.toString('latin1', at, at + digits), 8);

const sumOf = (header: Buffer): number => header.reduce((sum, byte) => sum + byte, 0);
