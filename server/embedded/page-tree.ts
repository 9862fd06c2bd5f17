import { readSync } from 'node:fs';

/* The pages of an LMDB data file, version 2, as its mdb.c defines them (MDB_meta, MDB_page_header, MDB_node). */
const HEADER_BYTES = 24;
const MAGIC = 0xbeefc0de;
const VERSION = 2;
const META_BYTES = 168;
const BRANCH = 1;
const LEAF = 2;
const ON_PAGES_OF_ITS_OWN = 1;
const NO_PAGE = 2n ** 64n - 1n;
const SMALLEST_PAGE = 512;
const LARGEST_PAGE = 65_536;

interface Tree {
  root: bigint;
  depth: number;
}

interface Meta {
  pageSize: number;
  trees: Tree[];
  lastPage: bigint;
  transaction: bigint;
}

/**
 * Whether the newest state of a data file is all there, as far as can be told without reading every document. A file may
 * rightly end before its last page, where that is a free one: then the leaves are read as well.
 */
export function looksWhole(file: number, size: number): boolean {
  const meta = newestMeta(file);
  if (!meta) return false;
  const pages = BigInt(Math.floor(size / meta.pageSize));
  const walk = { file, pages, pageSize: meta.pageSize, readsLeaves: pages <= meta.lastPage };
  return meta.trees.every(({ root, depth }) => root === NO_PAGE || isWhole(walk, root, depth));
}

/** The number of the last transaction that has reached the disk. */
export const lastTransaction = (file: number): bigint | undefined => newestMeta(file)?.transaction;

function newestMeta(file: number): Meta | undefined {
  const first = metaAt(file, 0);
  const second = first && metaAt(file, first.pageSize);
  if (!first || !second) return undefined;
  return second.transaction > first.transaction ? second : first;
}

function metaAt(file: number, position: number): Meta | undefined {
  const bytes = bytesAt(file, position, META_BYTES);
  if (!bytes || bytes.readUInt32LE(HEADER_BYTES) !== MAGIC) return undefined;
  if ((bytes.readUInt32LE(HEADER_BYTES + 4) & 0xffff) !== VERSION) return undefined;
  const [free, main] = [48, 96];
  const pageSize = bytes.readUInt32LE(free);
  if (pageSize < SMALLEST_PAGE || pageSize > LARGEST_PAGE) return undefined;
  const trees = [free, main].map((at) => ({ root: bytes.readBigUInt64LE(at + 40), depth: bytes.readUInt16LE(at + 6) }));
  return { pageSize, trees, lastPage: bytes.readBigUInt64LE(144), transaction: bytes.readBigUInt64LE(152) };
}

interface Walk {
  file: number;
  pages: bigint;
  pageSize: number;
  readsLeaves: boolean;
}

function isWhole(walk: Walk, number: bigint, depth: number): boolean {
  if (number >= walk.pages || depth < 1) return false;
  if (depth === 1 && !walk.readsLeaves) return true;
  const page = bytesAt(walk.file, Number(number) * walk.pageSize, walk.pageSize);
  if (page?.readBigUInt64LE(0) !== number || (page.readUInt16LE(18) & (BRANCH | LEAF)) !== (depth > 1 ? BRANCH : LEAF))
    return false;
  const nodes = nodesOf(page);
  if (!nodes) return false;
  if (depth > 1) return nodes.every((node) => isWhole(walk, childOf(page, node), depth - 1));
  return nodes.every((node) => lastPageOf(page, node) < walk.pages);
}

/** Where the entries of a page begin; undefined where one would be outside of it. */
function nodesOf(page: Buffer): number[] | undefined {
  const count = page.readUInt16LE(20) >> 1;
  if (HEADER_BYTES + 2 * count > page.length) return undefined;
  const nodes = Array.from({ length: count }, (_, at) => HEADER_BYTES + page.readUInt16LE(HEADER_BYTES + 2 * at));
  return nodes.every((node) => node + 8 <= page.length) ? nodes : undefined;
}

const childOf = (page: Buffer, node: number): bigint => BigInt(page.readUIntLE(node, 6));

/** The last of the pages that a long value has of its own. */
function lastPageOf(page: Buffer, node: number): bigint {
  if ((page.readUInt16LE(node + 4) & ON_PAGES_OF_ITS_OWN) === 0) return -1n;
  const data = node + 8 + page.readUInt16LE(node + 6);
  if (data + 24 > page.length) return NO_PAGE;
  return page.readBigUInt64LE(data) + page.readBigUInt64LE(data + 16) - 1n;
}

function bytesAt(file: number, position: number, length: number): Buffer | undefined {
  const bytes = Buffer.alloc(length);
  return readSync(file, bytes, 0, length, position) === length ? bytes : undefined;
}
