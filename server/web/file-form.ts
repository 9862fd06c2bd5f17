import type { IncomingMessage } from 'node:http';
import express, { type Request, type RequestHandler } from 'express';
import { MalformedRequest } from './malformed.ts';
import { formTokenOf } from './request.ts';

/** A file somebody chose in a form. */
export type PostedFile = { name: string; bytes: Uint8Array };

const multipart = 'multipart/form-data';
const largest = '300kb';
const files = new WeakMap<object, ReadonlyMap<string, PostedFile>>();

/**
 * Reads forms with a file in them, for people who are signed in: the fields as those of any form, so that the token is
 * found in them, the files kept apart. Nobody else sends files; theirs are not even read.
 */
export const readFileForms: readonly RequestHandler[] = [
  express.raw({ type: (req) => isFileForm(req), limit: largest }),
  async (req, _res, next) => {
    if (isFileForm(req)) await keepParts(req);
    next();
  },
];

/**
 * The same for a page that is opened by a link: read only once `allow` has found that the link opens something.
 */
export function readFileFormOf<Params>(
  allow: (req: Request<Params>) => Promise<unknown>,
): [RequestHandler<Params>, RequestHandler<Params>, RequestHandler<Params>] {
  return [
    async (req, _res, next) => {
      await allow(req);
      next();
    },
    express.raw({ type: multipart, limit: largest }),
    async (req, _res, next) => {
      if (Buffer.isBuffer(req.body)) await keepParts(req);
      next();
    },
  ];
}

/** The file of a field; nothing when none was chosen. */
export function postedFile(req: object, field: string): PostedFile | undefined {
  const file = files.get(req)?.get(field);
  return file && file.bytes.length > 0 ? file : undefined;
}

function isFileForm(req: IncomingMessage | Request): boolean {
  return 'is' in req && formTokenOf(req) !== undefined && req.is(multipart) !== false;
}

async function keepParts(req: Pick<Request, 'body' | 'get'>): Promise<void> {
  const fields: [string, string][] = [];
  const kept = new Map<string, PostedFile>();
  for (const [name, value] of await partsOf(req)) {
    if (typeof value === 'string') fields.push([name, value]);
    else kept.set(name, { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
  }
  if (new Set(fields.map(([name]) => name)).size < fields.length)
    throw new MalformedRequest('A field was sent more than once.');
  req.body = Object.fromEntries(fields);
  files.set(req, kept);
}

async function partsOf(req: Pick<Request, 'body' | 'get'>): Promise<[string, string | File][]> {
  const body: unknown = req.body;
  if (!Buffer.isBuffer(body)) return [];
  try {
    const form = new Response(new Uint8Array(body), {
      headers: { 'Content-Type': req.get('Content-Type') ?? '' },
    }).formData();
    return [...(await form).entries()];
  } catch {
    // Without its boundary, or cut off in the middle.
    throw new MalformedRequest('The form cannot be read.');
  }
}
