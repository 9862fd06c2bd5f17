import { Agent, request } from 'node:http';
import type { BookPlaces } from '../../server/modules/booking/index.ts';
import { bookedPlaces } from '../../server/api/bookings.answers.ts';
import type { MosaikProcess } from './world.ts';

/** One request to the public API. */
export type Call = {
  method?: 'GET' | 'POST' | 'PATCH';
  path: string;
  body?: unknown;
  /** The Idempotency-Key. */
  key?: string;
  /** The bearer token. */
  token?: string;
};
export type Answer = { status: number; text: string };

// A connection of its own for each, as from so many strangers: a kept one may be closed just as it is used again.
const agent = new Agent({ keepAlive: false, maxSockets: 100 });
const answerWithinMs = 60_000;

/** Calls the API of one web process over HTTP. Rejects where no whole answer came. */
export function callAt(web: Pick<MosaikProcess, 'url'>, call: Call): Promise<Answer> {
  const { method = 'POST', path, body, key, token } = call;
  const headers = {
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
    ...(key && { 'Idempotency-Key': key }),
    ...(token && { Authorization: `Bearer ${token}` }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${web.url}/api/v1${path}`, { method, headers, agent, timeout: answerWithinMs });
    sent.once('timeout', () => sent.destroy(new Error(`${method} ${path} got no answer.`)));
    sent.once('error', reject);
    sent.once('response', (response) => {
      const parts: string[] = [];
      response.setEncoding('utf8').on('data', (part: string) => parts.push(part));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text: parts.join('') }));
      response.once('error', reject);
    });
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Sends everything in the same moment, in turn to each of the web processes. */
export function stampede(webs: readonly Pick<MosaikProcess, 'url'>[], calls: readonly Call[]): Promise<Answer[]> {
  return Promise.all(calls.map((call, index) => callAt(turnOf(webs, index), call)));
}

export function turnOf<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('There is nobody whose turn it could be.');
  return item;
}

export function bookingCall(runId: string, body: BookPlaces, key?: string): Call {
  return { path: `/runs/${runId}/bookings`, body, ...(key && { key }) };
}

/** What the API said about a booking made. @throws with the answer where it is not that */
export function bookedIn({ status, text }: Answer) {
  if (status !== 201) throw new Error(`A booking was answered with ${status}: ${text}`);
  return bookedPlaces.parse(JSON.parse(text));
}
