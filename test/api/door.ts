import { expect } from 'chai';
import type { Express } from 'express';
import mongoose from 'mongoose';
import supertest from 'supertest';
import { z } from 'zod';
import { createApp } from '../../server/app.ts';
import { describedPaths } from '../../server/api/openapi.ts';
import type { Config } from '../../server/config.ts';
import { ApiTokenModel } from '../../server/modules/auth/api-token.model.ts';
import { createApiToken } from '../../server/modules/auth/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { fingerprintOf, randomSecret } from '../../server/platform/secrets.ts';
import { testSecret } from '../support/hooks.ts';

export const baseUrl = 'https://mosaik.example.org';
export const config: Config = {
  port: 0,
  host: '127.0.0.1',
  baseUrl,
  dataDirectory: '/nowhere',
  production: false,
  demo: false,
  worker: false,
  secret: testSecret,
  mailFrom: { name: 'Mosaik', email: 'mosaik@example.org' },
};

type Method = 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete';
type Call = {
  token?: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it stands. */
  text?: string;
  headers?: Record<string, string>;
};
export type Answer = { status: number; body: unknown; text: string; headers: Record<string, string> };

let app: Express | undefined;

/** Calls the API through the whole of createApp; whatever it answers must be what its description says. */
export async function call(
  method: Method,
  path: string,
  { token, body, text, headers = {} }: Call = {},
): Promise<Answer> {
  app ??= createApp({ config });
  const request = supertest(app)[method](`/api/v1${path}`).redirects(0);
  if (token) void request.set('Authorization', `Bearer ${token}`);
  if (body !== undefined || text !== undefined) void request.set('Content-Type', 'application/json');
  void request.set(headers);
  const response = await request.send(text ?? (body === undefined ? undefined : JSON.stringify(body)));

  const answer = {
    status: response.status,
    body: bodyOf(response.text),
    text: response.text,
    headers: response.headers,
  };
  expectDescribed(method, path, answer);
  return answer;
}

export function networkToken(): Promise<string> {
  return createApiToken(systemActor);
}

/** A token that coordinates one provider only. */
export async function tokenOfProvider(providerId: string): Promise<string> {
  const token = randomSecret();
  const roles = [{ kind: 'coordinator' as const, providerId }];
  await ApiTokenModel.create([{ _id: fingerprintOf(token), roles, createdAt: new Date() }]);
  return token;
}

/** Everything that is stored, so that a test can show that nothing has changed. */
export async function everythingStored(): Promise<string> {
  const collections = (await mongoose.connection.db?.collections()) ?? [];
  const stored = [];
  for (const collection of collections.toSorted((one, other) => one.collectionName.localeCompare(other.collectionName)))
    stored.push([collection.collectionName, await collection.find({}).sort({ _id: 1 }).toArray()]);
  return JSON.stringify(stored);
}

/** The `code` of a refusal, and what is wrong where. */
export function refusalOf({ body }: Answer): { code: string; errors: Record<string, string> } {
  const { code, errors = [] } = z
    .object({ code: z.string(), errors: z.array(z.object({ path: z.string(), code: z.string() })).optional() })
    .parse(body);
  return { code, errors: Object.fromEntries(errors.map((one) => [one.path, one.code])) };
}

/** Which described route a request is for, as `post /runs/{runId}/bookings`. */
export function routeFor(method: string, path: string): string | undefined {
  return described(method, path)?.name;
}

function described(method: string, path: string) {
  const [plain = ''] = path.split('?');
  const route = describedPaths.find(
    (one) =>
      one.method === method && new RegExp(`^${one.path.replace(/\{\w+\}/g, '[^/]+').replace('.', '\\.')}$`).test(plain),
  );
  return route && { route, name: `${route.method} ${route.path}` };
}

function expectDescribed(method: string, path: string, answer: Answer): void {
  const found = described(method, path);
  if (!found) return;
  const response = found.route.responses[answer.status];
  if (!response || !('content' in response))
    throw new Error(`${found.name} does not say that it answers ${answer.status}.`);

  const [[type, media] = []] = Object.entries(response.content ?? {});
  expect(answer.headers['content-type'], found.name).to.equal(`${type}; charset=utf-8`);
  if (!media || !('schema' in media) || !(media.schema instanceof z.ZodType))
    throw new Error(`${found.name} has no schema for ${answer.status}.`);
  const parsed = media.schema.safeParse(answer.body);
  if (!parsed.success)
    throw new Error(`${found.name} answers ${answer.status} otherwise than it says: ${parsed.error}`);
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Only answers outside the API, and those to HEAD, are no JSON.
    return undefined;
  }
}
