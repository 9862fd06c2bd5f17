const smallest = 5;
const largest = 17 * 1024 * 1024;

/** Cuts a stream of BSON into its documents. @throws Error where it is none, or ends in the middle of one */
export async function* documentsIn(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let at = 0;
    while (at + 4 <= bytes.length && at + lengthAt(bytes, at) <= bytes.length) {
      const end = at + lengthAt(bytes, at);
      yield bytes.subarray(at, end);
      at = end;
    }
    rest = bytes.subarray(at);
  }
  if (rest.length > 0) throw new Error('its documents end in the middle of one');
}

/** Joins many small documents to fewer large chunks. */
export async function* chunksOf(documents: AsyncIterable<Uint8Array>, chunkSize: number): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  for await (const document of documents) {
    waiting.push(document);
    bytes += document.length;
    if (bytes < chunkSize) continue;
    yield Buffer.concat(waiting);
    [waiting, bytes] = [[], 0];
  }
  yield Buffer.concat(waiting);
}

function lengthAt(bytes: Buffer, at: number): number {
  const length = bytes.readInt32LE(at);
  if (length < smallest || length > largest) throw new Error('its documents are none');
  return length;
}
