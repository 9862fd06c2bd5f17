import { Agent, request } from 'node:http';

export type Answer = { status: number; body: string; milliseconds: number };

/** `count` calls of `act`, `together` at a time; gives calls a second. */
export async function rateOf(
  count: number,
  together: number,
  act: (index: number) => Promise<unknown>,
): Promise<number> {
  let next = 0;
  const begin = performance.now();
  const runner = async () => {
    while (next < count) await act(next++);
  };
  await Promise.all(Array.from({ length: together }, runner));
  return (count * 1000) / (performance.now() - begin);
}

const agent = new Agent({ keepAlive: true, maxSockets: 1_000 });

/** A request over a kept connection, measured from its start to the last byte of its answer. */
export function send(url: string, json?: unknown, given: Record<string, string> = {}): Promise<Answer> {
  const begin = performance.now();
  const body = json === undefined ? undefined : JSON.stringify(json);
  return new Promise((resolve, reject) => {
    const ofBody = body ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } : {};
    const headers = { ...given, ...ofBody };
    const sent = request(url, { agent, method: body ? 'POST' : 'GET', headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(pieces).toString('utf8'),
          milliseconds: performance.now() - begin,
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}

export function percentile(numbers: readonly number[], share: number): number {
  const inOrder = numbers.toSorted((one, other) => one - other);
  return inOrder[Math.min(inOrder.length - 1, Math.floor(inOrder.length * share))] ?? 0;
}
